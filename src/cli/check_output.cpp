#include "cli/check_output.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yifa::cli {
namespace {

std::string indented(const json::object &object, const std::string &blanks) {
  return text::replace_all(text::trim(pretty(object)), "\n", "\n" + blanks);
}

} // namespace

Printed::Printed(Context &context, const CheckOptions &options, const reading::Checker &checker,
                 std::size_t files)
    : context_(context), options_(options), checker_(checker), files_(files),
      format_(context.as_json ? "json" : options.format) {}

void Printed::take(reading::Checked &checked) {
  auto counts = reading::count(checked.findings);
  counts_.errors += counts.errors;
  counts_.warnings += counts.warnings;
  counts_.notes += counts.notes;
  unreadable_ += checked.failed ? 1 : 0;
  if (format_ == "text")
    say(reading::findings_text(checked, checker_.lexicon()));
  else if (format_ == "json")
    say_json(checked);
  else
    all_.push_back(std::move(checked));
}

Status Printed::finish() {
  if (format_ == "text" && files_ > 1)
    say(reading::totals_text(files_, unreadable_, counts_, checker_.lexicon()));
  if (format_ == "json" && files_ > 1)
    say(fmt::format("\n  ],\n  \"counts\": {}\n}}\n",
                    indented(reading::counts_json(counts_), "  ")));
  if (format_ == "sarif")
    say(pretty(reading::sarif(all_, checker_.rules(), checker_.lexicon(), YIFA_VERSION)));
  if (format_ == "html")
    say(reading::findings_html(
        all_, {checker_.lexicon(), checker_.rules(), TRY(indicator_labels(context_))}));
  return deliver(context_, options_.output, kept_);
}

void Printed::say(const std::string &text) {
  if (options_.output.empty())
    context_.out() << text;
  else
    kept_ += text;
}

/// One file's object by itself, of several each as an element.
void Printed::say_json(const reading::Checked &checked) {
  auto object = reading::findings_json(checked);
  if (files_ == 1) return say(pretty(object));
  say((first_ ? "{\n  \"files\": [\n    " : ",\n    ") + indented(object, "    "));
  first_ = false;
}

} // namespace yifa::cli
