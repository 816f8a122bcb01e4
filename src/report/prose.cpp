#include "report/prose.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace yifa::report {

namespace {

struct Mark {
  std::string_view text;
  int weight;
};
constexpr std::array<Mark, 5> seam_marks{{{"、", 0}, {"，", 1}, {"：", 1}, {"；", 2}, {"。", 3}}};

const Mark *mark_at_start(std::string_view words) {
  for (const auto &mark : seam_marks)
    if (words.starts_with(mark.text)) return &mark;
  return nullptr;
}

const Mark *mark_at_end(std::string_view words) {
  for (const auto &mark : seam_marks)
    if (words.ends_with(mark.text)) return &mark;
  return nullptr;
}

} // namespace

void Prose::text(std::string_view words) {
  // Doubled marks at the seam: the stronger one stays.
  while (!bits_.empty() && bits_.back().kind == Bit::Kind::Text) {
    const Mark *next = mark_at_start(words);
    if (next == nullptr) break;
    Bit &last = bits_.back();
    const Mark *before = last.quoted || last.figure ? nullptr : mark_at_end(last.text);
    if (before == nullptr) break;
    if (before->weight >= next->weight) {
      words.remove_prefix(next->text.size());
      continue;
    }
    last.text.resize(last.text.size() - before->text.size());
    if (last.text.empty()) bits_.pop_back();
  }
  if (words.empty()) return;
  Bit bit;
  bit.text = words;
  bits_.push_back(std::move(bit));
}

void Prose::quote(std::string_view words) {
  if (words.empty()) return;
  Bit bit;
  bit.text = words;
  bit.quoted = true;
  bits_.push_back(std::move(bit));
}

void Prose::figure(FigureRef ref, std::string printed) {
  Bit bit;
  bit.text = std::move(printed);
  bit.figure = std::move(ref);
  bits_.push_back(std::move(bit));
}

void Prose::number(FigureRef ref, std::string printed, std::string_view unit) {
  ref.unit = unit;
  figure(std::move(ref), std::move(printed));
  text(unit);
}

void Prose::span() {
  Bit bit;
  bit.kind = Bit::Kind::Span;
  bits_.push_back(std::move(bit));
}

void Prose::verb(std::string_view group) {
  Bit bit;
  bit.kind = Bit::Kind::Verb;
  bit.text = group;
  bits_.push_back(std::move(bit));
}

void Prose::add(Prose other) {
  for (auto &bit : other.bits_) {
    if (bit.kind == Bit::Kind::Text && !bit.figure && !bit.quoted)
      text(bit.text);
    else
      bits_.push_back(std::move(bit));
  }
}

std::size_t Prose::length() const {
  std::size_t n = 0;
  for (const auto &bit : bits_) n += bit.kind == Bit::Kind::Text ? text::length(bit.text) : 2;
  return n;
}

int Prose::numbers() const {
  return static_cast<int>(std::count_if(bits_.begin(), bits_.end(), [](const Bit &bit) {
    return bit.figure && (bit.figure->kind == FigureRef::Kind::Value ||
                          bit.figure->kind == FigureRef::Kind::Change);
  }));
}

int Prose::count(std::string_view mark) const {
  int n = 0;
  for (const auto &bit : bits_) {
    if (bit.kind != Bit::Kind::Text) continue;
    for (auto at = bit.text.find(mark); at != std::string::npos;
         at = bit.text.find(mark, at + mark.size()))
      ++n;
  }
  return n;
}

std::string Prose::plain() const {
  std::string all;
  for (const auto &bit : bits_)
    if (bit.kind == Bit::Kind::Text) all += bit.text;
  return all;
}

bool Prose::starts_with(std::string_view words) const {
  return !bits_.empty() && bits_.front().kind == Bit::Kind::Text &&
         bits_.front().text.starts_with(words);
}

bool Prose::ends_with(std::string_view words) const {
  return !bits_.empty() && bits_.back().kind == Bit::Kind::Text &&
         bits_.back().text.ends_with(words);
}

void Prose::drop_start(std::string_view words) {
  if (!starts_with(words)) return;
  bits_.front().text.erase(0, words.size());
  if (bits_.front().text.empty()) bits_.erase(bits_.begin());
}

void Prose::drop_end(std::string_view words) {
  if (!ends_with(words)) return;
  auto &last = bits_.back().text;
  last.resize(last.size() - words.size());
  if (last.empty()) bits_.pop_back();
}

void Prose::trim_end() {
  while (!bits_.empty() && bits_.back().kind == Bit::Kind::Text && !bits_.back().figure) {
    auto &last = bits_.back().text;
    const Mark *mark = mark_at_end(last);
    if (mark != nullptr)
      last.resize(last.size() - mark->text.size());
    else if (last.ends_with(' '))
      last.pop_back();
    else
      return;
    if (last.empty()) bits_.pop_back();
  }
}

void Prose::cut_segment() {
  while (!bits_.empty()) {
    Bit &last = bits_.back();
    if (last.kind == Bit::Kind::Text && !last.figure && !last.quoted) {
      std::size_t cut = std::string::npos;
      for (const auto &mark : seam_marks) {
        if (mark.weight == 0) continue;
        const auto at = last.text.rfind(mark.text);
        if (at != std::string::npos && (cut == std::string::npos || at > cut)) cut = at;
      }
      if (cut != std::string::npos) {
        last.text.resize(cut);
        if (cut == 0) bits_.pop_back();
        return;
      }
    }
    bits_.pop_back();
  }
}

void Prose::close() {
  const auto whole = plain();
  for (std::string_view end : {"！", "？", "！”", "？”", "。”", "……"})
    if (whole.ends_with(end)) return;
  trim_end();
  if (!bits_.empty()) text("。");
}

std::vector<Prose> Prose::sentences() && {
  constexpr std::string_view stop = "。";
  std::vector<Prose> all;
  Prose now;
  for (auto &bit : bits_) {
    if (bit.kind != Bit::Kind::Text || bit.figure || bit.quoted) {
      now.bits_.push_back(std::move(bit));
      continue;
    }
    std::string_view rest = bit.text;
    for (auto at = rest.find(stop); at != std::string_view::npos; at = rest.find(stop)) {
      now.text(rest.substr(0, at + stop.size()));
      rest.remove_prefix(at + stop.size());
      all.push_back(std::move(now));
      now = Prose();
    }
    now.text(rest);
  }
  if (!now.empty()) all.push_back(std::move(now));
  return all;
}

bool Prose::bind(const std::vector<std::string> &words, const FigureRef &ref) {
  for (std::size_t i = 0; i < bits_.size(); ++i) {
    if (bits_[i].kind != Bit::Kind::Text || bits_[i].figure || bits_[i].quoted) continue;
    const std::string whole = bits_[i].text;
    std::size_t found = std::string::npos;
    std::string_view word;
    for (const auto &candidate : words) {
      const auto at = whole.find(candidate);
      if (at < found) {
        found = at;
        word = candidate;
      }
    }
    if (found == std::string::npos) continue;
    Bit claim;
    claim.text = word;
    claim.figure = ref;
    Bit after;
    after.text = whole.substr(found + word.size());
    bits_[i].text.resize(found);
    auto at = bits_.begin() + static_cast<std::ptrdiff_t>(i);
    if (found == 0)
      *at = std::move(claim);
    else
      at = bits_.insert(at + 1, std::move(claim));
    if (!after.text.empty()) bits_.insert(at + 1, std::move(after));
    return true;
  }
  return false;
}

std::vector<Run> Prose::runs() const {
  std::vector<Run> all;
  for (const auto &bit : bits_) {
    if (bit.kind != Bit::Kind::Text || bit.text.empty()) continue;
    if (!bit.figure && !all.empty() && !all.back().figure)
      all.back().text += bit.text;
    else
      all.push_back({bit.text, bit.figure});
  }
  return all;
}

} // namespace yifa::report
