#include "cli/check_options.h"

#include "base/file.h"
#include "base/text.h"
#include "service/summaries.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::cli {
namespace {

namespace fs = std::filesystem;

Result<std::vector<std::string>> expected_places(const std::string &file) {
  std::vector<std::string> out;
  if (file.empty()) return out;
  for (const auto &line : text::split(TRY(read_file(file, 1U << 22)), '\n'))
    if (auto name = text::trim(line); !name.empty() && !name.starts_with('#')) out.push_back(name);
  return out;
}

} // namespace

Result<int> check_summary(Context &context, const CheckOptions &options,
                          const reading::Checker &checker, const service::MoreFindings &ledger) {
  fs::path target(options.summary);
  const auto extension = text::lower_ascii(target.extension().string());
  const bool page = extension == ".html";
  if (!page && extension != ".xlsx")
    return invalid("a summary ends in .html or .xlsx: " + options.summary);
  service::SummaryRequest request;
  request.files = TRY(options.files());
  request.expected = TRY(expected_places(options.expected));
  request.indicator_labels = TRY(indicator_labels(context));
  request.told = options.told();
  request.keep_findings = !page;
  request.more = ledger;
  if (page) {
    const auto pages = options.pages();
    std::error_code error;
    fs::create_directories(pages, error);
    if (error) return unavailable(fmt::format("{}: {}", pages.string(), error.message()));
    request.page = [&, pages](std::size_t i, reading::Checked &checked) -> Result<std::string> {
      auto name = fmt::format("{:04}.html", i + 1);
      std::vector<reading::Checked> one;
      one.push_back(std::move(checked));
      TRY(write_file(pages / name, reading::findings_html(one, {checker.lexicon(), checker.rules(),
                                                                request.indicator_labels})));
      return pages.filename().string() + "/" + name;
    };
  }
  const auto summary = TRY(service::summarise(checker, request));
  if (page)
    TRY(write_file(target, reading::summary_html(summary, checker.lexicon())));
  else
    TRY(reading::write_summary_xlsx(target, summary, checker.lexicon()));
  if (context.as_json)
    context.print({{"file", options.summary},
                   {"files", request.files.size()},
                   {"missing", json::value_from(summary.missing)}});
  else
    context.out() << options.summary << "\n";
  const bool errors = std::any_of(summary.towns.begin(), summary.towns.end(), [](const auto &town) {
    return town.errors > 0 || town.failed.has_value();
  });
  return errors ? kFindings : kDone;
}

} // namespace yifa::cli
