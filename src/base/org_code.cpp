#include "base/org_code.h"

#include "base/text.h"

#include <array>

#include <fmt/format.h>

namespace yifa {
namespace {
constexpr std::array<std::size_t, 6> kLengths = {0, 2, 4, 6, 9, 12};
constexpr std::array<std::string_view, 7> kNames = {"nation",   "province", "city",      "county",
                                                    "township", "village",  "department"};

bool zeros(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }
} // namespace

std::string_view to_string(OrgLevel level) { return kNames[static_cast<std::size_t>(level)]; }

Result<OrgCode> OrgCode::parse(std::string_view written) {
  std::string code = text::trim(text::to_half_width(written));
  auto fail = [&] {
    return invalid(fmt::format(
        "\"{}\" is not an organisation code (2, 4, 6, 9 or 12 digits, or nine digits, D "
        "and two or three digits for a department)",
        written));
  };
  OrgCode made;
  if (code.size() > 9 && code[9] == 'D') {
    auto number = code.substr(10);
    if (number.size() < 2 || number.size() > 3 ||
        (code.substr(0, 9) + number).find_first_not_of("0123456789") != std::string::npos)
      return fail();
    made.code_ = code;
    return made;
  }
  if (code.find_first_not_of("0123456789") != std::string::npos) return fail();
  if (code.empty()) return fail();
  std::size_t length = code.size();
  if (length != 2 && length != 4 && length != 6 && length != 9 && length != 12) return fail();
  // Cut whole trailing levels of zeros; a level of zeros before a level that is not is an error.
  std::size_t level = 0;
  while (kLengths[level] < length) ++level;
  while (level > 1 && zeros(std::string_view(code).substr(kLengths[level - 1],
                                                          kLengths[level] - kLengths[level - 1])))
    code.resize(kLengths[--level]);
  for (std::size_t i = 1; i <= level; ++i) {
    auto part = std::string_view(code).substr(kLengths[i - 1], kLengths[i] - kLengths[i - 1]);
    // Towns directly under a prefecture-level city (Dongguan, Zhongshan, Danzhou) have a county
    // part of zeros.
    if (zeros(part) && i != 3) return fail();
  }
  made.code_ = code;
  return made;
}

OrgLevel OrgCode::level() const {
  if (code_.size() > 9 && code_[9] == 'D') return OrgLevel::Department;
  for (std::size_t i = 0; i < kLengths.size(); ++i)
    if (kLengths[i] == code_.size()) return static_cast<OrgLevel>(i);
  return OrgLevel::Nation;
}

OrgCode OrgCode::township() const {
  OrgCode made = *this;
  if (made.code_.size() > 9) made.code_.resize(9);
  return made;
}

OrgCode OrgCode::parent() const {
  OrgCode made = *this;
  if (level() == OrgLevel::Department || level() == OrgLevel::Village) {
    made.code_.resize(9);
  } else if (level() != OrgLevel::Nation) {
    made.code_.resize(kLengths[static_cast<std::size_t>(level()) - 1]);
  }
  return made;
}

std::string OrgCode::end() const {
  return code_ + "~"; // "~" sorts behind every digit and letter a code may go on with
}

} // namespace yifa
