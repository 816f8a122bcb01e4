#include "http/public_site.h"

#include "base/text.h"

#include <array>

namespace yifa::http {
namespace {

/// What a reader may choose, as it stands in addresses.
constexpr std::string_view kLanguage = "lang";
constexpr std::string_view kSize = "size";
constexpr std::string_view kContrast = "look";

struct NavigationEntry {
  const char *rest;
  const char *word;
};
constexpr std::array<NavigationEntry, 6> kNavigation = {{{"", "nav.home"},
                                                         {"/reports", "nav.reports"},
                                                         {"/enforcement", "nav.enforcement"},
                                                         {"/documents", "nav.documents"},
                                                         {"/decisions", "nav.decisions"},
                                                         {"/ask", "nav.ask"}}};

} // namespace

PublicSite::PublicSite(Call &call) : call_(call) {
  english_ = call.text(kLanguage) == "en";
  large_ = call.text(kSize) == "large";
  contrast_ = call.text(kContrast) == "contrast";
}

Result<PublicSite> PublicSite::begin(Call &call) {
  PublicSite site(call);
  auto *reader = TRY(call.reader());
  site.shelf_.emplace(call.environment(), *reader);
  return site;
}

Status PublicSite::of_office() {
  const auto code = OrgCode::parse(call_.captured.empty() ? std::string() : call_.captured[0]);
  if (!code) return not_found("there is nothing here");
  office_ = TRY(shelf_->office(*code));
  return Done{};
}

std::string PublicSite::word(const std::string &key) const {
  const auto &catalog = call_.catalog();
  if (english_)
    if (const auto found = catalog.phrase("public_en." + key); !found.empty())
      return std::string(found);
  return std::string(catalog.phrase("public." + key));
}

std::string PublicSite::word(const std::string &key, const Slots &slots) const {
  const auto form = word(key);
  std::string out;
  for (std::size_t i = 0; i < form.size();) {
    const auto end = form[i] == '{' ? form.find('}', i) : std::string::npos;
    if (end != std::string::npos) {
      const auto name = form.substr(i + 1, end - i - 1);
      for (const auto &[slot, value] : slots)
        if (slot == name) out += value;
      i = end + 1;
    } else {
      out += form[i++];
    }
  }
  return out;
}

std::string PublicSite::day(Date day) const { return english_ ? day.text() : day.chinese(); }
std::string PublicSite::when(Date day) const { return day.text(); }

std::string PublicSite::to(const std::string &path) const {
  std::string query;
  const auto add = [&](std::string_view name, const char *value) {
    query += (query.empty() ? "?" : "&") + std::string(name) + "=" + value;
  };
  if (english_) add(kLanguage, "en");
  if (large_) add(kSize, "large");
  if (contrast_) add(kContrast, "contrast");
  const auto mark = path.find('#');
  return mark == std::string::npos ? path + query
                                   : path.substr(0, mark) + query + path.substr(mark);
}

std::string PublicSite::here(const std::string &rest) const {
  return to("/public/" + office_->code.text() + rest);
}

Page PublicSite::page(const std::string &title, const std::string &current) {
  Page page;
  page.open("html", {{"lang", english_ ? "en" : "zh-CN"},
                     {large_ ? "data-size" : "", "large"},
                     {contrast_ ? "data-theme" : "", "contrast"}});
  const auto name = office_ ? office_->issuer : word("site");
  page.open("head")
      .lone("meta", {{"charset", "utf-8"}})
      .lone("meta", {{"name", "viewport"}, {"content", "width=device-width,initial-scale=1"}})
      .element("title", title == name ? name + " " + word("site") : title + " - " + name)
      .lone("link", {{"rel", "stylesheet"}, {"href", "/public.css"}})
      .lone("link", {{"rel", "icon"}, {"href", "/mark.svg"}, {"type", "image/svg+xml"}})
      .close();
  page.open("body");
  page.element("a", word("skip"), {{"class", "skip"}, {"href", "#main"}});
  navigation(page, current);
  page.open("main", {{"id", "main"}, {"class", "in"}});
  return page;
}

void PublicSite::navigation(Page &page, const std::string &current) {
  const Within head(page, "header", {{"class", "pub"}});
  if (call_.desk.workspace().demo())
    page.element("p", std::string(call_.catalog().phrase("page.example")),
                 {{"class", "training"}, {"role", "note"}});
  const Within inner(page, "div", {{"class", "in"}});
  page.open("a", {{"class", "brand"}, {"href", office_ ? here() : to("/public")}});
  page.open("svg", {{"viewBox", "0 0 24 28"}, {"aria-hidden", "true"}})
      .element("path", "",
               {{"d", "M2 27V2h12v25"},
                {"fill", "none"},
                {"stroke", "currentColor"},
                {"stroke-width", "2.6"}})
      .element("path", "", {{"d", "M14 1l9 5v16l-9 5z"}, {"fill", "currentColor"}})
      .close();
  page.open("span").text(office_ ? office_->issuer : word("site"));
  page.element("small", office_ ? word("site") : word("site_note")).close().close();
  page.open("nav", {{"aria-label", word("nav.label")}});
  const auto entry = [&](const std::string &address, const char *key, bool marked) {
    page.element("a", word(key), {{"href", address}, {marked ? "aria-current" : "", "page"}});
  };
  if (office_)
    for (const auto &one : kNavigation) entry(here(one.rest), one.word, current == one.rest);
  else
    entry(to("/public"), "nav.offices", current.empty());
  entry(to("/public/status"), "nav.status", current == "/status");
}

std::string PublicSite::own_address(const std::string &but, const std::string &value) const {
  std::string query;
  for (const auto &[name, set] : {std::pair<std::string_view, bool>{kLanguage, english_},
                                  {kSize, large_},
                                  {kContrast, contrast_}}) {
    const std::string own = name == kLanguage ? "en" : name == kSize ? "large" : "contrast";
    const auto given = name == but ? value : set ? own : std::string();
    if (!given.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + given;
  }
  // A form that was sent has no page of its own to come back to.
  const auto path = call_.request.method == Method::Post && office_
                        ? "/public/" + office_->code.text()
                        : call_.request.path;
  return path + query;
}

void PublicSite::looks(Page &page) {
  const Within links(page, "nav", {{"class", "looks"}, {"aria-label", word("look.label")}});
  const auto link = [&](std::string_view name, const char *value, bool on, const char *key) {
    page.element("a", word(on ? std::string(key) + "_off" : key),
                 {{"href", own_address(std::string(name), on ? "" : value)}});
  };
  link(kSize, "large", large_, "look.large");
  link(kContrast, "contrast", contrast_, "look.contrast");
  link(kLanguage, "en", english_, "look.english");
}

Response PublicSite::done(Page &&page, int status) {
  page.close_to(2); // html and body stay
  {
    const Within foot(page, "footer", {{"class", "pf"}});
    const Within inner(page, "div", {{"class", "in"}});
    page.element("span", office_ ? word("foot.office", {{"org", office_->issuer}}) : word("site"));
    looks(page);
  }
  Response response;
  response.status = status;
  response.type = "text/html; charset=utf-8";
  response.body = page.take();
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

Result<Response> PublicSite::failed(const Error &error) {
  if (error.code == ErrorCode::Internal) return error;
  const bool closed = error.code == ErrorCode::Unavailable;
  if (!closed) office_.reset();
  const std::string key = closed ? "closed" : "missing";
  auto page = this->page(word(key + ".title"), "-");
  page.element("h1", word(key + ".title")).paragraphs(word(key + ".text"));
  page.open("p").element("a", word("missing.back"), {{"href", to("/public")}}).close();
  return done(std::move(page), closed ? 503 : 404);
}

} // namespace yifa::http
