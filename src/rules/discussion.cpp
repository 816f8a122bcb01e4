#include "rules/reading.h"
#include "rules/rules.h"

#include <map>

#include <fmt/format.h>

namespace yifa::rules {
namespace {

/// The members' lines of a discussion, in the order they spoke.
struct Opinions {
  const std::vector<catalog::Row> *lines = nullptr;
  int head = -1;
  int opinion = -1;

  explicit Opinions(const Place &discussion) : lines(lines_at(discussion, "opinions")) {
    if (const auto *field = field_at(discussion, "opinions")) {
      head = column_of(*field, "head");
      opinion = column_of(*field, "opinion");
    }
  }
  bool readable() const { return lines != nullptr && head >= 0 && opinion >= 0; }
  bool is_head(const catalog::Row &line) const {
    const auto *flag = line.cells[static_cast<std::size_t>(head)].get<bool>();
    return flag != nullptr && *flag;
  }
  std::string of(const catalog::Row &line) const {
    const auto *code = line.cells[static_cast<std::size_t>(opinion)].get<catalog::Code>();
    return code != nullptr ? code->text : std::string();
  }
};

} // namespace

std::optional<Lack> head_speaks_last(const Place &discussion, const Facts &) {
  const Opinions opinions(discussion);
  if (!opinions.readable()) return std::nullopt;
  const auto &lines = *opinions.lines;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (opinions.is_head(lines[i]) && i + 1 < lines.size())
      return Lack{"opinions", fmt::format("the head speaks in line {} of {}, and should speak last",
                                          i + 1, lines.size())};
  return std::nullopt;
}

std::optional<Lack> head_states_reason(const Place &discussion, const Facts &) {
  const Opinions opinions(discussion);
  if (!opinions.readable() || value_at(discussion, "head_reason").filled()) return std::nullopt;
  std::map<std::string, int> shares;
  std::string head;
  int speakers = 0;
  for (const auto &line : *opinions.lines) {
    const auto opinion = opinions.of(line);
    if (opinion.empty()) continue;
    ++speakers;
    ++shares[opinion];
    if (opinions.is_head(line)) head = opinion;
  }
  if (head.empty()) return std::nullopt;
  for (const auto &[opinion, share] : shares)
    if (opinion != head && share * 2 > speakers)
      return Lack{"head_reason",
                  fmt::format("{} of {} members hold another opinion than the head; his reasons "
                              "are to be stated",
                              share, speakers)};
  return std::nullopt;
}

} // namespace yifa::rules
