#include "service/example_steps.h"

#include "service/checks.h"
#include "service/examples.h"
#include "service/report_desk.h"

#include <algorithm>
#include <map>

namespace yifa::service {
namespace {

constexpr std::string_view kStepsFile = "steps.json";
constexpr std::string_view kDaysFrom = "@day";

std::string member_of(const json::object &step, const char *name) {
  const auto *found = step.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

class ExampleSteps {
public:
  ExampleSteps(Environment &environment, const reading::Checker &checker)
      : env_(environment), ledgers_(environment), reports_(ledgers_, checker) {
    actor_ = local_operator("example");
  }

  Status take(const json::object &step) {
    const auto name = member_of(step, "as");
    if (const auto paper = member_of(step, "paper"); !paper.empty()) {
      papers_[name] = TRY(keep(paper));
      return Done{};
    }
    if (step.contains("report")) {
      BeginReport begin;
      begin.org = TRY(OrgCode::parse(member_of(step, "org")));
      begin.year = static_cast<int>(step.at("report").as_int64());
      begin.outline = member_of(step, "outline");
      begin.page_note = std::string(env_.catalog->phrase("page.example"));
      records_[name] = {std::string(kReportLedger), TRY(reports_.begin(begin, actor_)).record.id};
      return Done{};
    }
    return act(step, name);
  }

private:
  struct Made {
    std::string ledger;
    RecordId id;
  };

  Status act(const json::object &step, const std::string &name) {
    record::Command command;
    command.actor = actor_.id;
    command.reason = member_of(step, "reason");
    if (const auto ledger = member_of(step, "open"); !ledger.empty()) {
      command.type = ledger;
      command.action = "open";
      command.org = TRY(OrgCode::parse(member_of(step, "org")));
    } else {
      const auto on = records_.find(member_of(step, "on"));
      if (on == records_.end()) return internal_error("the example steps name no such record");
      command.type = on->second.ledger;
      command.record = on->second.id;
      command.action = member_of(step, "act");
      command.org =
          TRY(ledgers_.show(on->second.id.text(), "", {}, false, actor_)).record.owner_org;
    }
    if (const auto *fields = step.if_contains("fields"))
      for (const auto &field : fields->as_object())
        command.fields[field.key()] = TRY(meant(field.value()));
    const bool report = command.type == kReportLedger && command.record;
    const auto receipt =
        TRY(report ? reports_.act(command, actor_) : ledgers_.apply(command, actor_));
    if (!name.empty()) records_[name] = {receipt.type, receipt.record};
    return Done{};
  }

  /// What a value of a step stands for.
  Result<json::value> meant(const json::value &said) {
    if (!said.is_string() || !said.as_string().starts_with("@")) return said;
    const auto word = std::string(said.as_string());
    if (word.starts_with(kDaysFrom)) {
      const auto days = std::stoi(word.substr(kDaysFrom.size()));
      return json::value(env_.clock.today().plus_days(days).text());
    }
    const auto dot = word.find('.');
    const auto name = word.substr(1, dot == std::string::npos ? dot : dot - 1);
    if (const auto paper = papers_.find(name); paper != papers_.end())
      return json::value(paper->second);
    const auto made = records_.find(name);
    if (made == records_.end()) return internal_error("the example steps name nothing made");
    if (dot == std::string::npos) return json::value(made->second.id.text());
    const auto shown = TRY(ledgers_.show(made->second.id.text(), "", {}, false, actor_));
    const int field = shown.type->field_index(word.substr(dot + 1));
    const auto *file = field < 0 ? nullptr : shown.record.value(field).get<catalog::FileHash>();
    if (file == nullptr) return internal_error("the example steps name no such file");
    return json::value(file->hex);
  }

  Result<std::string> keep(const std::string &words) {
    bool given = false;
    const auto kept = TRY(env_.blobs.put([&]() -> Result<std::string_view> {
      if (given) return std::string_view();
      given = true;
      return std::string_view(words);
    }));
    return kept.hash;
  }

  Environment &env_;
  Ledgers ledgers_;
  ReportDesk reports_;
  Actor actor_;
  std::map<std::string, std::string> papers_;
  std::map<std::string, Made> records_;
};

} // namespace

Status take_example_steps(Environment &environment) {
  const auto &files = example_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [](const auto &file) { return file.path == kStepsFile; });
  if (found == files.end()) return internal_error("the example steps are not in this program");
  const auto parsed = TRY(parse_json(found->content));
  const auto checker = TRY(load_checker(""));
  ExampleSteps steps(environment, checker);
  for (const auto &step : parsed.at("steps").as_array()) TRY(steps.take(step.as_object()));
  return Done{};
}

} // namespace yifa::service
