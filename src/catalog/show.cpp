#include "catalog/show.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

json::object words_json(const Words &words) {
  json::object out;
  out["zh"] = words.zh;
  if (!words.en.empty()) out["en"] = words.en;
  return out;
}

json::array list_json(const std::vector<std::string> &all) {
  json::array out;
  for (const auto &one : all) out.emplace_back(one);
  return out;
}

json::array refs_json(const std::vector<FieldRef> &all) {
  json::array out;
  for (const auto &one : all) out.emplace_back(one.name);
  return out;
}

std::string_view binding_word(Binding binding) {
  return binding == Binding::Direct      ? "direct"
         : binding == Binding::Reference ? "reference"
                                         : "local";
}
std::string_view format_word(TextFormat format) {
  static constexpr std::string_view names[] = {"",        "url",         "phone",
                                               "id_card", "credit_code", "id_or_credit"};
  return names[static_cast<std::size_t>(format)];
}
std::string_view level_word(OrgLevel level) { return to_string(level); }

void put_source(json::object &out, const Source &source) {
  if (source.text().empty()) return;
  out["source"] = source.text();
  out["seen"] = source.mark.empty() ? std::string(to_string(source.seen)) : "V:" + source.mark;
}
void put_when(json::object &out, std::string_view key, const Predicate &predicate) {
  if (!predicate.always()) out[key] = predicate_text(predicate);
}

json::array codes_json(const CodeList &list) {
  json::array out;
  for (const auto &word : list.codes) {
    json::object one;
    one["code"] = word.code;
    one["label"] = words_json(word.label);
    for (const auto &[key, text] :
         {std::pair("phrase", &word.phrase), std::pair("unit", &word.unit),
          std::pair("under", &word.under), std::pair("set", &word.set)})
      if (!text->empty()) one[key] = *text;
    if (word.from) one["from"] = word.from->text();
    if (word.to) one["to"] = word.to->text();
    out.push_back(std::move(one));
  }
  return out;
}

json::object field_json(const Catalog &catalog, const Field &field) {
  json::object out;
  out["id"] = field.id;
  out["type"] = to_string(field.type);
  out["label"] = words_json(field.label);
  if (!field.help.zh.empty()) out["help"] = words_json(field.help);
  for (const auto &[key, set] :
       {std::pair("required", field.required), std::pair("many", field.many),
        std::pair("personal", field.personal), std::pair("sealed", field.sealed),
        std::pair("acyclic", field.acyclic), std::pair("by_register", field.by_register),
        std::pair("extra", field.extra), std::pair("retired", field.absent),
        std::pair("derived", field.derive.has_value())})
    if (set) out[key] = true;
  if (const CodeList *list = catalog.list(field.list)) {
    out["list"] = field.list;
    out["codes"] = codes_json(*list);
  }
  if (!field.unit.empty()) out["unit"] = field.unit;
  if (!field.unit_of.empty()) out["unit_of"] = field.unit_of;
  if (field.level) out["level"] = level_word(*field.level);
  if (!field.to.empty()) out["to"] = list_json(field.to);
  if (!field.back.empty()) out["back"] = field.back;
  if (field.lines > 1) out["lines"] = field.lines;
  if (field.width > 0) out["width"] = field.width;
  if (field.format != TextFormat::Plain) out["format"] = format_word(field.format);
  if (!field.was.empty()) out["was"] = field.was;
  if (!field.fixed.empty()) out["fixed"] = field.fixed;
  if (const auto *flag = field.fallback.get<bool>()) out["default"] = *flag;
  if (const auto *code = field.fallback.get<Code>()) out["default"] = code->text;
  if (const auto *text = field.fallback.get<std::string>()) out["default"] = *text;
  if (const auto *count = field.fallback.get<Count>()) out["default"] = count->n;
  if (field.derive) {
    const auto &derive = *field.derive;
    if (derive.kind == Derivation::Kind::When) out["when"] = predicate_text(derive.when);
    if (derive.kind == Derivation::Kind::HighestOf) out["highest_of"] = derive.highest_of.name;
    if (derive.kind == Derivation::Kind::Cases) {
      json::array cases;
      for (const auto &one : derive.cases) {
        json::object made;
        made["value"] = one.value;
        put_when(made, "when", one.when);
        cases.push_back(std::move(made));
      }
      out["cases"] = std::move(cases);
    }
  }
  if (!field.columns.empty()) {
    json::array columns;
    for (const auto &column : field.columns) columns.push_back(field_json(catalog, column));
    out["columns"] = std::move(columns);
  }
  return out;
}

std::string_view gate_word(Gate::Kind kind) {
  static constexpr std::string_view names[] = {"require", "must",  "bar",     "needs",
                                               "papers",  "valid", "apart",   "quorum",
                                               "order",   "meets", "at_most", "rule"};
  return names[static_cast<std::size_t>(kind)];
}

json::object gate_json(const Gate &gate) {
  json::object out;
  out["id"] = gate.id;
  out["kind"] = gate_word(gate.kind);
  out["level"] = gate.blocks ? "block" : "warn";
  if (gate.binding != Binding::Direct) out["binding"] = binding_word(gate.binding);
  if (gate.at_owner) out["at"] = "owner";
  put_when(out, "test", gate.test);
  if (!gate.fields.empty()) out["fields"] = refs_json(gate.fields);
  if (!gate.name.empty()) out["name"] = gate.name;
  if (gate.at_least > 0) out["at_least"] = gate.at_least;
  if (!gate.per.empty()) out["per"] = refs_json(gate.per);
  if (!gate.in.empty()) out["in"] = gate.in;
  put_when(out, "when", gate.when);
  if (!gate.exempt.empty()) {
    json::array grounds;
    for (const auto &ground : gate.exempt) {
      json::object one;
      one["ground"] = ground.ground;
      one["label"] = words_json(ground.label);
      put_when(one, "when", ground.when);
      grounds.push_back(std::move(one));
    }
    out["exempt"] = std::move(grounds);
  }
  put_source(out, gate.source);
  return out;
}

json::array gates_json(const std::vector<Gate> &gates) {
  json::array out;
  for (const auto &gate : gates) out.push_back(gate_json(gate));
  return out;
}

json::array deadlines_json(const std::vector<Deadline> &deadlines) {
  json::array out;
  for (const auto &deadline : deadlines) {
    json::object one;
    one["id"] = deadline.id;
    one["says"] = deadline_text(deadline);
    one["from"] = deadline.from_event.empty() ? json::value(refs_json(deadline.from))
                                              : json::value(deadline.from_event);
    if (!deadline.until.empty()) one["until"] = deadline.until;
    one["binds"] = deadline.binds;
    put_when(one, "when", deadline.when);
    json::array pauses;
    for (const auto &pause : deadline.pauses) {
      json::object made;
      if (!pause.state.empty()) made["state"] = pause.state;
      if (!pause.part.empty()) made["part"] = pause.part;
      if (pause.state.empty()) made["from"] = pause.from.name, made["to"] = refs_json(pause.to);
      put_source(made, pause.source);
      pauses.push_back(std::move(made));
    }
    if (!pauses.empty()) one["pauses"] = std::move(pauses);
    if (deadline.extend) {
      Deadline span;
      span.amount = deadline.extend->by;
      span.unit = deadline.extend->unit;
      json::object made;
      made["by"] = deadline.extend->any ? std::string("any") : deadline_text(span).substr(7);
      if (deadline.extend->times > 0) made["times"] = deadline.extend->times;
      if (!deadline.extend->role.empty()) made["role"] = deadline.extend->role;
      if (!deadline.extend->consent.empty()) made["consent"] = deadline.extend->consent;
      made["tell"] = deadline.extend->tell;
      put_source(made, deadline.extend->source);
      one["extend"] = std::move(made);
    }
    if (!deadline.lapse.empty()) one["lapse"] = deadline.lapse;
    if (!deadline.delegated.empty()) one["delegated"] = deadline.delegated;
    if (deadline.roll) one["roll"] = true;
    put_source(one, deadline.source);
    out.push_back(std::move(one));
  }
  return out;
}

json::array fields_json(const Catalog &catalog, const std::vector<Field> &fields) {
  json::array out;
  for (const auto &field : fields) out.push_back(field_json(catalog, field));
  return out;
}

json::array parts_json(const Catalog &catalog, const RecordType &type) {
  json::array out;
  for (const auto &part : type.parts) {
    json::object one;
    one["id"] = part.id;
    one["label"] = words_json(part.label);
    one["day"] = part.day.name;
    if (!part.access.empty()) one["access"] = part.access;
    if (part.absent) one["retired"] = true;
    if (part.at_most > 0) one["at_most"] = part.at_most;
    one["fields"] = fields_json(catalog, part.fields);
    if (!part.gates.empty()) one["gates"] = gates_json(part.gates);
    if (!part.deadlines.empty()) one["deadlines"] = deadlines_json(part.deadlines);
    out.push_back(std::move(one));
  }
  return out;
}

json::array transitions_json(const RecordType &type) {
  json::array out;
  for (const auto &step : type.transitions) {
    json::object one;
    one["id"] = step.id;
    one["label"] = words_json(step.label);
    if (!step.from.empty()) one["from"] = list_json(step.from);
    if (!step.to.empty()) one["to"] = step.to;
    if (!step.role.empty()) one["role"] = step.role;
    if (!step.as.empty()) one["as"] = step.as;
    json::array asks = refs_json(step.asks);
    if (step.asks_reason) asks.emplace_back("@reason");
    if (!asks.empty()) one["asks"] = std::move(asks);
    if (!step.gates.empty()) one["gates"] = gates_json(step.gates);
    if (!step.document.empty()) one["document"] = step.document;
    if (step.number) {
      json::object number;
      number["register"] = step.number->register_id;
      number["form"] = step.number->form;
      if (!step.number->field.empty()) number["field"] = step.number->field;
      one["number"] = std::move(number);
    }
    if (step.at_most > 0) one["at_most"] = step.at_most;
    if (step.seal) one["seal"] = true;
    put_source(one, step.source);
    out.push_back(std::move(one));
  }
  return out;
}

json::array indicators_json(const Catalog &catalog, const RecordType &type) {
  json::array out;
  for (const auto &indicator : catalog.indicators) {
    if (indicator.type != type.id) continue;
    json::object one;
    one["id"] = indicator.id;
    one["label"] = words_json(indicator.label);
    if (!indicator.part.empty()) one["part"] = indicator.part;
    one["says"] = indicator_text(indicator);
    one["unit"] = indicator.unit_of.empty() ? indicator.unit : "of " + indicator.unit_of;
    if (!indicator.definition.zh.empty()) one["definition"] = words_json(indicator.definition);
    if (!indicator.zero.empty()) one["zero"] = indicator.zero;
    if (indicator.rough) one["rough"] = true;
    out.push_back(std::move(one));
  }
  return out;
}

json::array clauses_json(const Catalog &catalog, const RecordType &type) {
  json::array out;
  for (const auto &clause : catalog.clauses) {
    if (clause.type != type.id) continue;
    json::object one;
    one["id"] = clause.id;
    one["topic"] = clause.topic.empty() ? "@field " + clause.topic_field.name : clause.topic;
    one["order"] = clause.order;
    json::array texts;
    for (const auto &form : clause.forms) texts.emplace_back(form.text.source);
    one["texts"] = std::move(texts);
    if (!clause.zero.empty()) one["zero"] = clause.zero;
    if (!clause.zero_text.empty()) one["zero"] = clause.zero_text;
    out.push_back(std::move(one));
  }
  return out;
}

// --- for a terminal
// ---------------------------------------------------------------------------------------------

/// A table whose columns stand under each other, Chinese counting two.
std::string table(const std::vector<std::vector<std::string>> &rows) {
  std::vector<std::size_t> widths;
  for (const auto &row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (widths.size() <= c) widths.push_back(0);
      if (c + 1 < row.size()) widths[c] = std::max(widths[c], text::width(row[c]));
    }
  std::string out;
  for (const auto &row : rows) {
    std::string line = "  ";
    for (std::size_t c = 0; c < row.size(); ++c) {
      line += row[c];
      if (c + 1 < row.size()) line += std::string(widths[c] - text::width(row[c]) + 2, ' ');
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
  }
  return out;
}

std::string field_marks(const Catalog &catalog, const Field &field) {
  std::vector<std::string> marks;
  if (field.required) marks.emplace_back("必填");
  if (field.many) marks.emplace_back("多值");
  if (field.personal) marks.emplace_back("个人信息");
  if (field.by_register) marks.emplace_back("编号自动给出");
  if (field.derive) marks.emplace_back("自动得出");
  if (field.absent) marks.emplace_back("停用");
  if (!field.unit.empty()) marks.push_back("单位 " + field.unit);
  if (!field.unit_of.empty()) marks.push_back("单位随 " + field.unit_of);
  if (!field.to.empty()) marks.push_back("→ " + text::join(field.to, "、"));
  if (const CodeList *list = catalog.list(field.list)) {
    std::vector<std::string> codes;
    for (const auto &word : list->codes) {
      if (codes.size() == 8) {
        codes.emplace_back("…");
        break;
      }
      codes.push_back(fmt::format("{} {}", word.code, word.label.zh));
    }
    marks.push_back(text::join(codes, "、"));
  }
  return text::join(marks, "；");
}

std::string fields_text(const Catalog &catalog, const std::vector<Field> &fields) {
  std::vector<std::vector<std::string>> rows;
  for (const auto &field : fields) {
    rows.push_back({field.id, std::string(to_string(field.type)), field.label.zh,
                    field_marks(catalog, field)});
    for (const auto &column : field.columns)
      rows.push_back({"  ." + column.id, std::string(to_string(column.type)), column.label.zh,
                      field_marks(catalog, column)});
  }
  return table(rows);
}

std::string gates_text(const std::vector<Gate> &gates) {
  std::vector<std::vector<std::string>> rows;
  for (const auto &gate : gates) {
    std::vector<std::string> says = {std::string(gate_word(gate.kind))};
    if (!gate.test.always()) says.push_back(predicate_text(gate.test));
    std::vector<std::string> names;
    for (const auto &ref : gate.fields) names.push_back(ref.name);
    if (!names.empty()) says.push_back(text::join(names, ", "));
    if (!gate.name.empty()) says.push_back(gate.name);
    if (!gate.when.always()) says.push_back("when " + predicate_text(gate.when));
    auto id = gate.id.substr(gate.id.find('.') + 1);
    rows.push_back(
        {id, gate.blocks ? "禁止" : "提示", text::join(says, " "),
         gate.source.text() + (gate.source.seen == Certainty::Verified ? "" : "（未核实）")});
  }
  return table(rows);
}

std::string deadlines_text(const std::vector<Deadline> &deadlines) {
  std::vector<std::vector<std::string>> rows;
  for (const auto &deadline : deadlines) {
    std::vector<std::string> from;
    for (const auto &ref : deadline.from) from.push_back(ref.name);
    auto start = deadline.from_event.empty() ? text::join(from, " | ") : deadline.from_event;
    rows.push_back(
        {deadline.id, deadline_text(deadline), fmt::format("{} → {}", start, deadline.until),
         deadline.source.text() +
             (deadline.source.seen == Certainty::Verified ? "" : "（未核实）") +
             (deadline.delegated.empty() ? "" : fmt::format("；{} 定", deadline.delegated))});
  }
  return table(rows);
}

} // namespace

json::value show_json(const Catalog &catalog, const RecordType &type) {
  json::object out;
  out["id"] = type.id;
  out["edition"] = type.edition.text();
  json::array editions;
  for (const auto &one : catalog.editions)
    if (one.id == type.id) editions.emplace_back(one.edition.text());
  out["editions"] = std::move(editions);
  out["label"] = words_json(type.label);
  if (!type.help.zh.empty()) out["help"] = words_json(type.help);
  out["law"] = type.law;
  out["binding"] = binding_word(type.binding);
  out["group"] = std::string(1, type.group);
  out["unit"] = type.unit;
  out["day"] = type.day.name;
  if (type.place.kind != FieldRef::Kind::None) out["place"] = type.place.name;
  out["access"] = type.access;
  if (!type.retention.empty()) out["retention"] = type.retention;
  if (type.counts_only) out["counts_only"] = true;
  out["covers"] = list_json(type.covers);
  json::object list;
  list["columns"] = list_json(type.list_columns);
  list["find"] = list_json(type.list_find);
  list["sort"] = type.list_sort;
  out["list"] = std::move(list);
  out["alike"] = refs_json(type.alike);
  for (const auto &[key, validity] :
       {std::pair("valid", &type.valid), std::pair("qualified", &type.qualified)}) {
    if (!*validity) continue;
    json::object one;
    one["from"] = (*validity)->from.name;
    one["to"] = refs_json((*validity)->to);
    put_when(one, "when", (*validity)->when);
    out[key] = std::move(one);
  }
  out["fields"] = fields_json(catalog, type.fields);
  out["parts"] = parts_json(catalog, type);
  json::array states;
  for (const auto &state : type.states) {
    json::object one;
    one["id"] = state.id;
    one["label"] = words_json(state.label);
    if (state.ends) one["ends"] = true;
    states.push_back(std::move(one));
  }
  out["states"] = std::move(states);
  if (!type.course.empty()) out["course"] = json::array(type.course.begin(), type.course.end());
  out["transitions"] = transitions_json(type);
  if (!type.gates.empty()) out["gates"] = gates_json(type.gates);
  out["deadlines"] = deadlines_json(type.deadlines);
  json::array rhythms;
  for (const auto &rhythm : type.rhythms) {
    json::object one;
    one["id"] = rhythm.id;
    one["every"] = rhythm.every;
    one["per"] = rhythm.per;
    if (!rhythm.of.empty()) one["of"] = rhythm.of;
    put_when(one, "where", rhythm.where);
    one["at_least"] = rhythm.at_least;
    put_source(one, rhythm.source);
    rhythms.push_back(std::move(one));
  }
  if (!rhythms.empty()) out["rhythms"] = std::move(rhythms);
  json::array papers;
  for (const auto &paper : type.papers) {
    json::object one;
    one["id"] = paper.id;
    one["label"] = words_json(paper.label);
    one["kind"] = paper.kind;
    one["template"] = paper.form;
    if (!paper.order.empty()) one["order"] = list_json(paper.order);
    put_when(one, "when", paper.when);
    papers.push_back(std::move(one));
  }
  if (!papers.empty()) out["documents"] = std::move(papers);
  json::array backs;
  for (const auto &back : type.backs) {
    json::object one;
    one["name"] = back.name;
    one["type"] = back.type;
    one["field"] = back.field;
    backs.push_back(std::move(one));
  }
  if (!backs.empty()) out["backs"] = std::move(backs);
  out["indicators"] = indicators_json(catalog, type);
  out["clauses"] = clauses_json(catalog, type);
  return out;
}

std::string show_text(const Catalog &catalog, const RecordType &type) {
  std::string out = fmt::format("{}  {}\n", type.label.zh, type.id);
  std::vector<std::vector<std::string>> head = {{"版本", type.edition.text()},
                                                {"依据", type.law},
                                                {"类别", std::string(1, type.group)},
                                                {"单位", type.unit},
                                                {"发生日", type.day.name},
                                                {"可见", type.access}};
  if (!type.retention.empty()) head.push_back({"保管", type.retention});
  if (type.counts_only) head.push_back({"只计数", "不记个人"});
  if (!type.covers.empty()) head.push_back({"机制", text::join(type.covers, "、")});
  out += table(head);
  if (!type.help.zh.empty()) out += "  " + type.help.zh + "\n";
  out += "\n字段\n" + fields_text(catalog, type.fields);
  for (const auto &part : type.parts) {
    out += fmt::format("\n环节 {}  {}（{}）\n", part.label.zh, part.id, part.day.name) +
           fields_text(catalog, part.fields);
    if (!part.gates.empty()) out += "  条件\n" + gates_text(part.gates);
    if (!part.deadlines.empty()) out += "  期限\n" + deadlines_text(part.deadlines);
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto &state : type.states)
    rows.push_back({state.id, state.label.zh, state.ends ? "办结" : ""});
  out += "\n状态\n" + table(rows);
  rows.clear();
  for (const auto &step : type.transitions) {
    std::vector<std::string> asks;
    for (const auto &ref : step.asks) asks.push_back(ref.name);
    if (step.asks_reason) asks.emplace_back("@reason");
    auto from = step.from.empty() ? (&step == &type.open() ? std::string() : "未办结")
                                  : text::join(step.from, " | ");
    rows.push_back({step.id, step.label.zh,
                    fmt::format("{} → {}", from, step.to.empty() ? "不变" : step.to), step.role,
                    text::join(asks, ", ")});
  }
  out += "\n步骤\n" + table(rows);
  std::vector<Gate> gates = type.gates;
  for (const auto &step : type.transitions)
    gates.insert(gates.end(), step.gates.begin(), step.gates.end());
  if (!gates.empty()) out += "\n条件\n" + gates_text(gates);
  if (!type.deadlines.empty()) out += "\n期限\n" + deadlines_text(type.deadlines);
  rows.clear();
  for (const auto &indicator : catalog.indicators)
    if (indicator.type == type.id)
      rows.push_back({indicator.id, indicator.label.zh,
                      indicator.unit_of.empty() ? indicator.unit : "随 " + indicator.unit_of,
                      indicator_text(indicator)});
  if (!rows.empty()) out += "\n数字\n" + table(rows);
  rows.clear();
  for (const auto &clause : catalog.clauses) {
    if (clause.type != type.id) continue;
    for (const auto &form : clause.forms)
      rows.push_back({clause.id.substr(clause.id.find('.') + 1), form.text.source});
  }
  if (!rows.empty()) out += "\n文句\n" + table(rows);
  return out;
}

} // namespace yifa::catalog
