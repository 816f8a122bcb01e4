#include "case_runner.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "procedure/gate_limits.h"
#include "record/codec.h"
#include "sqlite/store.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

namespace yifa::law {
namespace {

namespace fs = std::filesystem;

template <typename T> T must(Result<T> result) {
  if (result) return std::move(*result);
  auto text = result.error().message;
  for (const auto &problem : result.error().problems)
    text += "; " + problem.where + ": " + problem.message;
  throw std::runtime_error(text);
}

/// The lawyer's table names records and papers; the program knows ids and hashes.
json::value resolved(const json::value &value, const std::map<std::string, RecordId> &records,
                     blob::Blobs &blobs) {
  if (const auto *many = value.if_array()) {
    json::array out;
    for (const auto &each : *many) out.push_back(resolved(each, records, blobs));
    return out;
  }
  if (const auto *members = value.if_object()) {
    json::object out;
    for (const auto &each : *members) out[each.key()] = resolved(each.value(), records, blobs);
    return out;
  }
  if (value.is_string()) {
    const std::string text(value.get_string());
    if (text.starts_with("@")) {
      const auto found = records.find(text.substr(1));
      if (found == records.end()) throw std::runtime_error("no record is called " + text);
      return json::string(found->second.text());
    }
    if (text.starts_with("paper:")) {
      crypto::Sha256 hash;
      hash.update(text);
      const auto hex = crypto::hex(hash.finish());
      if (!blobs.has(hex)) {
        bool given = false;
        must(blobs.put([&]() -> Result<std::string_view> {
          if (std::exchange(given, true)) return std::string_view();
          return std::string_view(text);
        }));
      }
      return json::string(hex);
    }
    if (text.starts_with("hash:")) {
      crypto::Sha256 hash;
      hash.update(text);
      return json::string(crypto::hex(hash.finish()));
    }
  }
  return value;
}

std::string gate_of(const Problem &problem) {
  const auto colon = problem.message.find(':');
  return colon == std::string::npos ? std::string() : problem.message.substr(0, colon);
}

std::string told(const Error &error) {
  auto out = error.message;
  for (const auto &problem : error.problems)
    out += fmt::format(" [{}: {}; {}]", problem.where, problem.message, problem.source);
  return out;
}

/// One case under way.
class Hearing {
public:
  Hearing(service::Ledgers &ledgers, service::Environment &env, FixedClock &clock,
          const Table &table)
      : ledgers_(ledgers), env_(env), clock_(clock), table_(table),
        writer_(must(env.store.write())) {}

  std::string run(const Case &one) {
    try {
      for (const auto &step : table_.records) prepare(step);
      for (const auto &step : one.before) prepare(step);
      if (one.judged) {
        if (auto fault = judge(*one.judged, one.expected); !fault.empty()) return fault;
      }
      return look(one.expected);
    } catch (const std::runtime_error &error) {
      return error.what();
    }
  }

private:
  Result<record::Receipt> take(const Step &step, const std::string &reason) {
    const auto &day = step.at.empty() ? table_.today : step.at;
    clock_.set(must(Moment::parse(day.size() > 10 ? day : day + "T09:00")));
    record::Command command;
    command.action = step.action;
    command.org = must(OrgCode::parse(table_.office));
    command.fields = resolved(step.fields, ids_, env_.blobs).as_object();
    command.reason = reason;
    command.exemptions = step.exempt;
    command.client_key = fmt::format("step-{}", ++steps_);
    command.tell_alike = false;
    if (step.action == "open") {
      command.type = step.type;
    } else {
      const auto found = ids_.find(step.on);
      if (found == ids_.end()) throw std::runtime_error("no record is called @" + step.on);
      command.type = types_[step.on];
      command.record = found->second;
      if (const auto dot = step.action.find('.');
          dot != std::string::npos && !step.action.ends_with(".open"))
        command.part = last_part(step);
    }
    auto done = ledgers_.apply_in(*writer_, command, actor(), nullptr);
    if (done && step.action == "open") {
      ids_[step.as] = done->record;
      types_[step.as] = step.type;
    }
    if (done && step.action != "open" && done->part)
      parts_[step.on + "." + step.action.substr(0, step.action.find('.'))] = *done->part;
    return done;
  }

  std::optional<RecordId> last_part(const Step &step) {
    const auto found = parts_.find(step.on + "." + step.action.substr(0, step.action.find('.')));
    if (found == parts_.end()) throw std::runtime_error("no such part was opened: " + step.action);
    return found->second;
  }

  static service::Actor actor() { return service::local_operator("clerk"); }

  void prepare(const Step &step) {
    auto done = take(step, step.reason);
    if (!done)
      throw std::runtime_error(
          fmt::format("before the case, step \"{}\": {}", step.label, told(done.error())));
  }

  std::string judge(const Step &step, const Expected &expected) {
    const bool warns = expected.outcome == "expected";
    auto done = take(step, warns ? "" : step.reason);
    if (expected.outcome == "done") {
      if (!done) return "should be done, but: " + told(done.error());
      return {};
    }
    if (done) return fmt::format("should be {}, but was done", expected.outcome);
    const auto &error = done.error();
    const bool refused = error.code == ErrorCode::Refused;
    if (refused != (expected.outcome == "refused"))
      return fmt::format("should be {}, but: {}", expected.outcome, told(error));
    if (auto fault = compare(error, expected); !fault.empty()) return fault;
    if (!warns) return {};
    auto again = take(step, "理由");
    if (!again) return "should go on with a reason, but: " + told(again.error());
    return {};
  }

  static std::string compare(const Error &error, const Expected &expected) {
    std::set<std::string> gates;
    std::set<std::string> fields;
    bool cited = expected.article.empty();
    for (const auto &problem : error.problems) {
      gates.insert(gate_of(problem));
      fields.insert(problem.where);
      cited = cited || problem.source.find(expected.article) != std::string::npos;
    }
    if (!expected.gates.empty() &&
        gates != std::set<std::string>(expected.gates.begin(), expected.gates.end()))
      return fmt::format("other gates speak than {}: {}", text::join(expected.gates, ", "),
                         told(error));
    for (const auto &name : expected.missing)
      if (!fields.contains(name)) return fmt::format("{} is not missed: {}", name, told(error));
    if (expected.outcome == "expected" && expected.gates.empty())
      return "an expectation names its gates";
    if (!cited) return fmt::format("{} is not cited: {}", expected.article, told(error));
    if (!expected.says.empty() && told(error).find(expected.says) == std::string::npos)
      return fmt::format("does not say \"{}\": {}", expected.says, told(error));
    return {};
  }

  static std::string written(const catalog::Field &field, const catalog::Value &value) {
    const auto encoded = record::encode_value(field, value);
    return encoded.is_string() ? std::string(encoded.get_string()) : json::serialize(encoded);
  }

  std::string look(const Expected &expected) {
    if (expected.state.empty() && expected.limits.empty() && expected.fields.empty()) return {};
    auto record = must(writer_->get(types_.at("main"), ids_.at("main")));
    if (!record) return "the record is gone";
    const auto &type = service::edition_of(*env_.catalog, *record);
    if (!expected.state.empty() && record->state != expected.state)
      return fmt::format("state {}, not {}", record->state, expected.state);
    for (const auto &[name, wanted] : expected.fields) {
      const int at = type.field_index(name);
      if (at < 0) return "no field " + name;
      const auto got = written(type.fields[static_cast<std::size_t>(at)], record->value(at));
      if (got != wanted) return fmt::format("{} is \"{}\", not \"{}\"", name, got, wanted);
    }
    if (expected.limits.empty()) return {};
    service::Around around(env_, *writer_);
    const auto limits = procedure::limits_of(type, *record, around.facts(*record));
    for (const auto &[id, wanted] : expected.limits) {
      const procedure::Measured *found = nullptr;
      for (const auto &limit : limits)
        if (limit.rule->id == id) found = &limit;
      if (wanted.due == "none") {
        if (found != nullptr)
          return fmt::format("{} runs, until {}", id, found->reckoning.due.text());
        continue;
      }
      if (found == nullptr) return fmt::format("{} does not run", id);
      if (!wanted.due.empty() && found->reckoning.due.text() != wanted.due)
        return fmt::format("{} is due {}, not {}", id, found->reckoning.due.text(), wanted.due);
      const std::string met = !found->until ? "open" : found->satisfied ? "yes" : "no";
      if (!wanted.met.empty() && met != wanted.met)
        return fmt::format("{} met: {}, not {}", id, met, wanted.met);
    }
    return {};
  }

  service::Ledgers &ledgers_;
  service::Environment &env_;
  FixedClock &clock_;
  const Table &table_;
  std::unique_ptr<store::Writer> writer_;
  std::map<std::string, RecordId> ids_;
  std::map<std::string, RecordId> parts_;
  std::map<std::string, std::string> types_;
  int steps_ = 0;
};

Result<std::unique_ptr<store::Store>> open_sqlite(const std::string &, const fs::path &folder) {
  return sqlite::open(folder);
}

} // namespace

Court::Court(const fs::path &tree)
    : folder_(fs::temp_directory_path() / fmt::format("yifa-law-{}", getpid())), clock_(Moment()) {
  fs::create_directories(folder_);
  service::WorkspaceOptions options;
  options.data = folder_ / "town";
  options.key = folder_ / "town.key";
  options.catalog_folder = tree / "catalog";
  must(service::Workspace::init(options, false, open_sqlite));
  space_ = must(service::Workspace::open(options, open_sqlite));
  auto writer = must(space_->environment().store.write());
  for (const auto &[code, name, kind] :
       {std::tuple{"37", "山东省", record::Org::Kind::Division},
        std::tuple{"3703", "淄博市", record::Org::Kind::Division},
        std::tuple{"370306", "周村区", record::Org::Kind::Division},
        std::tuple{"370306104", "商家镇", record::Org::Kind::Town},
        std::tuple{"370306104D01", "司法所", record::Org::Kind::Department},
        std::tuple{"370306104201", "甲村", record::Org::Kind::Village},
        std::tuple{"370306104202", "乙村", record::Org::Kind::Village}}) {
    record::Org org;
    org.code = must(OrgCode::parse(code));
    org.name = name;
    org.kind = kind;
    if (!writer->put_org(org)) throw std::runtime_error("the tree was not taken");
  }
  if (!writer->commit()) throw std::runtime_error("the tree was not kept");
  judge_by(space_->environment().catalog);
}

Court::~Court() {
  ledgers_.reset();
  space_.reset();
  std::error_code error;
  fs::remove_all(folder_, error);
}

void Court::judge_by(std::shared_ptr<const catalog::Catalog> catalog) {
  catalog_ = std::move(catalog);
  auto &base = space_->environment();
  ledgers_.reset();
  env_ = std::make_unique<service::Environment>(service::Environment{
      catalog_, base.store, base.blobs, clock_, base.ids, base.master, base.forgotten_list});
  ledgers_ = std::make_unique<service::Ledgers>(*env_);
}

std::string Court::differs(const Table &table, const Case &one) {
  return Hearing(*ledgers_, *env_, clock_, table).run(one);
}

} // namespace yifa::law
