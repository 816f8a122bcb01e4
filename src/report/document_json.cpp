#include "report/document_json.h"

#include "base/text.h"
#include "report/render_json.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::report {
namespace {

/// Ends the reading of a draft at the first thing that is not as written by `to_json`; caught in
/// `parse_draft` and nowhere else.
struct DraftFault {
  std::string where;
  std::string message;
};

/// A value of the JSON with its place.
class DraftNode {
public:
  DraftNode(const json::value &value, std::string where)
      : value_(&value), where_(std::move(where)) {}

  [[noreturn]] void fail(std::string message) const {
    throw DraftFault{where_, std::move(message)};
  }
  DraftNode at(std::string_view key) const {
    if (auto found = find(key)) return *found;
    fail(fmt::format("\"{}\" is missing", key));
  }
  std::optional<DraftNode> find(std::string_view key) const {
    const auto *object = value_->if_object();
    if (object == nullptr) fail("an object is expected");
    const auto *found = object->if_contains(key);
    if (found == nullptr || found->is_null()) return std::nullopt;
    return DraftNode(*found, where_.empty() ? std::string(key) : fmt::format("{}.{}", where_, key));
  }
  std::vector<DraftNode> all() const {
    const auto *array = value_->if_array();
    if (array == nullptr) fail("a list is expected");
    std::vector<DraftNode> out;
    for (std::size_t i = 0; i < array->size(); ++i)
      out.emplace_back((*array)[i], fmt::format("{}[{}]", where_, i));
    return out;
  }
  std::string text() const {
    const auto *held = value_->if_string();
    if (held == nullptr) fail("a text is expected");
    return std::string(*held);
  }
  bool flag() const {
    const auto *held = value_->if_bool();
    if (held == nullptr) fail("true or false is expected");
    return *held;
  }
  std::int64_t number() const {
    if (const auto *held = value_->if_int64()) return *held;
    if (const auto *held = value_->if_uint64(); held != nullptr && *held <= INT64_MAX)
      return static_cast<std::int64_t>(*held);
    fail("a whole number is expected");
  }
  template <typename T> T take(Result<T> read) const {
    if (!read) fail(read.error().message);
    return std::move(*read);
  }
  /// One of the words of an enumeration, all of which stand in `kinds`.
  template <typename Kind, std::size_t N> Kind word(const std::array<Kind, N> &kinds) const {
    const auto said = text();
    for (auto kind : kinds)
      if (to_string(kind) == said) return kind;
    fail(fmt::format("\"{}\" is not one of the words", said));
  }

private:
  const json::value *value_;
  std::string where_;
};

constexpr std::array kFigureKinds = {FigureRef::Kind::Value,  FigureRef::Kind::Group,
                                     FigureRef::Kind::Change, FigureRef::Kind::Zero,
                                     FigureRef::Kind::Word,   FigureRef::Kind::Names};
constexpr std::array kBlockKinds = {
    Block::Kind::Title, Block::Kind::Addressee, Block::Kind::Heading, Block::Kind::Paragraph,
    Block::Kind::Point, Block::Kind::Signature, Block::Kind::Date,    Block::Kind::Missing};
constexpr std::array kMissingKinds = {
    Missing::Kind::Chapter, Missing::Kind::Topic,  Missing::Kind::Zero, Missing::Kind::Figure,
    Missing::Kind::Partial, Missing::Kind::Reason, Missing::Kind::Words};

Period read_period(const DraftNode &node) {
  return {node.take(Date::parse(node.at("from").text())),
          node.take(Date::parse(node.at("to").text()))};
}

FigureRef read_figure(const DraftNode &node) {
  FigureRef ref;
  ref.kind = node.at("kind").word(kFigureKinds);
  ref.indicator = node.at("indicator").text();
  if (const auto group = node.find("group")) {
    ref.dimension = group->at("dimension").text();
    ref.group = group->at("code").text();
  }
  ref.org = node.take(OrgCode::parse(node.at("org").text()));
  ref.period = read_period(node.at("period"));
  ref.seen = node.at("value").text();
  ref.unit = node.at("unit").text();
  if (const auto last = node.find("last_year")) ref.last_year = last->text();
  ref.records = node.at("records").number();
  return ref;
}

Keep read_keep(const DraftNode &node) {
  Keep keep;
  keep.reason = node.at("reason").text();
  keep.by = node.at("by").text();
  if (const auto against = node.find("against")) keep.against = against->text();
  return keep;
}

/// A stretch of a sentence that is not plain text.
struct DraftMark {
  std::size_t start = 0;
  std::size_t end = 0;
  std::optional<FigureRef> figure;
  std::optional<Keep> kept;
};

DraftMark read_mark(const DraftNode &node) {
  const auto place = node.at("at").all();
  if (place.size() != 2) node.fail("\"at\" is a pair of numbers");
  DraftMark mark;
  mark.start = static_cast<std::size_t>(place[0].number());
  mark.end = static_cast<std::size_t>(place[1].number());
  return mark;
}

std::vector<Run> read_runs(const DraftNode &node) {
  std::vector<DraftMark> marks;
  for (const auto &one : node.at("figures").all()) {
    auto mark = read_mark(one);
    mark.figure = read_figure(one);
    if (const auto kept = one.find("kept")) mark.kept = read_keep(*kept);
    marks.push_back(std::move(mark));
  }
  if (const auto kept = node.find("kept"))
    for (const auto &one : kept->all()) {
      auto mark = read_mark(one);
      mark.kept = read_keep(one);
      marks.push_back(std::move(mark));
    }
  std::stable_sort(marks.begin(), marks.end(),
                   [](const auto &a, const auto &b) { return a.start < b.start; });
  const auto words = text::decode(node.at("text").text());
  const auto piece = [&](std::size_t start, std::size_t end) {
    return text::encode(std::u32string_view(words).substr(start, end - start));
  };
  std::vector<Run> runs;
  std::size_t at = 0;
  for (auto &mark : marks) {
    if (mark.start < at || mark.end < mark.start || mark.end > words.size())
      node.fail("the places of figures overlap or lie outside of the sentence");
    if (mark.start > at) runs.push_back({piece(at, mark.start)});
    runs.push_back({piece(mark.start, mark.end), std::move(mark.figure), std::move(mark.kept)});
    at = mark.end;
  }
  if (at < words.size()) runs.push_back({piece(at, words.size())});
  return runs;
}

Sentence read_sentence(const DraftNode &node) {
  Sentence sentence;
  sentence.id = node.at("id").text();
  for (const auto &clause : node.at("clauses").all()) sentence.clauses.push_back(clause.text());
  sentence.runs = read_runs(node);
  for (const auto &ref : node.at("rests_on").all()) sentence.rests_on.push_back(read_figure(ref));
  for (const auto &one : node.at("authors").all()) {
    Author author;
    author.record = one.take(RecordId::parse(one.at("record").text()));
    author.type = one.at("ledger").text();
    author.number = one.at("number").text();
    author.name = one.at("author").text();
    sentence.authors.push_back(std::move(author));
  }
  if (const auto by = node.find("edited_by")) sentence.edited_by = by->text();
  return sentence;
}

Block read_block(const DraftNode &node) {
  Block block;
  block.id = node.at("id").text();
  block.kind = node.at("kind").word(kBlockKinds);
  if (const auto level = node.find("level")) block.level = static_cast<int>(level->number());
  if (const auto number = node.find("number")) block.number = number->text();
  if (const auto required = node.find("required")) block.required = required->flag();
  for (const auto &one : node.at("sentences").all()) block.sentences.push_back(read_sentence(one));
  return block;
}

Document read_document(const DraftNode &root) {
  const auto head = root.at("document");
  Document document;
  document.outline = head.at("outline").text();
  document.org = head.take(OrgCode::parse(head.at("org").text()));
  document.org_name = head.at("org_name").text();
  document.period = read_period(head.at("period"));
  if (const auto cutoff = head.find("cutoff"))
    document.cutoff = cutoff->take(Date::parse(cutoff->text()));
  document.approximate = head.at("style").text() == "approximate";
  document.document_number = head.at("document_number").text();
  document.issuer = head.at("issuer").text();
  document.signer = head.at("signer").text();
  if (const auto date = head.find("date")) document.date = date->take(Date::parse(date->text()));
  document.page_note = head.at("note").text();
  document.catalog_hash = head.at("catalog").text();
  for (const auto &block : root.at("blocks").all()) document.blocks.push_back(read_block(block));
  return document;
}

Missing read_missing(const DraftNode &node) {
  Missing gap;
  gap.kind = node.at("kind").word(kMissingKinds);
  gap.required = node.at("required").flag();
  gap.where = node.at("where").text();
  gap.topic = node.at("topic").text();
  gap.clause = node.at("clause").text();
  gap.indicator = node.at("indicator").text();
  gap.label = node.at("label").text();
  gap.message = node.at("message").text();
  return gap;
}

} // namespace

Result<Draft> parse_draft(const json::value &written) {
  try {
    const DraftNode root(written, "");
    Draft draft;
    draft.document = read_document(root);
    for (const auto &gap : root.at("missing").all()) draft.missing.push_back(read_missing(gap));
    for (const auto &one : root.at("unsaid").all())
      draft.unsaid.push_back(
          {one.at("indicator").text(), one.at("label").text(), one.at("value").text()});
    return draft;
  } catch (const DraftFault &fault) {
    return invalid("this is no report as it is kept", {{fault.where, fault.message, "", ""}});
  }
}

} // namespace yifa::report
