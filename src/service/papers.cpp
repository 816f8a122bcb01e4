#include "service/papers.h"

#include "base/text.h"
#include "procedure/law_words.h"
#include "record/codec.h"
#include "service/figures.h"
#include "service/orgs.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::Field;
using catalog::Form;
using catalog::Value;
using report::PaperBlock;

/// A field of the record, of its last part of a kind, or a link to follow.
struct Found {
  const Field *field = nullptr;
  const Value *value = nullptr;
  std::string rest; ///< of a link: the field there
};

int index_of(const std::vector<Field> &fields, std::string_view id) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].id == id) return static_cast<int>(i);
  return -1;
}

const record::PartRecord *last_part(const record::Record &record, int kind) {
  const record::PartRecord *found = nullptr;
  for (const auto &part : record.parts)
    if (part.part == kind && !part.withdrawn) found = &part;
  return found;
}

Found look(const catalog::RecordType &type, const record::Record &record, const std::string &name) {
  const auto dot = name.find('.');
  const auto before = name.substr(0, dot);
  const auto rest = dot == std::string::npos ? std::string() : name.substr(dot + 1);
  if (const int part = type.part_index(before); part >= 0 && !rest.empty()) {
    const auto &fields = type.parts[static_cast<std::size_t>(part)].fields;
    const int at = index_of(fields, rest);
    const auto *last = last_part(record, part);
    if (at < 0) return {};
    return {&fields[static_cast<std::size_t>(at)],
            last == nullptr ? nullptr : &last->values[static_cast<std::size_t>(at)], ""};
  }
  const int at = type.field_index(before);
  if (at < 0) return {};
  return {&type.fields[static_cast<std::size_t>(at)], &record.value(at), rest};
}

} // namespace

Result<std::string> Papers::name_of(const RecordId &id) {
  const auto type = TRY(reader_.type_of(id));
  if (!type) return id.text();
  const auto found = TRY(reader_.get(*type, id));
  if (!found) return id.text();
  return record_label(edition_of(*env_.catalog, *found), *found);
}

Result<std::string> Papers::print(const Field &field, const Value &value, bool hidden) {
  if (!value.filled()) return std::string();
  if (hidden) return phrase("dossier.personal");
  if (const auto *many = value.get<std::vector<Value>>()) {
    std::vector<std::string> words;
    for (const auto &each : *many) words.push_back(TRY(print(field, each, false)));
    return text::join(words, "、");
  }
  if (const auto *date = value.get<Date>()) return date->chinese();
  if (const auto *moment = value.get<Moment>())
    return moment->date().chinese() + moment->text().substr(11, 5);
  if (const auto *id = value.get<RecordId>()) return name_of(*id);
  if (value.get<catalog::FileHash>() != nullptr) return phrase("dossier.present");
  if (const auto *org = value.get<OrgCode>()) {
    const auto known = TRY(reader_.org(*org));
    return known ? known->name : org->text();
  }
  if (const auto *money = value.get<Money>())
    return text::replace_all(money->text(), ".00", "") + phrase("number.yuan");
  const auto words = record::display(*env_.catalog, field, value);
  const bool counted = value.get<catalog::Count>() != nullptr || value.get<Decimal>() != nullptr;
  return counted && !words.ends_with(field.unit) ? words + field.unit : words;
}

Result<bool> Papers::filled(const std::string &name) {
  if (name.starts_with("@")) return true;
  const auto found = look(type_, record_, name);
  if (found.field == nullptr) return false;
  if (!found.rest.empty()) return !TRY(entry(name)).empty();
  return found.value != nullptr && found.value->filled();
}

Result<std::string> Papers::entry(const std::string &name) {
  if (name == "@number") return record_.number;
  if (name.starts_with("@")) {
    auto code = record_.owner_org.township();
    if (name == "@county") code = TRY(OrgCode::parse(record_.owner_org.county()));
    const auto org = TRY(reader_.org(code));
    const auto words = org ? org->name : code.text();
    if (name != "@government") return words;
    const auto kind = org ? org->kind : record::Org::Kind::Town;
    const auto form = env_.catalog->phrase("issuer." + std::string(record::to_string(kind)));
    return text::replace_all(std::string(form.empty() ? "{org}" : form), "{org}", words);
  }
  const auto found = look(type_, record_, name);
  if (found.field == nullptr) return std::string();
  if (found.rest.empty())
    return print(*found.field, found.value != nullptr ? *found.value : Value(),
                 found.field->personal && !personal_);
  std::vector<RecordId> targets;
  if (found.value != nullptr) {
    if (const auto *one = found.value->get<RecordId>()) targets.push_back(*one);
    if (const auto *many = found.value->get<std::vector<Value>>())
      for (const auto &each : *many)
        if (const auto *id = each.get<RecordId>()) targets.push_back(*id);
  }
  std::vector<std::string> words;
  for (const auto &id : targets) {
    auto one = TRY(linked_entry(id, found.rest));
    if (!one.empty()) words.push_back(std::move(one));
  }
  return text::join(words, "、");
}

Result<std::string> Papers::linked_entry(const RecordId &id, const std::string &name) {
  const auto type = TRY(reader_.type_of(id));
  const auto linked = type ? TRY(reader_.get(*type, id)) : std::nullopt;
  if (!linked) return std::string();
  const auto &edition = edition_of(*env_.catalog, *linked);
  const int at = edition.field_index(name);
  if (at < 0) return std::string();
  const auto &field = edition.fields[static_cast<std::size_t>(at)];
  // Another record's personal fields are that record's.
  return print(field, linked->value(at), field.personal);
}

Result<bool> Papers::all_filled(const std::vector<catalog::Token> &tokens) {
  for (const auto &token : tokens)
    if (token.kind == catalog::Token::Kind::Figure && !TRY(filled(token.name))) return false;
  return true;
}

Result<std::string> Papers::text(const std::vector<catalog::Token> &tokens) {
  std::string out;
  for (const auto &token : tokens) {
    using Kind = catalog::Token::Kind;
    if (token.kind == Kind::Text) {
      out += token.text;
    } else if (token.kind == Kind::Optional) {
      if (TRY(all_filled(token.inner))) out += TRY(text(token.inner));
    } else {
      const auto words = TRY(entry(token.kind == Kind::Word ? "@" + token.name : token.name));
      out += words.empty() ? phrase("dossier.blank") : words;
    }
  }
  return out;
}

std::string Papers::label_of(const std::string &entry) const {
  return procedure::LawWords(*env_.catalog, type_).entry(entry, nullptr);
}

Result<PaperBlock> Papers::table(const Form::Line &line) {
  PaperBlock block;
  block.kind = PaperBlock::Kind::Table;
  const auto &type = type_;
  const std::vector<Field> *fields = nullptr;
  std::vector<const std::vector<Value> *> lines;
  if (const int part = type.part_index(line.of); part >= 0) {
    fields = &type.parts[static_cast<std::size_t>(part)].fields;
    for (const auto &each : record_.parts)
      if (each.part == part && !each.withdrawn) lines.push_back(&each.values);
  } else if (const auto found = look(type_, record_, line.of); found.field != nullptr) {
    fields = &found.field->columns;
    if (const auto *rows =
            found.value != nullptr ? found.value->get<std::vector<catalog::Row>>() : nullptr)
      for (const auto &row : *rows) lines.push_back(&row.cells);
  }
  if (fields == nullptr) return block;
  std::vector<int> columns;
  for (const auto &column : line.entries)
    if (const int at = index_of(*fields, column); at >= 0) columns.push_back(at);
  for (const int at : columns)
    block.head.push_back((*fields)[static_cast<std::size_t>(at)].label.zh);
  for (const auto *values : lines) {
    std::vector<std::string> row;
    for (const int at : columns) {
      const auto &field = (*fields)[static_cast<std::size_t>(at)];
      row.push_back(
          TRY(print(field, (*values)[static_cast<std::size_t>(at)], field.personal && !personal_)));
    }
    block.rows.push_back(std::move(row));
  }
  if (block.rows.empty()) block.rows.emplace_back(columns.size(), "");
  return block;
}

Result<PaperBlock> Papers::block(const Form::Line &line) {
  using Kind = PaperBlock::Kind;
  PaperBlock out;
  switch (line.kind) {
  case Form::Line::Kind::Heading:
    out.kind = Kind::Heading;
    break;
  case Form::Line::Kind::Text:
    out.kind = Kind::Text;
    break;
  case Form::Line::Kind::Sign:
    out.kind = Kind::Sign;
    break;
  case Form::Line::Kind::Note:
    out.kind = Kind::Note;
    break;
  case Form::Line::Kind::Table:
    return table(line);
  case Form::Line::Kind::Fields:
    out.kind = Kind::Form;
    out.head = {"", ""};
    out.weights = {1, 3};
    for (const auto &name : line.entries) out.rows.push_back({label_of(name), TRY(entry(name))});
    return out;
  case Form::Line::Kind::Office:
    out.kind = Kind::Office;
    out.text = TRY(entry("@government"));
    return out;
  case Form::Line::Kind::Date:
    out.kind = Kind::Date;
    out.text = TRY(entry(line.entries.front()));
    if (out.text.empty()) out.text = phrase("dossier.blank_date");
    return out;
  }
  out.text = TRY(text(line.text.tokens));
  return out;
}

Result<FilledPaper> Papers::fill(const catalog::PaperKind &kind) {
  const auto found = env_.catalog->forms.find(kind.form);
  if (found == env_.catalog->forms.end())
    return not_found(fmt::format("the catalog has no form for the document {}", kind.id));
  const auto &form = found->second;
  FilledPaper out;
  out.kind = &kind;
  out.title = form.title;
  if (!form.number.empty() && TRY(all_filled(form.number.tokens)))
    out.number = TRY(text(form.number.tokens));
  for (const auto &line : form.lines) {
    auto made = TRY(block(line));
    // A paragraph all of whose words were optional says nothing.
    const bool empty = made.kind == PaperBlock::Kind::Text && made.text.empty();
    if (!empty) out.blocks.push_back(std::move(made));
  }
  const procedure::LawWords words(*env_.catalog, type_);
  for (const auto &statement : form.states) {
    // What no entry holds is written by hand into the blank.
    bool stated = statement.by.empty();
    for (const auto &name : statement.by) stated = stated || TRY(filled(name));
    if (stated) continue;
    out.missing.push_back(
        {statement.by.front(),
         words.phrase("dossier.not_stated", {{"paper", form.title}, {"what", statement.what}}),
         words.source(statement.source), ""});
  }
  return out;
}

} // namespace yifa::service
