#include "catalog/loading.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

namespace yifa::catalog {
namespace {

using Line = Form::Line;

/// Reads catalog/documents/ID.yaml.
class FormReader {
public:
  FormReader(Loading &loading, std::string id) : loading_(loading), report_(loading.report) {
    form_.id = std::move(id);
  }

  void read(const Node &root) {
    Shape shape(root, report_, "a document",
                {"id", "title", "source", "seen", "number", "states", "lines"});
    if (!shape.good()) return;
    if (const Node *own = shape.need("id"); own && own->text != form_.id)
      report_.error(*own, fmt::format("the document's id is \"{}\" by its place", form_.id));
    form_.title = shape.need_text("title");
    form_.source = read_source(loading_, shape, "", true);
    if (const Node *number = shape.get("number")) form_.number = words(*number);
    if (const Node *states = shape.get("states"))
      for (const Node &one : states->items) statement(one);
    if (const Node *lines = shape.need("lines"))
      for (const Node &one : lines->items) line(one);
    loading_.catalog.forms.emplace(form_.id, std::move(form_));
  }

private:
  Template words(const Node &node) {
    auto made = parse_template(read_text(node, report_, "a line"));
    if (made) return std::move(*made);
    for (const auto &problem : made.error().problems) report_.error(node, problem.message);
    return {};
  }

  static std::vector<std::string> texts(const Shape &shape, std::string_view key) {
    std::vector<std::string> out;
    for (const Node *one : shape.list(key)) out.emplace_back(one->text);
    return out;
  }

  void statement(const Node &node) {
    Shape shape(node, report_, "what is stated", {"what", "by", "source", "seen"});
    if (!shape.good()) return;
    Form::Statement made;
    made.what = shape.need_text("what");
    shape.need("by");
    made.by = texts(shape, "by");
    made.source =
        shape.has("source") ? read_source(loading_, shape, form_.source.law, true) : form_.source;
    form_.states.push_back(std::move(made));
  }

  void line(const Node &node) {
    Shape shape(
        node, report_, "a line",
        {"heading", "text", "fields", "table", "columns", "sign", "office", "date", "note"});
    if (!shape.good()) return;
    static const std::pair<std::string_view, Line::Kind> kWords[] = {
        {"heading", Line::Kind::Heading},
        {"text", Line::Kind::Text},
        {"sign", Line::Kind::Sign},
        {"note", Line::Kind::Note}};
    Line made;
    for (const auto &[key, kind] : kWords)
      if (const Node *text = shape.get(key)) {
        made.kind = kind;
        made.text = words(*text);
        form_.lines.push_back(std::move(made));
        return;
      }
    if (shape.has("fields")) {
      made.kind = Line::Kind::Fields;
      made.entries = texts(shape, "fields");
    } else if (shape.has("table")) {
      made.kind = Line::Kind::Table;
      made.of = shape.need_text("table");
      shape.need("columns");
      made.entries = texts(shape, "columns");
    } else if (shape.has("date")) {
      made.kind = Line::Kind::Date;
      made.entries = {shape.need_text("date")};
    } else if (shape.flag("office")) {
      made.kind = Line::Kind::Office;
    } else {
      report_.error(node, "a line is a heading, text, fields, table, sign, office, date or note");
      return;
    }
    form_.lines.push_back(std::move(made));
  }

  Loading &loading_;
  Report &report_;
  Form form_;
};

const Field *field_in(const std::vector<Field> &fields, std::string_view id) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field &field) { return field.id == id; });
  return found == fields.end() ? nullptr : &*found;
}

/// Entries of one form in one ledger.
class FormCheck {
public:
  FormCheck(Loading &loading, const RecordType &type, const Form &form, const Node &at)
      : loading_(loading), type_(type), form_(form), at_(at) {}

  void run() {
    template_entries(form_.number);
    for (const auto &line : form_.lines) {
      template_entries(line.text);
      if (line.kind == Line::Kind::Table) {
        table(line);
        continue;
      }
      for (const auto &entry : line.entries) known(entry);
    }
    for (const auto &statement : form_.states) stated(statement);
  }

private:
  void fault(std::string_view entry) {
    loading_.report.error(at_, fmt::format("the document {} asks for \"{}\", which {} lacks",
                                           form_.id, entry, type_.id));
  }

  void template_entries(const Template &text) {
    for (const auto &token : text.tokens) token_entry(token);
  }

  void token_entry(const Token &token) {
    switch (token.kind) {
    case Token::Kind::Text:
      return;
    case Token::Kind::Optional:
      for (const auto &inner : token.inner) token_entry(inner);
      return;
    case Token::Kind::Word:
      known("@" + token.name);
      return;
    case Token::Kind::Figure:
      if (!token.argument.empty()) break;
      known(token.name);
      return;
    default:
      break;
    }
    fault(token.name);
  }

  /// What the article wants on the paper stands on it.
  void stated(const Form::Statement &statement) {
    const auto printed = printed_;
    bool on_it = statement.by.empty();
    for (const auto &entry : statement.by) {
      known(entry);
      on_it = on_it || entry.starts_with("@") || printed.count(entry) > 0 ||
              printed.count(entry.substr(0, entry.find('.'))) > 0 ||
              std::any_of(printed.begin(), printed.end(),
                          [&](const auto &each) { return each.starts_with(entry + "."); });
    }
    if (!on_it)
      loading_.report.error(at_, fmt::format("the document {} should state {} ({}) and prints no "
                                             "entry of it",
                                             form_.id, statement.what, statement.source.text()));
  }

  void known(const std::string &entry) {
    printed_.insert(entry);
    if (entry.starts_with("@")) {
      if (std::find(std::begin(kFormWords), std::end(kFormWords), entry) == std::end(kFormWords))
        fault(entry);
      return;
    }
    const auto dot = entry.find('.');
    if (dot == std::string::npos) {
      if (type_.field(entry) == nullptr) fault(entry);
      return;
    }
    const auto before = entry.substr(0, dot);
    const auto after = entry.substr(dot + 1);
    if (const int part = type_.part_index(before); part >= 0) {
      if (field_in(type_.parts[static_cast<std::size_t>(part)].fields, after) == nullptr)
        fault(entry);
      return;
    }
    const auto *link = type_.field(before);
    const bool leads = link != nullptr && link->type == FieldType::Link &&
                       std::any_of(link->to.begin(), link->to.end(), [&](const auto &to) {
                         const auto *type = loading_.catalog.type(to);
                         return type != nullptr && type->field(after) != nullptr;
                       });
    if (!leads) fault(entry);
  }

  void table(const Line &line) {
    const std::vector<Field> *fields = nullptr;
    if (const int part = type_.part_index(line.of); part >= 0)
      fields = &type_.parts[static_cast<std::size_t>(part)].fields;
    else if (const auto *rows = type_.field(line.of); rows && rows->type == FieldType::Rows)
      fields = &rows->columns;
    else if (const auto dot = line.of.find('.'); dot != std::string::npos)
      fields = rows_of_part(line.of.substr(0, dot), line.of.substr(dot + 1));
    if (fields == nullptr) {
      fault(line.of);
      return;
    }
    printed_.insert(line.of);
    for (const auto &column : line.entries)
      if (field_in(*fields, column) == nullptr) fault(line.of + "." + column);
  }

  const std::vector<Field> *rows_of_part(const std::string &part, const std::string &rows) const {
    const int at = type_.part_index(part);
    const auto *field =
        at < 0 ? nullptr : field_in(type_.parts[static_cast<std::size_t>(at)].fields, rows);
    return field != nullptr && field->type == FieldType::Rows ? &field->columns : nullptr;
  }

  Loading &loading_;
  const RecordType &type_;
  const Form &form_;
  const Node &at_;
  std::set<std::string> printed_;
};

} // namespace

void load_documents(Loading &loading) {
  constexpr std::string_view kFolder = "documents/";
  for (const auto &file : loading.files) {
    if (!file.path.starts_with(kFolder) || file.root.broken()) continue;
    const auto id = file.path.substr(kFolder.size(), file.path.size() - kFolder.size() - 5);
    FormReader(loading, id).read(file.root);
  }
}

void check_documents(Loading &loading) {
  // A catalog without any form is one that is being written.
  if (loading.catalog.forms.empty()) return;
  std::vector<std::string> known;
  for (const auto &[id, form] : loading.catalog.forms) known.push_back(id);
  for (std::size_t edition = 0; edition < loading.sources.size(); ++edition) {
    const auto &type = loading.catalog.editions[edition];
    const Node *papers = loading.sources[edition].root->find("documents");
    for (const auto &paper : type.papers) {
      if (paper.form == "dossier" || papers == nullptr) continue;
      const Node *node = papers->find(paper.id);
      if (node == nullptr) continue;
      const Node *named = node->find("template");
      const auto form = loading.catalog.forms.find(paper.form);
      if (form == loading.catalog.forms.end()) {
        loading.report.unknown(named ? *named : *node, "document form", paper.form, known);
        continue;
      }
      FormCheck(loading, type, form->second, named ? *named : *node).run();
    }
  }
}

} // namespace yifa::catalog
