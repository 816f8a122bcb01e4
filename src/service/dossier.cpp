#include "service/dossier.h"

#include "base/text.h"
#include "procedure/gate_limits.h"
#include "procedure/law_words.h"
#include "service/outlook.h"
#include "service/papers.h"
#include "service/personal.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::PaperKind;
using catalog::Value;
using report::PaperBlock;
using Entry = Dossier::Entry;

std::vector<std::string> hashes(const Value &value) {
  std::vector<std::string> out;
  if (const auto *one = value.get<catalog::FileHash>()) out.push_back(one->hex);
  if (const auto *many = value.get<std::vector<Value>>())
    for (const auto &each : *many)
      if (const auto *file = each.get<catalog::FileHash>()) out.push_back(file->hex);
  return out;
}

/// One matter's file being put together.
class Assembly {
public:
  Assembly(Environment &env, store::Reader &reader, const catalog::RecordType &type,
           const record::Record &whole, bool personal, std::vector<record::Event> history)
      : env_(env), reader_(reader), type_(type), record_(whole), history_(std::move(history)),
        words_(*env.catalog, type), papers_(env, reader, type, whole, personal),
        around_(env, reader) {
    for (const auto &event : history_) taken_.insert(event.action);
  }

  Result<Dossier> run() {
    TRY(list_ordered());
    list_others();
    TRY(judge_steps());
    TRY(around_.status());
    TRY(write());
    return std::move(out_);
  }

private:
  bool applies(const PaperKind &kind) {
    return record::matches(kind.when, type_, record_, around_.view());
  }

  /// Whether the document should be there by now: the step that issues it was taken, or no step
  /// does.
  bool due(const PaperKind &kind) const {
    bool issued_by_step = false;
    for (const auto &step : type_.transitions) {
      if (step.document != kind.id) continue;
      issued_by_step = true;
      if (taken_.contains(step.id)) return true;
    }
    return !issued_by_step && kind.kind == "kept";
  }

  void lack(std::string where, std::string message, std::string source) {
    out_.lacks.push_back({std::move(where), std::move(message), std::move(source), ""});
  }

  void add_files(const std::string &name, const std::string &path, const Value &value,
                 std::optional<Date> day, bool needed) {
    seen_.insert(path);
    const auto files = hashes(value);
    for (const auto &hash : files)
      out_.contents.push_back({name, day, hash.substr(0, 12), Entry::Status::Present});
    if (!files.empty() || !needed) return;
    out_.contents.push_back({name, day, "", Entry::Status::Absent});
    lack(path, words_.phrase("dossier.paper_missing", {{"paper", name}}), "");
  }

  Result<bool> add_document(const std::string &id) {
    const auto kind = std::find_if(type_.papers.begin(), type_.papers.end(), [&](const auto &each) {
      return each.id == id && each.form != "dossier";
    });
    if (kind == type_.papers.end()) return false;
    // The signed paper, where it was kept as an attachment, goes before the form.
    for (const auto &field : {id, id + "_paper"})
      if (const int at = type_.field_index(field); at >= 0)
        add_files(kind->label.zh, field, record_.value(at), std::nullopt, false);
    if (!applies(*kind) || !due(*kind) || !env_.catalog->forms.contains(kind->form)) return true;
    filled_.push_back(TRY(papers_.fill(*kind)));
    out_.contents.push_back({kind->label.zh, std::nullopt, "", Entry::Status::Filled});
    for (const auto &missing : filled_.back().missing) out_.lacks.push_back(missing);
    listed_.insert(id);
    return true;
  }

  void add_parts(int part, const std::string &field, bool needed) {
    const auto &form = type_.parts[static_cast<std::size_t>(part)];
    const int at = form.field_index(field);
    if (at < 0) return;
    const auto &label = form.fields[static_cast<std::size_t>(at)].label.zh;
    for (const auto &each : record_.parts) {
      if (each.part != part || each.withdrawn) continue;
      const record::Place place{type_, record_, &each, -1, nullptr};
      add_files(form.label.zh + "·" + label, form.id + "." + field,
                each.values[static_cast<std::size_t>(at)],
                record::day_in(record::value_at(form.day, place, around_.view())), needed);
    }
  }

  void add_linked(const std::string &back, const std::string &field) {
    for (const auto &link : type_.backs) {
      if (link.name != back) continue;
      catalog::Predicate::Subject subject;
      subject.kind = catalog::Predicate::Subject::Kind::Back;
      subject.type = link.type;
      subject.link = link.field;
      subject.name = link.name;
      for (const auto *other : around_.view().linked(subject, record_)) {
        const auto &type = edition_of(*env_.catalog, *other);
        const int at = type.field_index(field);
        if (at < 0) continue;
        const auto &label = type.fields[static_cast<std::size_t>(at)].label.zh;
        add_files(fmt::format("{}·{}（{}）", type.label.zh, label, other->number),
                  back + "." + field, other->value(at), other->day, true);
      }
    }
  }

  Status list_ordered() {
    for (const auto &kind : type_.papers) {
      if (kind.form != "dossier") continue;
      for (const auto &entry : kind.order) {
        if (TRY(add_document(entry))) continue;
        const auto dot = entry.find('.');
        if (dot == std::string::npos) {
          const int at = type_.field_index(entry);
          if (at >= 0)
            add_files(type_.fields[static_cast<std::size_t>(at)].label.zh, entry, record_.value(at),
                      std::nullopt, true);
        } else if (const int part = type_.part_index(entry.substr(0, dot)); part >= 0) {
          add_parts(part, entry.substr(dot + 1), true);
        } else {
          add_linked(entry.substr(0, dot), entry.substr(dot + 1));
        }
      }
    }
    for (const auto &kind : type_.papers)
      if (kind.form != "dossier" && !listed_.contains(kind.id)) TRY(add_document(kind.id));
    return Done{};
  }

  /// Attachments that no order names: they are in the file all the same.
  void list_others() {
    for (std::size_t i = 0; i < type_.fields.size(); ++i) {
      const auto &field = type_.fields[i];
      if (field.type == catalog::FieldType::File && !seen_.contains(field.id))
        add_files(field.label.zh, field.id, record_.value(static_cast<int>(i)), std::nullopt,
                  false);
    }
    for (std::size_t p = 0; p < type_.parts.size(); ++p)
      for (const auto &field : type_.parts[p].fields)
        if (field.type == catalog::FieldType::File &&
            !seen_.contains(type_.parts[p].id + "." + field.id))
          add_parts(static_cast<int>(p), field.id, false);
  }

  Status judge(const std::vector<catalog::Gate> &gates, const record::PartRecord *part,
               const std::string &step, const std::string &role) {
    const auto facts = around_.wide_facts(record_);
    const auto *form =
        part != nullptr ? &type_.parts[static_cast<std::size_t>(part->part)] : nullptr;
    for (const auto &verdict :
         TRY(procedure::judge(gates, {type_, record_, part, -1, nullptr}, role, {}, facts))) {
      if (verdict.kind != procedure::Verdict::Kind::Refuses &&
          verdict.kind != procedure::Verdict::Kind::Warns)
        continue;
      if (exempted_.contains(verdict.gate->id)) continue;
      lack(verdict.gate->id, fmt::format("{}：{}", step, words_.gate(*verdict.gate, form)),
           words_.source(verdict.gate->source));
    }
    return Done{};
  }

  /// Gates of the steps that were taken, looked at as the file stands.
  Status judge_steps() {
    for (const auto &event : history_)
      if (auto body = parse_json(event.body); body && body->is_object())
        if (const auto *exempt = body->get_object().if_contains("exempt");
            exempt != nullptr && exempt->is_object())
          for (const auto &each : exempt->get_object()) exempted_.insert(each.key());
    TRY(judge(type_.gates, nullptr, type_.label.zh, ""));
    for (const auto &step : type_.transitions)
      if (taken_.contains(step.id)) TRY(judge(step.gates, nullptr, step_label(step.id), step.role));
    for (const auto &part : record_.parts)
      if (!part.withdrawn) {
        const auto &form = type_.parts[static_cast<std::size_t>(part.part)];
        TRY(judge(form.gates, &part, form.label.zh, ""));
      }
    return Done{};
  }

  std::string step_label(const std::string &action) const {
    static const std::map<std::string, const char *> kOwn = {
        {"open", "dossier.opened"},        {"correct", "dossier.corrected"},
        {"withdraw", "dossier.withdrawn"}, {"forget", "dossier.forgotten"},
        {"extend", "dossier.extended"},    {"read personal", "dossier.read"}};
    if (const auto *step = type_.transition(action); step != nullptr && !step->label.zh.empty())
      return step->label.zh;
    if (const auto own = kOwn.find(action); own != kOwn.end()) return words_.phrase(own->second);
    const auto dot = action.find('.');
    const int part = type_.part_index(action.substr(0, dot));
    if (dot == std::string::npos || part < 0) return action;
    const auto verb = action.substr(dot + 1);
    const auto key = verb == "open"      ? "dossier.part_opened"
                     : verb == "correct" ? "dossier.part_corrected"
                                         : "dossier.part_withdrawn";
    return words_.phrase(key, {{"part", type_.parts[static_cast<std::size_t>(part)].label.zh}});
  }

  const catalog::Gate *gate_named(const std::string &id) const {
    const auto in = [&](const std::vector<catalog::Gate> &gates) -> const catalog::Gate * {
      for (const auto &gate : gates)
        if (gate.id == id) return &gate;
      return nullptr;
    };
    if (const auto *found = in(type_.gates)) return found;
    for (const auto &step : type_.transitions)
      if (const auto *found = in(step.gates)) return found;
    for (const auto &part : type_.parts)
      if (const auto *found = in(part.gates)) return found;
    return nullptr;
  }

  std::string gate_label(const std::string &id) const {
    const auto *gate = gate_named(id);
    return gate == nullptr ? id : words_.source(gate->source);
  }

  std::string remarks(const record::Event &event) const {
    std::vector<std::string> said;
    const auto body = parse_json(event.body);
    if (!body || !body->is_object()) return {};
    const auto &told = body->get_object();
    if (const auto *reason = told.if_contains("reason"); reason != nullptr && reason->is_string())
      if (!reason->get_string().empty()) said.emplace_back(reason->get_string());
    std::vector<std::string> gates;
    if (const auto *warned = told.if_contains("warned"); warned != nullptr && warned->is_array())
      for (const auto &id : warned->get_array())
        if (id.is_string()) gates.push_back(gate_label(std::string(id.get_string())));
    if (!gates.empty())
      said.push_back(words_.phrase("dossier.warned", {{"gates", text::join(gates, "、")}}));
    gates.clear();
    if (const auto *exempt = told.if_contains("exempt"); exempt != nullptr && exempt->is_object())
      for (const auto &each : exempt->get_object())
        gates.push_back(gate_label(std::string(each.key())));
    if (!gates.empty())
      said.push_back(words_.phrase("dossier.exempt", {{"gates", text::join(gates, "、")}}));
    return text::join(said, "；");
  }

  PaperBlock &block(PaperBlock::Kind kind, std::string text = {}) {
    auto &made = out_.paper.blocks.emplace_back();
    made.kind = kind;
    made.text = std::move(text);
    return made;
  }

  PaperBlock &table(const std::vector<const char *> &heads, std::vector<double> weights) {
    auto &made = block(PaperBlock::Kind::Table);
    for (const auto *head : heads) made.head.push_back(words_.phrase(head));
    made.weights = std::move(weights);
    return made;
  }

  /// "30 years", "permanent" in words.
  std::string retention() const {
    if (auto words = words_.phrase("retention." + type_.retention); !words.empty()) return words;
    const auto blank = type_.retention.find(' ');
    return words_.phrase("retention.years", {{"n", type_.retention.substr(0, blank)}});
  }

  Status cover() {
    auto &paper = out_.paper;
    paper.title = words_.phrase("dossier.title", {{"label", type_.label.zh}});
    paper.day = env_.clock.today();
    paper.issuer = TRY(papers_.entry("@government"));
    const auto *state = type_.state(record_.state);
    auto &form = block(PaperBlock::Kind::Form);
    form.head = {"", ""};
    form.weights = {1, 3};
    form.rows = {{words_.phrase("dossier.number"), record_.number},
                 {words_.phrase("dossier.office"), paper.issuer},
                 {words_.phrase("dossier.day"), record_.day.chinese()},
                 {words_.phrase("dossier.state"), state != nullptr ? state->label.zh : ""},
                 {words_.phrase("dossier.retention"), retention()},
                 {words_.phrase("dossier.made"), env_.clock.today().chinese()}};
    return Done{};
  }

  Status write() {
    TRY(cover());
    block(PaperBlock::Kind::Heading, words_.phrase("dossier.contents"));
    auto &contents = table(
        {"dossier.serial", "dossier.paper", "dossier.date", "dossier.where", "dossier.status"},
        {1, 5, 2.4, 2.4, 1.6});
    static constexpr const char *kStatus[] = {"dossier.present", "dossier.filled",
                                              "dossier.absent"};
    for (std::size_t i = 0; i < out_.contents.size(); ++i) {
      const auto &entry = out_.contents[i];
      contents.rows.push_back({std::to_string(i + 1), entry.name,
                               entry.day ? entry.day->text() : "", entry.where,
                               words_.phrase(kStatus[static_cast<std::size_t>(entry.status)])});
    }
    block(PaperBlock::Kind::Heading, words_.phrase("dossier.lacks"));
    for (const auto &each : out_.lacks)
      block(PaperBlock::Kind::Text, each.source.empty()
                                        ? each.message
                                        : fmt::format("{}（{}）", each.message, each.source));
    if (out_.lacks.empty()) block(PaperBlock::Kind::Text, words_.phrase("dossier.complete"));
    write_limits();
    write_history();
    for (const auto &document : filled_) {
      block(PaperBlock::Kind::NewPage, document.title).extra = document.number;
      for (const auto &line : document.blocks) out_.paper.blocks.push_back(line);
    }
    return Done{};
  }

  void write_limits() {
    const auto limits = procedure::limits_of(type_, record_, around_.facts(record_));
    if (limits.empty()) return;
    block(PaperBlock::Kind::Heading, words_.phrase("dossier.limits"));
    auto &rows = table({"plan.what", "plan.how", "plan.due", "dossier.status", "plan.source"},
                       {3.4, 3, 2.2, 2.2, 3});
    for (const auto &limit : limits) {
      auto due = limit.reckoning.due.text();
      if (limit.reckoning.estimated) due += words_.phrase("term.estimated");
      std::string done;
      if (limit.until)
        done = limit.until->text() +
               words_.phrase(limit.satisfied ? "dossier.in_time" : "dossier.not_in_time");
      const auto *part = limit.part != nullptr
                             ? &type_.parts[static_cast<std::size_t>(limit.part->part)]
                             : nullptr;
      const auto what = limit.rule->until.empty() ? "" : words_.entry(limit.rule->until, part);
      rows.rows.push_back({fmt::format("{}（{}）", what, limit.rule->id), words_.limit(*limit.rule),
                           due, done, words_.source(limit.rule->source)});
    }
  }

  void write_history() {
    block(PaperBlock::Kind::Heading, words_.phrase("dossier.history"));
    auto &rows =
        table({"dossier.when", "dossier.did", "dossier.who", "dossier.reason"}, {3, 3, 2, 5});
    for (const auto &event : history_)
      rows.rows.push_back({event.at.date().text() + " " + event.at.text().substr(11, 5),
                           step_label(event.action), event.actor, remarks(event)});
  }

  Environment &env_;
  store::Reader &reader_;
  const catalog::RecordType &type_;
  const record::Record &record_;
  std::vector<record::Event> history_;
  procedure::LawWords words_;
  Papers papers_;
  Around around_;
  std::set<std::string> taken_;
  std::set<std::string> seen_;     ///< entries that are in the contents
  std::set<std::string> listed_;   ///< documents that are
  std::set<std::string> exempted_; ///< gates passed by a ground of the catalog
  std::vector<FilledPaper> filled_;
  Dossier out_;
};

/// The record with whatever of it can be read; whether it is shown is another matter.
Result<record::Record> readable(Environment &env, store::Reader &reader,
                                const Ledgers::Shown &shown) {
  auto whole = shown.record;
  if (!shown.personal && !whole.personal.empty() && !whole.forgotten && env.master)
    TRY(fill(*shown.type, TRY(unseal(env, reader, whole)), whole));
  return whole;
}

} // namespace

Result<Dossier> Dossiers::assemble(const DossierRequest &request, const Actor &actor) {
  const auto shown =
      TRY(ledgers_.show(request.what, request.ledger, request.org, request.personal, actor));
  auto history = TRY(ledgers_.history(shown.record.id, actor));
  auto &env = ledgers_.environment();
  auto reader = TRY(env.store.read());
  const auto whole = TRY(readable(env, *reader, shown));
  return Assembly(env, *reader, *shown.type, whole, shown.personal, std::move(history)).run();
}

Result<report::Paper> Dossiers::document(const DossierRequest &request, const std::string &id,
                                         const Actor &actor) {
  const auto shown =
      TRY(ledgers_.show(request.what, request.ledger, request.org, request.personal, actor));
  const auto &type = *shown.type;
  std::vector<std::string> known;
  const PaperKind *kind = nullptr;
  for (const auto &each : type.papers) {
    if (each.form == "dossier") continue;
    known.push_back(each.id);
    if (each.id == id || each.label.zh == id) kind = &each;
  }
  if (kind == nullptr)
    return not_found(known.empty() ? fmt::format("the ledger {} has no documents", type.id)
                                   : fmt::format("the ledger {} has no document \"{}\"; it has {}",
                                                 type.id, id, text::join(known, ", ")));
  auto &env = ledgers_.environment();
  auto reader = TRY(env.store.read());
  const auto whole = TRY(readable(env, *reader, shown));
  Around around(env, *reader);
  const bool applies = record::matches(kind->when, type, whole, around.view());
  TRY(around.status());
  if (!applies)
    return refused(
        fmt::format("{} is not for this record", kind->label.zh),
        {{"when", procedure::LawWords(*env.catalog, type).condition(kind->when, nullptr), "", ""}});
  Papers papers(env, *reader, type, whole, shown.personal);
  auto filled = TRY(papers.fill(*kind));
  report::Paper paper;
  paper.title = filled.title;
  paper.number = filled.number;
  paper.day = whole.day;
  paper.issuer = TRY(papers.entry("@government"));
  paper.blocks = std::move(filled.blocks);
  for (const auto &missing : filled.missing) {
    PaperBlock note;
    note.kind = PaperBlock::Kind::Text;
    note.strong = true;
    note.text = fmt::format("{}（{}）", missing.message, missing.source);
    paper.blocks.push_back(std::move(note));
  }
  return paper;
}

} // namespace yifa::service
