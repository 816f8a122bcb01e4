#include "sqlite/han.h"
#include "sqlite/session.h"

#include <algorithm>

#include <fmt/format.h>

/// The index holds for each record its folded title and body, and marks for its county, towns and
/// ledger, so that a narrow scope is found without looking at what lies outside it. A record's
/// place in the index is its day and a counter: going backwards through places is going backwards
/// through days, and the first page of a common word costs a page, not all hits.
namespace yifa::sqlite {
namespace {

constexpr int kCounterBits = 22;
constexpr std::int64_t kDayShift = 1'000'000; ///< keeps places of days before 1970 positive
constexpr std::size_t kTextKept = 8U << 20;   ///< bytes gathered before they are indexed
constexpr std::int64_t kRanked = 20'000;      ///< more hits than this are given by date

std::int64_t first_place(std::int32_t day) {
  return (std::int64_t{day} + kDayShift) << kCounterBits;
}

std::string mark(char kind, std::string_view value) {
  return fmt::format("{}{}{}", kMark, kind, value);
}

/// What is indexed, rebuilt from the stored row to the byte: a contentless index is told what to
/// forget.
std::string indexed_text(const std::string &county, const std::string &type, std::string_view owner,
                         std::string_view place, std::string_view title, std::string_view body) {
  auto owner_town = owner.substr(0, 9);
  auto place_town = place.substr(0, 9);
  std::string out = mark('c', county) + " " + mark('o', owner_town) + " " + mark('t', type);
  if (!place_town.empty() && place_town != owner_town) {
    out += " " + mark('o', place_town);
    if (place.substr(0, 6) != county) out += " " + mark('c', place.substr(0, 6));
  }
  out += '\n';
  out += store::fold(title);
  out += '\n';
  out += body;
  return out;
}

struct Candidate {
  std::int64_t place = 0;
  std::int32_t day = 0;
  RecordId record;
  bool title_hit = false;
};

/// The words as they are asked of the index, and as they are looked for in the text.
struct Asked {
  std::string match;
  std::vector<std::string> words; ///< folded
  bool sure = true;               ///< the index alone decides

  void also(const std::string &expression) { match += (match.empty() ? "" : " AND ") + expression; }
  bool in(std::string_view text) const {
    return std::all_of(words.begin(), words.end(), [&](const std::string &word) {
      return text.find(word) != std::string_view::npos;
    });
  }
};

Result<Asked> asked_of(const store::SearchQuery &query) {
  Asked asked;
  const auto folded = store::fold(query.words);
  for (std::size_t at = 0; at < folded.size();) {
    auto end = std::min(folded.find_first_of(" \n", at), folded.size());
    auto word = folded.substr(at, end - at);
    at = end + 1;
    auto one = word_query(word);
    if (one.match.empty()) continue;
    asked.also(one.match);
    asked.sure = asked.sure && one.exact;
    asked.words.push_back(word);
  }
  if (asked.words.empty())
    return invalid("there is no word to search for",
                   {{"words", "a word holds a letter, a digit or a Chinese character", {}, {}}});
  const auto &scope = query.scope;
  if (scope.level() == OrgLevel::County) asked.also(fmt::format("\"{}\"", mark('c', scope.text())));
  if (scope.level() > OrgLevel::County)
    asked.also(fmt::format("\"{}\"", mark('o', scope.township().text())));
  std::string any;
  for (const auto &type : query.types)
    if (type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos)
      any += (any.empty() ? "" : " OR ") + fmt::format("\"{}\"", mark('t', type));
  if (!query.types.empty())
    asked.also(any.empty() ? fmt::format("\"{}\"", mark('t', "")) : "(" + any + ")");
  return asked;
}

} // namespace

Status Session::note_text(const store::TypeShape &type, const record::Record &record, bool fresh) {
  Text text;
  text.county = record.owner_org.county();
  text.type = type.id;
  text.owner = record.owner_org.text();
  if (record.place_org != record.owner_org) text.place = record.place_org.text();
  text.day = record.day.days();
  text.words = store::search_text(*shape_, type, record);
  auto &kept = texts_.now[record.id];
  text.fresh = fresh || kept.fresh;
  if (saved_ && !texts_.written)
    if (const auto before = texts_.before.find(record.id); before != texts_.before.end())
      text.fresh = text.fresh || before->second.fresh;
  text_bytes_ += text.words.title.size() + text.words.body.size() + 200;
  kept = std::move(text);
  return text_bytes_ < kTextKept ? Status(Done{}) : flush_texts();
}

Result<std::int64_t> Session::next_place(std::int32_t day,
                                         std::map<std::int32_t, std::int64_t> &next) {
  auto known = next.find(day);
  if (known == next.end()) {
    auto rows =
        TRY(db_.prepare("SELECT max(place) FROM search_text WHERE place >= ?1 AND place < ?2"));
    rows.with(first_place(day), first_place(day + 1));
    auto place = first_place(day);
    if (TRY(rows.step()) && !rows.is_null(0)) place = rows.integer(0) + 1;
    known = next.emplace(day, place).first;
  }
  auto place = known->second++;
  if (place >= first_place(day + 1))
    return unavailable("more records of one day than the search can hold (four million)");
  return place;
}

/// Removes the stored text of a record unless it is what would be written again.
Status Session::drop_text(const RecordId &id, const Text &text, bool &unchanged) {
  auto rows = TRY(db_.prepare(
      "SELECT place, county, type, owner_org, place_org, title, body, day FROM search_text "
      "WHERE record = ?1"));
  rows.with(id);
  if (!TRY(rows.step())) return Done{};
  auto place = rows.integer(0);
  auto county = rows.text_at(1);
  auto type = rows.text_at(2);
  auto owner = rows.text_at(3);
  auto where = rows.text_at(4);
  auto title = rows.text_at(5);
  auto body = rows.text_at(6);
  unchanged = rows.integer(7) == text.day && where == text.place && title == text.words.title &&
              body == text.words.body && owner == text.owner;
  if (unchanged) return Done{};
  rows.reset();
  auto words = indexed_text(county, type, owner, where, title, body);
  auto forget = TRY(db_.prepare(
      "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?1, ?2)"));
  TRY(forget.with(place, words).run());
  auto remove = TRY(db_.prepare("DELETE FROM search_text WHERE place = ?1"));
  return remove.with(place).run();
}

Status Session::write_text(const RecordId &id, const Text &text,
                           std::map<std::int32_t, std::int64_t> &next) {
  auto place = TRY(next_place(text.day, next));
  auto keep = TRY(db_.prepare(
      "INSERT INTO search_text (place, county, type, record, owner_org, place_org, day, title, "
      "folded, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  const auto folded = store::fold(text.words.title);
  keep.with(place, text.county, text.type, id, text.owner, nullptr, text.day, text.words.title,
            nullptr, text.words.body);
  if (folded != text.words.title) keep.text(8, folded);
  if (!text.place.empty()) keep.text(5, text.place);
  TRY(keep.run());
  auto words = indexed_text(text.county, text.type, text.owner, text.place, text.words.title,
                            text.words.body);
  auto index = TRY(db_.prepare("INSERT INTO search_index (rowid, words) VALUES (?1, ?2)"));
  return index.with(place, words).run();
}

Status Session::flush_texts() {
  auto &texts = texts_.now;
  if (saved_ && !texts_.written) {
    for (const auto &[id, text] : texts_.before) texts.emplace(id, text);
    texts_.written = true;
  }
  if (texts.empty()) return Done{};
  // FTS5 takes documents in rising order in one go and starts a new piece at every step back.
  std::vector<std::pair<const RecordId, Text> *> order;
  for (auto &entry : texts) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto *a, const auto *b) {
    return std::tie(a->second.day, a->first) < std::tie(b->second.day, b->first);
  });
  std::map<std::int32_t, std::int64_t> next;
  for (const auto *entry : order) {
    const auto &text = entry->second;
    bool unchanged = false;
    if (!text.fresh) TRY(drop_text(entry->first, text, unchanged));
    if (unchanged || (text.words.title.empty() && text.words.body.empty())) continue;
    TRY(write_text(entry->first, text, next));
  }
  texts.clear();
  text_bytes_ = 0;
  return Done{};
}

Result<std::vector<store::SearchHit>> Session::search(const store::SearchQuery &query) {
  TRY(noted(flush_texts()));
  const auto asked = TRY(asked_of(query));
  const auto first = query.from ? first_place(query.from->days()) : 0;
  const auto last = query.until ? first_place(query.until->days() + 1) : INT64_MAX;
  using Listed = store::SearchQuery::Listed;
  bool ranked = !query.by_date && query.listed == Listed::No;
  if (ranked) {
    auto count = TRY(db_.prepare(
        "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ?1 AND rowid >= "
        "?3 AND rowid < ?4 LIMIT ?2)"));
    count.with(asked.match, kRanked + 1, first, last);
    ranked = TRY(count.step()) && count.integer(0) <= kRanked;
  }
  const auto &scope = query.scope;
  const auto end = scope.end();
  auto inside = [&](std::string_view org) {
    return org >= scope.first() && org < std::string_view(end);
  };
  const auto offset = static_cast<std::size_t>(std::max<std::int64_t>(query.offset, 0));
  const auto wanted = offset + static_cast<std::size_t>(query.limit > 0 ? query.limit : INT32_MAX);

  auto rows = TRY(db_.prepare(
      "SELECT t.place, t.record, t.owner_org, t.place_org, t.day, ifnull(t.folded, t.title), "
      "t.body FROM "
      "search_index i CROSS JOIN search_text t ON t.place = i.rowid WHERE i.search_index MATCH ?1 "
      "AND i.rowid >= ?2 AND i.rowid < ?3 ORDER BY i.rowid " +
      std::string(query.listed == Listed::OldestFirst ? "ASC" : "DESC")));
  rows.with(asked.match, first, last);
  std::vector<Candidate> found;
  while (TRY(rows.step())) {
    auto day = static_cast<std::int32_t>(rows.integer(4));
    // Whole days only: within a day ids decide, not the order of arrival.
    if (!ranked && found.size() >= wanted && found.back().day != day) break;
    if (!scope.is_nation() && !inside(rows.bytes(2)) && (rows.is_null(3) || !inside(rows.bytes(3))))
      continue;
    bool title_hit = (ranked || !asked.sure) && asked.in(rows.bytes(5));
    if (!title_hit && !asked.sure) {
      auto text = rows.text_at(5) + "\n";
      text += rows.bytes(6);
      if (!asked.in(text)) continue;
    }
    found.push_back({rows.integer(0), day, TRY(rows.id_at(1)), title_hit});
  }
  std::sort(found.begin(), found.end(), [&](const Candidate &a, const Candidate &b) {
    if (ranked && a.title_hit != b.title_hit) return a.title_hit;
    if (query.listed == Listed::OldestFirst)
      return std::tie(a.day, a.record) < std::tie(b.day, b.record);
    if (query.listed == Listed::NewestFirst)
      return std::tie(b.day, b.record) < std::tie(a.day, a.record);
    return std::tie(b.day, a.record) < std::tie(a.day, b.record);
  });
  std::vector<store::SearchHit> out;
  auto row = TRY(db_.prepare("SELECT type, owner_org, title FROM search_text WHERE place = ?1"));
  for (auto i = offset; i < found.size() && i < wanted; ++i) {
    const auto &hit = found[i];
    row.with(hit.place);
    if (!TRY(row.step())) return internal_error("the search index names a text that is not there");
    out.push_back({row.text_at(0), hit.record, TRY(row.org_at(1)), Date::from_days(hit.day),
                   row.text_at(2), ranked && !hit.title_hit ? 1.0 : 0.0});
    row.reset();
  }
  return out;
}

} // namespace yifa::sqlite
