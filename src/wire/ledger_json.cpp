#include "wire/ledger_json.h"

#include "base/text.h"
#include "procedure/law_words.h"
#include "record/codec.h"

#include <array>

namespace yifa::wire {
namespace {

using catalog::Part;
using catalog::RecordType;

json::array ledger_names(const std::vector<std::string> &all) {
  json::array out;
  for (const auto &one : all) out.emplace_back(one);
  return out;
}

json::array ledger_fields(const std::vector<catalog::Field> &fields, bool english) {
  json::array out;
  for (const auto &field : fields)
    if (!field.absent) out.push_back(field_json(field, english));
  return out;
}

std::string_view format_word(catalog::TextFormat format) {
  static constexpr std::array<std::string_view, 6> kWords = {
      "plain", "url", "phone", "id_card", "credit_code", "id_or_credit"};
  return kWords[static_cast<std::size_t>(format)];
}

std::string_view binding_word(catalog::Binding binding) {
  static constexpr std::array<std::string_view, 3> kWords = {"direct", "reference", "local"};
  return kWords[static_cast<std::size_t>(binding)];
}

/// One ledger, its words of the law looked up once.
class LedgerForm {
public:
  LedgerForm(const catalog::Catalog &catalog, const RecordType &type, bool english)
      : catalog_(catalog), type_(type), english_(english), words_(catalog, type) {}

  json::object gate(const catalog::Gate &gate, const Part *part) const {
    return {{"id", gate.id},
            {"says", words_.gate(gate, part)},
            {"blocks", gate.blocks},
            {"source", gate.source.text()},
            {"certainty", catalog::to_string(gate.source.seen)},
            {"binding", binding_word(gate.binding)}};
  }

  json::object whole() const {
    json::array deadlines;
    limits(type_.deadlines, nullptr, deadlines);
    for (const auto &part : type_.parts)
      if (!part.absent) limits(part.deadlines, &part, deadlines);
    return {{"id", type_.id},
            {"label", label(type_.label)},
            {"help", label(type_.help)},
            {"group", std::string(1, type_.group)},
            {"law", type_.law},
            {"unit", type_.unit},
            {"access", type_.access},
            {"retention", retention()},
            {"counts_only", type_.counts_only},
            {"edition", type_.edition.text()},
            {"day", type_.day.name},
            {"place", type_.place.name},
            {"columns", ledger_names(type_.list_columns)},
            {"find", ledger_names(type_.list_find)},
            {"sort", type_.list_sort},
            {"valid", type_.valid.has_value()},
            {"fields", ledger_fields(type_.fields, english_)},
            {"parts", parts()},
            {"states", states()},
            {"course", course()},
            {"transitions", transitions()},
            {"gates", gates(type_.gates, nullptr)},
            {"deadlines", std::move(deadlines)},
            {"documents", documents()}};
  }

private:
  const std::string &label(const catalog::Words &words) const { return label_in(words, english_); }

  json::array gates(const std::vector<catalog::Gate> &all, const Part *part) const {
    json::array out;
    for (const auto &one : all) out.push_back(gate(one, part));
    return out;
  }

  json::array parts() const {
    json::array out;
    for (const auto &part : type_.parts)
      if (!part.absent)
        out.push_back({{"id", part.id},
                       {"label", label(part.label)},
                       {"day", part.day.name},
                       {"access", part.access},
                       {"at_most", part.at_most},
                       {"fields", ledger_fields(part.fields, english_)},
                       {"gates", gates(part.gates, &part)}});
    return out;
  }

  json::array states() const {
    json::array out;
    for (const auto &state : type_.states)
      out.push_back({{"id", state.id}, {"label", label(state.label)}, {"ends", state.ends}});
    return out;
  }

  json::array course() const {
    json::array out;
    for (const auto &state : type_.course) out.emplace_back(state);
    return out;
  }

  json::array transitions() const {
    json::array out;
    for (const auto &step : type_.transitions) {
      json::array asks;
      for (const auto &ask : step.asks) asks.emplace_back(ask.name);
      if (step.asks_reason) asks.emplace_back("@reason");
      auto name = label(step.label);
      if (name.empty()) name = words_.phrase("dossier.opened");
      out.push_back({{"id", step.id},
                     {"label", name},
                     {"from", ledger_names(step.from)},
                     {"to", step.to},
                     {"role", step.role},
                     {"asks", std::move(asks)},
                     {"document", step.document},
                     {"seal", step.seal},
                     {"source", step.source.text()},
                     {"certainty", catalog::to_string(step.source.seen)},
                     {"gates", gates(step.gates, nullptr)}});
    }
    return out;
  }

  void limits(const std::vector<catalog::Deadline> &rules, const Part *part,
              json::array &out) const {
    for (const auto &rule : rules) {
      auto says = words_.limit(rule);
      if (!rule.when.always())
        says = words_.phrase("gate.when", {{"when", words_.condition(rule.when, part)}}) + says;
      std::vector<std::string> begins;
      for (const auto &ref : rule.from)
        begins.push_back(
            (part != nullptr && !ref.name.starts_with("owner.") ? part->label.zh : "") +
            words_.entry(ref.name, part));
      out.push_back({{"id", rule.id},
                     {"part", part != nullptr ? part->id : ""},
                     {"says", says},
                     {"from", begins.empty() ? words_.phrase("law.opened")
                                             : text::join(begins, words_.phrase("law.or"))},
                     {"until", rule.until.empty() ? std::string() : words_.entry(rule.until, part)},
                     {"binds", rule.binds},
                     {"source", rule.source.text()},
                     {"certainty", catalog::to_string(rule.source.seen)},
                     {"delegated", rule.delegated}});
    }
  }

  json::array documents() const {
    json::array out;
    for (const auto &paper : type_.papers)
      out.push_back({{"id", paper.id},
                     {"label", label(paper.label)},
                     {"kind", paper.kind},
                     {"form", paper.form}});
    return out;
  }

  /// "30 years" and "permanent" in words.
  std::string retention() const {
    if (auto words = words_.phrase("retention." + type_.retention); !words.empty()) return words;
    const auto blank = type_.retention.find(' ');
    if (blank == std::string::npos) return type_.retention;
    return words_.phrase("retention.years", {{"n", type_.retention.substr(0, blank)}});
  }

  const catalog::Catalog &catalog_;
  const RecordType &type_;
  bool english_;
  procedure::LawWords words_;
};

} // namespace

const std::string &label_in(const catalog::Words &words, bool english) {
  return english && !words.en.empty() ? words.en : words.zh;
}

json::object field_json(const catalog::Field &field, bool english) {
  return {{"id", field.id},
          {"type", catalog::to_string(field.type)},
          {"label", label_in(field.label, english)},
          {"help", label_in(field.help, english)},
          {"required", field.required},
          {"many", field.many},
          {"personal", field.personal},
          {"sealed", field.sealed},
          {"derived", field.derive.has_value()},
          {"by_register", field.by_register},
          {"unit", field.unit},
          {"unit_of", field.unit_of},
          {"list", field.list},
          {"level", field.level ? to_string(*field.level) : std::string_view()},
          {"to", ledger_names(field.to)},
          {"columns", ledger_fields(field.columns, english)},
          {"lines", field.lines},
          {"width", field.width},
          {"format", format_word(field.format)},
          {"fixed", field.fixed},
          {"default", record::encode_value(field, field.fallback)}};
}

json::object gate_json(const catalog::Catalog &catalog, const RecordType &type,
                       const catalog::Gate &gate, const Part *part) {
  return LedgerForm(catalog, type, false).gate(gate, part);
}

json::object ledger_json(const catalog::Catalog &catalog, const RecordType &type, bool english) {
  return LedgerForm(catalog, type, english).whole();
}

} // namespace yifa::wire
