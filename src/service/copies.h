#pragma once

#include "reading/checker.h"
#include "reading/similar.h"
#include "reading/summary.h"

#include <filesystem>
#include <map>
#include <vector>

/// Which of many reports are copies of each other, or of reports that are not checked themselves.
namespace yifa::service {

/// Two files that resemble each other.
struct Resemblance {
  std::size_t a = 0; ///< the numbers their sketches were added under
  std::size_t b = 0;
  reading::Likeness likeness;
};

/// Sketches of many reports, two kilobytes each, and what they share.
class Resemblances {
public:
  void add(std::size_t file, reading::Sketch sketch);
  /// Reads the files, two at a time, and adds each under its index. Returns how many cannot be
  /// read.
  std::size_t read(const reading::Checker &checker,
                   const std::vector<std::filesystem::path> &files);
  /// Pairs of which one stands at least to that share in the other; fills families().
  std::vector<Resemblance> find(double threshold);
  /// Files that are nearly one text.
  const std::vector<std::vector<std::size_t>> &families() const { return families_; }

private:
  reading::SimilarIndex index_;
  std::vector<std::size_t> file_of_; ///< by number in the index
  std::vector<std::vector<std::size_t>> families_;
};

/// The sketch of a report that was read.
reading::Sketch sketch_of(const reading::Checker &checker, const reading::Report &report);

/// The passages two reports share, longest first, as a summary shows them.
std::vector<reading::AlikePassage> shared_passages(const reading::Checker &checker,
                                                   const reading::Report &a,
                                                   const reading::Report &b, std::size_t most);

/// Tells of each checked file which others it copies: repetition.last_year and
/// repetition.other_town.
class Copies {
public:
  /// Holds the files against each other and against `others`, which are not checked. Reads nothing
  /// when neither rule is on.
  Copies(const reading::Checker &checker, const std::vector<std::filesystem::path> &files,
         const std::vector<std::filesystem::path> &others);
  /// Adds what is found of file `i` of the files: of many copies, the few most alike.
  void add(std::size_t i, const reading::Report &report, reading::Findings &findings) const;

private:
  struct Like {
    double share = 0;
    std::filesystem::path file;
  };
  const reading::Checker &checker_;
  std::map<std::size_t, std::vector<Like>> like_; ///< by file, the most alike first
};

} // namespace yifa::service
