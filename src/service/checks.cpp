#include "service/checks.h"

#include "base/file.h"
#include "base/text.h"
#include "catalog/embedded.h"
#include "reading/common_passages.h"
#include "reading/letters.h"
#include "reading/read.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kThreads = 2;
constexpr std::size_t kAhead = 16; // files checked but not yet handed on

} // namespace

Result<reading::Checker> load_checker(const fs::path &catalog_folder) {
  if (catalog_folder.empty()) return reading::Checker::load(catalog::embedded_sources());
  return reading::Checker::load(TRY(catalog::read_sources(catalog_folder.string())));
}

Result<std::vector<fs::path>> files_to_check(const std::vector<fs::path> &named,
                                             const std::vector<fs::path> &except) {
  auto left_out = [&](const fs::path &file) {
    std::error_code error;
    return std::any_of(except.begin(), except.end(), [&](const fs::path &one) {
      return fs::equivalent(one, file, error) || fs::equivalent(one, file.parent_path(), error);
    });
  };
  std::vector<fs::path> out;
  std::set<fs::path> seen;
  for (const auto &one : named) {
    std::error_code error;
    if (!fs::exists(one, error)) return not_found(fmt::format("{}: no such file", one.string()));
    if (!fs::is_directory(one, error)) {
      if (seen.insert(one).second) out.push_back(one);
      continue;
    }
    std::vector<fs::path> found;
    auto options = fs::directory_options::skip_permission_denied;
    for (auto it = fs::recursive_directory_iterator(one, options, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error))
      if (it->is_regular_file(error) && reading::looks_like_report(it->path()) &&
          !left_out(it->path()))
        found.push_back(it->path());
    if (error) return unavailable(fmt::format("{}: {}", one.string(), error.message()));
    std::sort(found.begin(), found.end());
    for (auto &file : found)
      if (seen.insert(file).second) out.push_back(std::move(file));
  }
  return out;
}

Result<reading::Report> read_one(const reading::Checker &checker, const fs::path &file,
                                 const reading::Told &told) {
  return checker.understand(file.string(), TRY(reading::read_report(file, checker.lexicon())),
                            told);
}

reading::Checked check_one(const reading::Checker &checker, const fs::path &file,
                           const reading::Told &told, const MoreFindings &more) {
  reading::Checked made;
  made.file = file.string();
  auto report = read_one(checker, file, told);
  if (!report) {
    made.failed = report.error();
    return made;
  }
  made.report = std::move(*report);
  made.findings = checker.check(made.report, [&](reading::Findings &findings) {
    if (more) more(made.report, findings);
  });
  return made;
}

namespace {

/// Runs `work(i)` for every file on two threads and `done(i, result)` in order on this one, never
/// more than kAhead behind.
template <typename Made, typename Work, typename Then>
void ordered(std::size_t count, const Work &work, const Then &done) {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, Made> ready;
  std::size_t taken = 0;
  std::size_t handed = 0;
  auto run = [&] {
    for (;;) {
      std::size_t i = 0;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return taken >= count || taken < handed + kAhead; });
        if (taken >= count) return;
        i = taken++;
      }
      Made made = work(i);
      std::lock_guard lock(mutex);
      ready.emplace(i, std::move(made));
      changed.notify_all();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < std::min<std::size_t>(kThreads, count); ++t)
    threads.emplace_back(run);
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<Made> next;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return ready.contains(i); });
      next = std::move(ready.at(i));
      ready.erase(i);
      handed = i + 1;
    }
    changed.notify_all();
    done(i, *next);
  }
  for (auto &thread : threads) thread.join();
}

} // namespace

void check_in_order(const reading::Checker &checker, const std::vector<fs::path> &files,
                    const reading::Told &told, const std::function<MoreFindings(std::size_t)> &more,
                    const std::function<void(std::size_t, reading::Checked &)> &done) {
  ordered<reading::Checked>(
      files.size(),
      [&](std::size_t i) {
        return check_one(checker, files[i], told, more ? more(i) : MoreFindings());
      },
      done);
}

void sketch_in_order(const reading::Checker &checker, const std::vector<fs::path> &files,
                     Resemblances &out, std::size_t &unreadable) {
  ordered<std::optional<reading::Sketch>>(
      files.size(),
      [&](std::size_t i) -> std::optional<reading::Sketch> {
        auto source = reading::read_report(files[i], checker.lexicon());
        if (!source) return std::nullopt;
        reading::Text text(source->paragraphs);
        auto structure = reading::read_structure(text, *source, checker.lexicon());
        return reading::sketch_of(text, structure, checker.lexicon());
      },
      [&](std::size_t i, std::optional<reading::Sketch> &sketch) {
        if (sketch)
          out.add(i, std::move(*sketch));
        else
          ++unreadable;
      });
}

void Resemblances::add(std::size_t file, const reading::Report &report) {
  add(file, reading::sketch_of(report.text, report.structure, checker_.lexicon()));
}

void Resemblances::add(std::size_t file, reading::Sketch sketch) {
  index_.add(std::move(sketch));
  file_of_.push_back(file);
}

std::vector<Resemblance> Resemblances::find(double threshold) {
  auto found = index_.find(threshold, kThreads);
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

void add_resemblance(const reading::Checker &checker, const reading::Report &report,
                     const reading::Report &other, reading::Findings &findings) {
  bool same_town =
      !report.structure.place.empty() && report.structure.place == other.structure.place;
  // one report in two files is no copy
  if (same_town && report.structure.year == other.structure.year) return;
  const auto *rule = findings.rule(same_town ? "repetition.last_year" : "repetition.other_town");
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

} // namespace yifa::service
