#pragma once

#include "reading/finding.h"
#include "reading/lexicon.h"

#include <string>
#include <string_view>

namespace yifa::reading {

/// Interface words of one surface ("html", "summary", …): catalog/checks/words/labels.yaml.
class Labels {
public:
  Labels(const Lexicon &lexicon, std::string_view surface)
      : lexicon_(lexicon), surface_("labels." + std::string(surface)) {}
  /// The word; its key where none is given, so that a gap shows.
  std::string get(std::string_view key) const;
  /// The word with its {slots} filled.
  std::string fill(std::string_view key, Slots slots) const;

private:
  const Lexicon &lexicon_;
  std::string surface_;
};

/// 必须改, 建议改, 请核对.
std::string severity_word(const Lexicon &lexicon, Severity severity);
/// 必须改 2 处，请核对 1 处; what there is none of is not said; 未发现问题 when there is nothing.
std::string counts_words(const Lexicon &lexicon, int errors, int warnings, int notes);
/// What a group of rules is called; its id where it has no name.
std::string group_word(const Lexicon &lexicon, std::string_view group);
/// Why a file could not be read, in the reader's language where labels.failure knows the reason;
/// without the file's name before it.
std::string failure_words(const Lexicon &lexicon, const Error &error, std::string_view file);
/// "structure" of "structure.number_gap".
std::string_view group_of(std::string_view rule);

} // namespace yifa::reading
