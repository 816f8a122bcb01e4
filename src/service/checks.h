#pragma once

#include "reading/checker.h"
#include "reading/render.h"
#include "reading/similar.h"
#include "reading/summary.h"
#include "service/environment.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Reading and checking reports: the files of a folder, one after another in bounded memory, on two
/// threads, and in an order that never changes.
namespace yifa::service {

/// The checker of the built-in catalog, or of a catalog folder. Invalid with file, line, column.
Result<reading::Checker> load_checker(const std::filesystem::path &catalog_folder);

/// The files that are named, and those of the folders that are named that look like reports: in
/// the order given, folders' files by path; each once. Of a folder the files and folders in
/// `except` are left out. NotFound for what is not there.
Result<std::vector<std::filesystem::path>>
files_to_check(const std::vector<std::filesystem::path> &named,
               const std::vector<std::filesystem::path> &except = {});

/// Reads one file. The errors of reading::read_report.
Result<reading::Report> read_one(const reading::Checker &checker, const std::filesystem::path &file,
                                 const reading::Told &told = {});

/// What a check adds to one report's findings.
using MoreFindings = std::function<void(const reading::Report &, reading::Findings &)>;

/// Reads and checks one file; what cannot be read is told in Checked::failed.
reading::Checked check_one(const reading::Checker &checker, const std::filesystem::path &file,
                           const reading::Told &told, const MoreFindings &more = {});

/// Reads and checks files on two threads and hands each to `done` in their order, never more than a
/// few ahead, so that a folder of any size costs the memory of a few reports. `done` may change
/// what it gets.
void check_in_order(const reading::Checker &checker,
                    const std::vector<std::filesystem::path> &files, const reading::Told &told,
                    const std::function<MoreFindings(std::size_t)> &more,
                    const std::function<void(std::size_t, reading::Checked &)> &done);

/// A report that resembles one of the files.
struct Resemblance {
  std::size_t a = 0; ///< index in the files
  std::size_t b = 0;
  reading::Likeness likeness;
};

/// Sketches of many reports, and what they share.
class Resemblances {
public:
  explicit Resemblances(const reading::Checker &checker) : checker_(checker) {}
  /// Adds the sketch of a report that was read; `file` is the caller's number for it.
  void add(std::size_t file, const reading::Report &report);
  void add(std::size_t file, reading::Sketch sketch);
  /// Pairs by the caller's numbers, and families().
  std::vector<Resemblance> find(double threshold);
  const std::vector<std::vector<std::size_t>> &families() const { return families_; }

private:
  const reading::Checker &checker_;
  reading::SimilarIndex index_;
  std::vector<std::size_t> file_of_; ///< by number in the index
  std::vector<std::vector<std::size_t>> families_;
};

/// Sketches files on two threads, one report in memory a thread. Counts what cannot be read.
void sketch_in_order(const reading::Checker &checker,
                     const std::vector<std::filesystem::path> &files, Resemblances &out,
                     std::size_t &unreadable);
/// The passages two reports share, longest first, as a summary shows them.
std::vector<reading::AlikePassage> shared_passages(const reading::Checker &checker,
                                                   const reading::Report &a,
                                                   const reading::Report &b, std::size_t most);
/// Tells of one report that it resembles another: repetition.last_year where the other is the same
/// town's of another year, else repetition.other_town. Nothing below the rule's share.
void add_resemblance(const reading::Checker &checker, const reading::Report &report,
                     const reading::Report &other, reading::Findings &findings);

} // namespace yifa::service
