#include "exchange/jsonl.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yifa::exchange {

Result<JsonlReader> JsonlReader::open(const std::filesystem::path &path, std::size_t line_bytes) {
  return JsonlReader(TRY(TextInput::open(path)), line_bytes);
}

Result<JsonlReader> JsonlReader::from_bytes(std::string bytes, std::size_t line_bytes) {
  return JsonlReader(TRY(TextInput::from_bytes(std::move(bytes))), line_bytes);
}

Status JsonlReader::rewind() {
  TRY(input_.rewind());
  piece_.clear();
  at_ = 0;
  line_ = 0;
  ended_ = false;
  return Done{};
}

Result<bool> JsonlReader::next(JsonLine &line) {
  while (!ended_) {
    line.text.clear();
    line.line = ++line_;
    for (bool whole = false; !whole && !ended_;) {
      if (at_ >= piece_.size()) {
        at_ = 0;
        piece_.clear();
        ended_ = !TRY(input_.next(piece_));
        continue;
      }
      auto end = piece_.find('\n', at_);
      whole = end != std::string::npos;
      line.text.append(piece_, at_, (whole ? end : piece_.size()) - at_);
      at_ = whole ? end + 1 : piece_.size();
      if (line.text.size() > line_bytes_)
        return invalid(fmt::format("line {} is longer than {} bytes", line_, line_bytes_),
                       {{fmt::format("line {}", line_), "the line is too long", {}, {}}});
    }
    if (line.text.ends_with('\r')) line.text.pop_back();
    if (text::trim(line.text).empty()) continue;
    line.value = parse_json(line.text);
    return true;
  }
  return false;
}

std::string jsonl_line(const json::value &value) { return json::serialize(value) + "\n"; }

} // namespace yifa::exchange
