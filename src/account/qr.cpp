#include "account/qr.h"

#include <memory>

#include <fmt/format.h>
#include <qrencode.h>

namespace yifa::account {
namespace {

constexpr int kQuietZone = 4;

struct QrFree {
  void operator()(QRcode *code) const { QRcode_free(code); }
};

} // namespace

Result<std::string> qr_svg(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return invalid("a QR code holds text only");
  const std::unique_ptr<QRcode, QrFree> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M));
  if (!code) return invalid("the text is too long for a QR code");
  // Dark modules that stand side by side are one stroke of the path.
  std::string path;
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width;) {
      int end = x;
      while (end < code->width && (code->data[y * code->width + end] & 1) != 0) ++end;
      if (end > x)
        path += fmt::format("M{} {}h{}v1h-{}z", x + kQuietZone, y + kQuietZone, end - x, end - x);
      x = end > x ? end : x + 1;
    }
  const int side = code->width + 2 * kQuietZone;
  return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" "
                     "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/>"
                     "<path fill=\"#000\" d=\"{1}\"/></svg>",
                     side, path);
}

} // namespace yifa::account
