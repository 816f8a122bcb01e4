#pragma once

#include "catalog/loader.h"
#include "catalog/strict_yaml.h"

#include <string>
#include <string_view>
#include <vector>

namespace yifa::catalog {

/// Collects what is wrong; nothing stops at the first fault.
class Report {
public:
  void error(const Node &at, std::string message);
  void warning(const Node &at, std::string message);
  void error_at(const SourceFile &file, std::size_t offset, std::string message);
  /// A fault that belongs to no line.
  void error_in(std::string path, std::string message);
  /// A name that nothing declares. Silent when the name stands somewhere in a file that could not
  /// be read whole.
  void unknown(const Node &at, std::string_view what, std::string_view name,
               const std::vector<std::string> &known);

  void broken_file(const SourceFile &file) { broken_.push_back(&file); }
  bool failed() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }
  /// Sorted by file and place.
  std::vector<Diagnostic> take();

private:
  void add(Diagnostic::Level level, const SourceFile &file, std::size_t offset,
           std::string message);
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
  std::vector<const SourceFile *> broken_;
};

/// `; did you mean "name"?` or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string> &known);

} // namespace yifa::catalog
