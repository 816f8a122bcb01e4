#include "base/text.h"
#include "http/body_reader.h"
#include "http/parser.h"
#include "http/target.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace yifa;
using namespace yifa::http;

namespace {

void hold(bool truth) {
  if (!truth) std::abort();
}

void hold_target(const std::string &path,
                 const std::vector<std::pair<std::string, std::string>> &query) {
  hold(path.starts_with("/") && text::valid_utf8(path));
  hold(path.find("//") == std::string::npos && path.find('\0') == std::string::npos);
  hold(path.find("/../") == std::string::npos && !path.ends_with("/.."));
  hold(path.find("/./") == std::string::npos && !path.ends_with("/."));
  for (const auto &each : query)
    hold(text::valid_utf8(each.first) && text::valid_utf8(each.second) &&
         !text::has_control(each.first + each.second));
}

void fuzz_target(std::string_view bytes) {
  auto target = parse_target(bytes);
  if (!target) return hold(!target.error().message.empty());
  hold_target(target->path, target->query);
}

/// As the connection reads: `step` more bytes at a time, requests one behind the other. Tells what
/// was understood, which is the same however the bytes are cut.
std::string read_in_steps(std::string_view bytes, std::size_t step) {
  std::string out;
  std::size_t used = 0;
  std::size_t seen = 0;
  auto more = [&] {
    if (seen == bytes.size()) return false;
    seen = std::min(bytes.size(), seen + step);
    return true;
  };
  for (int requests = 0; requests < 8; ++requests) {
    HeaderParser parser;
    Fed fed;
    do {
      fed = parser.read(bytes.substr(used, seen - used));
      hold(fed.used <= seen - used);
      used += fed.used;
    } while (fed.state == Fed::State::More && more());
    if (fed.state == Fed::State::More) return out;
    if (fed.state == Fed::State::Refused) {
      hold(fed.refusal.status >= 400 && !fed.refusal.detail.empty());
      return out;
    }
    auto judged = judge(parser.opening());
    if (auto *refusal = std::get_if<Refusal>(&judged)) {
      hold(refusal->status >= 400 && refusal->status < 600 && !refusal->detail.empty());
      out += std::to_string(refusal->status);
      return out;
    }
    const auto &head = std::get<Framed>(judged).head;
    hold_target(head.path, head.query);
    for (const auto &each : head.headers) hold(!text::has_control(each.first));
    out += head.path + ";";
    BodyReader reader(head.length);
    std::int64_t received = 0;
    fed = {};
    while (fed.state != Fed::State::Done) {
      char block[7];
      fed = reader.read(bytes.substr(used, seen - used), block, sizeof block);
      hold(fed.used <= seen - used && fed.written <= sizeof block);
      used += fed.used;
      received += static_cast<std::int64_t>(fed.written);
      out.append(block, fed.written);
      if (fed.state == Fed::State::Refused) return out;
      if (fed.state == Fed::State::More && !more()) return out;
    }
    hold(head.length < 0 || received == head.length);
  }
  return out;
}

} // namespace

/// Bytes that begin with "/" are a request target; any others what a client sends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  if (bytes.starts_with("/")) {
    fuzz_target(bytes);
    return 0;
  }
  auto whole = read_in_steps(bytes, std::max<std::size_t>(size, 1));
  hold(read_in_steps(bytes, 1) == whole);
  hold(read_in_steps(bytes, 13) == whole);
  return 0;
}
