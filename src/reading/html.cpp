#include "reading/html.h"

#include "base/text.h"

namespace yifa::reading {

namespace {

// Tokens and voices of the house: the sans is the tool's, the title face a title's, 仿宋 the
// document's, 楷体 the second-level headings'. Light alone, and high contrast where it is asked
// for.
constexpr std::string_view kHouseStyle = R"css(
:root{--ink:#17232B;--ink-2:#43535E;--ink-3:#5D6C76;--line:#CED7DA;--line-2:#E3E9EB;
--canvas:#EFF3F4;--surface:#fff;--sunken:#F6F9F9;--qing:#1B5870;--qing-deep:#123F52;
--qing-tint:#E2EEF2;--qing-wash:#F1F7F9;--zhu:#B0281E;--zhu-tint:#FBEBE8;--huang:#845400;
--huang-line:#D59A21;--huang-tint:#FFF2D2;--sheet-red:#C3271B;
--hatch:repeating-linear-gradient(135deg,#C5D0D4 0 1.5px,transparent 1.5px 5px);
--focus:0 0 0 2px var(--surface),0 0 0 4px #D58A00;
--sans:"HarmonyOS Sans SC","MiSans","PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Zen Hei",sans-serif;
--title:"FZXiaoBiaoSong-B05S","方正小标宋简体","方正小标宋_GBK","Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC","SimSun",serif;
--fang:"FangSong_GB2312","仿宋_GB2312","FangSong","仿宋","方正仿宋_GBK","FandolFang","Noto Serif CJK SC","Noto Serif SC",serif;
--kai:"KaiTi_GB2312","楷体_GB2312","KaiTi","楷体","方正楷体_GBK","STKaiti","LXGW WenKai","AR PL UKai CN","Noto Serif CJK SC",serif;
--shade:0 1px 2px rgba(18,40,52,.06);
--lift:0 8px 28px rgba(18,40,52,.16),0 1px 3px rgba(18,40,52,.1);color-scheme:light}
@media (prefers-contrast:more){:root{--ink:#000;--ink-2:#111;--ink-3:#222;--line:#000;--line-2:#555;
--canvas:#fff;--sunken:#fff;--qing:#003B57;--qing-deep:#00202F;--qing-tint:#fff;--qing-wash:#fff;
--zhu:#8C0000;--zhu-tint:#fff;--huang:#5A3800;--huang-line:#5A3800;--huang-tint:#FFF7C8}}
*{box-sizing:border-box}
html{font-size:15px;scroll-padding:74px 0 40px}
body{margin:0;background:var(--canvas);color:var(--ink);font:1rem/1.6 var(--sans);
font-variant-numeric:tabular-nums lining-nums;-webkit-text-size-adjust:100%;line-break:strict;
overflow-wrap:anywhere}
h1,h2,h3,h4,h5,h6,p,ul,ol,table,blockquote{margin:0;padding:0}
ul,ol{list-style:none}
a{color:var(--qing);text-decoration:none}a:hover{text-decoration:underline;text-underline-offset:3px}
:focus-visible{outline:2px solid transparent;box-shadow:var(--focus);border-radius:3px}
button,input{font:inherit;color:inherit}
h1{font:700 1.6rem/1.35 var(--title)}
.sub{color:var(--ink-2)}.dim{color:var(--ink-3)}.sm{font-size:.8667rem;line-height:1.55}
.r{text-align:right}.nowrap{white-space:nowrap}
kbd{font:500 .8rem/1 var(--sans);border:1px solid var(--line);border-bottom-width:2px;border-radius:3px;
padding:2px 5px;color:var(--ink-2);background:var(--surface)}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;z-index:9;background:var(--surface);padding:.5rem}
.mast{position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:10px;height:54px;padding:0 20px;
background:var(--surface);border-bottom:2px solid var(--sheet-red)}
.mast b{font:700 1.1333rem/1 var(--title)}.mast svg{width:24px;height:28px;color:var(--qing);flex:none}
.mast .room{color:var(--ink-2)}.mast .end{margin-left:auto;color:var(--ink-2);font-size:.9333rem;white-space:nowrap}
.card{background:var(--surface);border:1px solid var(--line-2);border-radius:10px;box-shadow:var(--shade)}
.tag{display:inline-block;font-size:.8rem;line-height:1;padding:4px 6px;border-radius:3px;white-space:nowrap;
background:var(--line-2);color:var(--ink-2)}
.tag.error{background:var(--zhu-tint);color:var(--zhu)}.tag.warning{background:var(--huang-tint);color:var(--huang)}
.tag.note{background:var(--qing-tint);color:var(--qing-deep)}
.none{display:inline-block;padding:0 14px;line-height:1.5;font-size:.8667rem;white-space:nowrap;color:var(--ink-2);
background:var(--hatch);box-shadow:inset 0 0 0 1px #B9C5CA;border-radius:2px}
.none b{font-weight:400;background:var(--surface);padding:0 3px}
table{border-collapse:collapse;width:100%}
th{font-weight:500;color:var(--ink-2);font-size:.8667rem;text-align:left;padding:7px 10px;
border-bottom:1px solid var(--line)}
td{padding:6px 10px;border-bottom:1px solid var(--line-2);vertical-align:top}
tbody tr:last-child>*{border-bottom:0}
tbody tr:hover>*{background:var(--qing-wash)}
td.r,th.r{text-align:right}
@media (prefers-contrast:more){.tag{box-shadow:inset 0 0 0 1px currentColor}}
@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important;scroll-behavior:auto!important}}
@media (max-width:760px){html{font-size:16px}.mast{padding:0 14px}}
@media print{body{background:#fff}.mast{position:static;border:0;padding:0;height:auto}.skip,kbd{display:none}
.card{border:0;box-shadow:none}}
)css";

constexpr std::string_view kUriHex = "0123456789ABCDEF";

} // namespace

std::string html(std::string_view text) {
  std::string out;
  for (char32_t c : text::decode(text)) {
    switch (c) {
    case U'&':
      out += "&amp;";
      break;
    case U'<':
      out += "&lt;";
      break;
    case U'>':
      out += "&gt;";
      break;
    case U'"':
      out += "&quot;";
      break;
    case U'\'':
      out += "&#39;";
      break;
    default: {
      const bool control = (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7F && c < 0xA0);
      out += text::encode(control ? char32_t{0xFFFD} : c);
    }
    }
  }
  return out;
}

std::string uri(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kUriHex[byte >> 4U];
      out += kUriHex[byte & 15U];
    }
  }
  return out;
}

std::string page_open(std::string_view title, std::string_view style) {
  return "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
         "style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; "
         "form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
         html(title) + "</title>\n<style>" + std::string(kHouseStyle) + std::string(style) +
         "</style>\n</head>\n<body>\n";
}

std::string page_mast(std::string_view brand, std::string_view room, std::string_view end_html) {
  return "<header class=\"mast\"><svg viewBox=\"0 0 24 28\" aria-hidden=\"true\"><path d=\"M2 "
         "27V2h12v25\" "
         "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.6\"/><path d=\"M14 1l9 5v16l-9 "
         "5z\" "
         "fill=\"currentColor\"/></svg><b>" +
         html(brand) + "</b><span class=\"room\">" + html(room) + "</span><span class=\"end\">" +
         std::string(end_html) + "</span></header>\n";
}

} // namespace yifa::reading
