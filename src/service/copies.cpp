#include "service/copies.h"

#include "base/text.h"
#include "reading/common_passages.h"
#include "reading/letters.h"
#include "reading/read.h"
#include "service/checks.h"
#include "service/in_order.h"

#include <algorithm>

namespace yifa::service {

namespace fs = std::filesystem;

namespace {

constexpr const char *kLastYear = "repetition.last_year";
constexpr const char *kOtherTown = "repetition.other_town";
/// A sketch tells a share within some hundredths: what may reach a rule's share is looked at whole.
constexpr double kSketchSlack = 0.8;
constexpr double kLeastShare = 0.1;
/// Of forty copies of one text each is told three.
constexpr std::size_t kMostAlike = 3;

} // namespace

reading::Sketch sketch_of(const reading::Checker &checker, const reading::Report &report) {
  return reading::sketch_of(report.text, report.structure, checker.lexicon());
}

void Resemblances::add(std::size_t file, reading::Sketch sketch) {
  index_.add(std::move(sketch));
  file_of_.push_back(file);
}

std::size_t Resemblances::read(const reading::Checker &checker,
                               const std::vector<fs::path> &files) {
  std::size_t unreadable = 0;
  in_order<std::optional<reading::Sketch>>(
      files.size(),
      [&](std::size_t i) -> std::optional<reading::Sketch> {
        auto source = reading::read_report(files[i], checker.lexicon());
        if (!source) return std::nullopt;
        // the figures are not needed, and cost the most
        reading::Text text(source->paragraphs);
        auto structure = reading::read_structure(text, *source, checker.lexicon());
        return reading::sketch_of(text, structure, checker.lexicon());
      },
      [&](std::size_t i, std::optional<reading::Sketch> &sketch) {
        if (sketch)
          add(i, std::move(*sketch));
        else
          ++unreadable;
      });
  return unreadable;
}

std::vector<Resemblance> Resemblances::find(double threshold) {
  auto found = index_.find(threshold, kReaders);
  families_ = std::move(found.families);
  for (auto &family : families_)
    for (auto &one : family) one = file_of_[one];
  std::vector<Resemblance> out;
  for (const auto &pair : found.pairs)
    out.push_back({file_of_[pair.a], file_of_[pair.b], pair.likeness});
  return out;
}

namespace {

reading::Letters masked_letters(const reading::Checker &checker, const reading::Report &report) {
  auto span =
      report.structure.body.empty() ? reading::Span{0, report.text.size()} : report.structure.body;
  return reading::letters_of(report.text, report.structure, span, checker.lexicon(),
                             reading::Lettering::Masked);
}

} // namespace

std::vector<reading::AlikePassage> shared_passages(const reading::Checker &checker,
                                                   const reading::Report &a,
                                                   const reading::Report &b, std::size_t most) {
  auto passages = reading::common_passages(masked_letters(checker, a), masked_letters(checker, b));
  std::vector<reading::AlikePassage> out;
  for (const auto &one : passages.all) {
    if (out.size() == most) break;
    out.push_back({a.text.utf8(one.in_a), b.text.utf8(one.in_b), a.text.line_at(one.in_a.start),
                   b.text.line_at(one.in_b.start)});
  }
  return out;
}

namespace {

/// Tells of one report that it resembles another. Nothing below the rule's share.
void add_resemblance(const reading::Checker &checker, const reading::Report &report,
                     const reading::Report &other, reading::Findings &findings) {
  bool same_town =
      !report.structure.place.empty() && report.structure.place == other.structure.place;
  // one report in two files is no copy
  if (same_town && report.structure.year == other.structure.year) return;
  const auto *rule = findings.rule(same_town ? kLastYear : kOtherTown);
  if (rule == nullptr) return;
  auto found =
      reading::common_passages(masked_letters(checker, report), masked_letters(checker, other));
  if (found.all.empty() || found.of_a < rule->number("share")) return;
  const auto &longest = found.all.front();
  auto *made = findings.add(rule->id, longest.in_a,
                            {{"share", reading::share_text(found.of_a)},
                             {"file", fs::path(other.file).filename().string()},
                             {"place", other.structure.place},
                             {"count", std::to_string(longest.letters)}});
  if (made != nullptr)
    made->elsewhere = reading::Elsewhere{other.file, other.structure.place, longest.in_b,
                                         text::shorten(other.text.utf8(longest.in_b), 120)};
}

} // namespace

Copies::Copies(const reading::Checker &checker, const std::vector<fs::path> &files,
               const std::vector<fs::path> &others)
    : checker_(checker) {
  double least = 2; // no share is
  for (const auto *id : {kLastYear, kOtherTown})
    if (const auto *rule = checker.rules().find(id); rule != nullptr && rule->on)
      least = std::min(least, rule->number("share", 1));
  auto all = files;
  all.insert(all.end(), others.begin(), others.end());
  if (least > 1 || all.size() < 2) return;
  Resemblances found;
  found.read(checker, all); // what cannot be read is told when it is checked
  auto take = [&](std::size_t file, std::size_t other, double share) {
    if (file < files.size()) like_[file].push_back({share, all[other]});
  };
  for (const auto &pair : found.find(std::max(kLeastShare, least * kSketchSlack))) {
    take(pair.a, pair.b, pair.likeness.of_a);
    take(pair.b, pair.a, pair.likeness.of_b);
  }
  for (auto &[file, like] : like_) {
    std::stable_sort(like.begin(), like.end(),
                     [](const Like &a, const Like &b) { return a.share > b.share; });
    like.resize(std::min(like.size(), kMostAlike));
  }
}

void Copies::add(std::size_t i, const reading::Report &report, reading::Findings &findings) const {
  auto found = like_.find(i);
  if (found == like_.end()) return;
  for (const auto &like : found->second)
    if (auto other = read_one(checker_, like.file))
      add_resemblance(checker_, report, *other, findings);
}

} // namespace yifa::service
