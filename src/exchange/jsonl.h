#pragma once

#include "base/json.h"
#include "exchange/csv.h"

namespace yifa::exchange {

struct JsonLine {
  std::int64_t line = 0;                     ///< from 1
  std::string text;                          ///< as written, without line feed
  Result<json::value> value = json::value(); ///< an Error when this line is no JSON: others may be
};

/// One JSON value a line; blank lines are skipped.
class JsonlReader {
public:
  static Result<JsonlReader> open(const std::filesystem::path &path,
                                  std::size_t line_bytes = 16U << 20);
  static Result<JsonlReader> from_bytes(std::string bytes, std::size_t line_bytes = 16U << 20);
  /// False at the end. Invalid: a line longer than the limit.
  Result<bool> next(JsonLine &line);
  Status rewind();
  const TextInput &input() const { return input_; }

private:
  JsonlReader(TextInput input, std::size_t line_bytes)
      : input_(std::move(input)), line_bytes_(line_bytes) {}
  TextInput input_;
  std::size_t line_bytes_;
  std::string piece_;
  std::size_t at_ = 0;
  std::int64_t line_ = 0;
  bool ended_ = false;
};

/// One value as its line, with the line feed.
std::string jsonl_line(const json::value &value);

} // namespace yifa::exchange
