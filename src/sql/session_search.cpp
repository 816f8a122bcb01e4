#include "sql/session.h"

#include <algorithm>
#include <tuple>

/// Beside its words each text holds marks for its counties, towns and ledger, so that a narrow
/// scope is found without looking at what lies outside it. How words are found is the engine's
/// (sql/text_index.h); what is found, and in which order it is told, is decided here.
namespace yifa::sql {
namespace {

constexpr std::size_t kTextKept = 8U << 20; ///< bytes gathered before they are indexed
constexpr std::int64_t kRanked = 20'000;    ///< more hits than this are given by date
constexpr std::size_t kWholeWord = 1000;    ///< bytes an index surely keeps of one word

struct Candidate {
  store::SearchHit hit;
  std::int32_t day = 0;
  bool title_hit = false;
};

/// The words as they are asked of the index, and as they are looked for in the text.
struct Asked {
  WordsAsked index;
  std::vector<std::string> words; ///< folded
  bool sure = true;               ///< the index alone decides

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
    if (one.tokens.empty()) continue;
    asked.index.all.insert(asked.index.all.end(), one.tokens.begin(), one.tokens.end());
    asked.sure = asked.sure && one.exact && word.size() <= kWholeWord;
    asked.words.push_back(word);
  }
  if (asked.words.empty())
    return invalid("there is no word to search for",
                   {{"words", "a word holds a letter, a digit or a Chinese character", {}, {}}});
  const auto &scope = query.scope;
  if (scope.level() == OrgLevel::County)
    asked.index.all.push_back({mark('c', scope.text()), false});
  if (scope.level() > OrgLevel::County)
    asked.index.all.push_back({mark('o', scope.township().text()), false});
  for (const auto &type : query.types)
    if (type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos)
      asked.index.any.push_back(mark('t', type));
  if (!query.types.empty() && asked.index.any.empty()) asked.index.any.push_back(mark('t', ""));
  return asked;
}

} // namespace

std::string indexed_text(const SearchRow &row) {
  const auto owner_town = row.owner.substr(0, 9);
  const auto place_town = row.place.substr(0, 9);
  std::string out = mark('c', row.county) + " " + mark('o', owner_town) + " " + mark('t', row.type);
  if (!place_town.empty() && place_town != owner_town) {
    out += " " + mark('o', place_town);
    if (row.place.substr(0, 6) != row.county) out += " " + mark('c', row.place.substr(0, 6));
  }
  return out + '\n' + store::fold(row.title) + '\n' + row.body;
}

Status Session::note_text(const store::TypeShape &type, const record::Record &record, bool fresh) {
  auto words = store::search_text(*shape_, type, record);
  Text text;
  text.row = {record.id,
              record.owner_org.county(),
              type.id,
              record.owner_org.text(),
              record.place_org != record.owner_org ? record.place_org.text() : std::string(),
              record.day.days(),
              std::move(words.title),
              std::move(words.body)};
  auto &kept = texts_.now[record.id];
  text.fresh = fresh || kept.fresh;
  if (saved_ && !texts_.written)
    if (const auto before = texts_.before.find(record.id); before != texts_.before.end())
      text.fresh = text.fresh || before->second.fresh;
  text_bytes_ += text.row.title.size() + text.row.body.size() + 200;
  kept = std::move(text);
  return text_bytes_ < kTextKept ? Status(Done{}) : flush_texts();
}

Result<std::optional<SearchRow>> Session::stored_text(const RecordId &id) {
  auto rows = TRY(prepare("SELECT county, type, owner_org, place_org, day, title, body FROM "
                          "search_text WHERE record = ?1" +
                          in_county()));
  with_county(rows, id);
  if (!TRY(rows.step())) return std::optional<SearchRow>();
  return std::optional(SearchRow{id, rows.text_at(0), rows.text_at(1), rows.text_at(2),
                                 rows.text_at(3), static_cast<std::int32_t>(rows.integer(4)),
                                 rows.text_at(5), rows.text_at(6)});
}

Status Session::flush_texts() {
  auto &texts = texts_.now;
  if (saved_ && !texts_.written) {
    for (const auto &[id, text] : texts_.before) texts.emplace(id, text);
    texts_.written = true;
  }
  if (texts.empty()) return Done{};
  TRY(rows_.mark());
  // An index takes documents in rising order in one go and starts a new piece at every step back.
  std::vector<const Text *> order;
  for (const auto &entry : texts) order.push_back(&entry.second);
  std::sort(order.begin(), order.end(), [](const Text *a, const Text *b) {
    return std::tie(a->row.day, a->row.record) < std::tie(b->row.day, b->row.record);
  });
  db_.texts().begin_writing();
  for (const auto *text : order) {
    const bool empty = text->row.title.empty() && text->row.body.empty();
    if (!text->fresh && db_.texts().replaces()) {
      TRY(empty ? db_.texts().remove(text->row) : db_.texts().replace(text->row));
      continue;
    }
    if (!text->fresh) {
      const auto stored = TRY(stored_text(text->row.record));
      if (stored && *stored == text->row) continue;
      if (stored) TRY(db_.texts().remove(*stored));
    }
    if (!empty) TRY(db_.texts().add(text->row));
  }
  TRY(db_.texts().end_writing());
  texts.clear();
  text_bytes_ = 0;
  return Done{};
}

Result<std::vector<store::SearchHit>> Session::search(const store::SearchQuery &query) {
  TRY(noted(flush_texts()));
  const auto asked = TRY(asked_of(query));
  const TextQuery texts{asked.index, query.from ? std::int64_t{query.from->days()} : kNoDayBefore,
                        query.until ? std::int64_t{query.until->days()} + 1 : kNoDayAfter};
  using Listed = store::SearchQuery::Listed;
  bool ranked = !query.by_date && query.listed == Listed::No;
  if (ranked) {
    const auto counting = db_.texts().count(texts, kRanked + 1);
    auto count = TRY(prepare(counting.sql));
    count.bind_all(counting.parameters);
    ranked = TRY(count.step()) && count.integer(0) <= kRanked;
  }
  const auto &scope = query.scope;
  const auto end = scope.end();
  auto inside = [&](std::string_view org) {
    return org >= scope.first() && org < std::string_view(end);
  };
  const auto offset = static_cast<std::size_t>(std::max<std::int64_t>(query.offset, 0));
  const auto wanted = offset + static_cast<std::size_t>(query.limit > 0 ? query.limit : INT32_MAX);

  const auto hits = db_.texts().hits(texts, query.listed == Listed::OldestFirst);
  auto rows = TRY(prepare(hits.sql, ranked ? Use::Often : Use::Walk));
  rows.bind_all(hits.parameters);
  std::vector<Candidate> found;
  while (TRY(rows.step())) {
    const auto day = static_cast<std::int32_t>(rows.integer(3));
    // Whole days only: within a day ids decide, not the order of arrival.
    if (!ranked && found.size() >= wanted && found.back().day != day) break;
    if (!scope.is_nation() && !inside(rows.bytes(1)) && (rows.is_null(2) || !inside(rows.bytes(2))))
      continue;
    const auto folded = rows.bytes(rows.is_null(6) ? 5 : 6);
    const bool title_hit = (ranked || !asked.sure) && asked.in(folded);
    if (!title_hit && !asked.sure) {
      auto text = std::string(folded) + "\n";
      text += rows.bytes(7);
      if (!asked.in(text)) continue;
    }
    found.push_back({{rows.text_at(4), TRY(rows.id_at(0)), TRY(rows.org_at(1)),
                      Date::from_days(day), rows.text_at(5), ranked && !title_hit ? 1.0 : 0.0},
                     day,
                     title_hit});
  }
  std::sort(found.begin(), found.end(), [&](const Candidate &a, const Candidate &b) {
    if (ranked && a.title_hit != b.title_hit) return a.title_hit;
    if (query.listed == Listed::OldestFirst)
      return std::tie(a.day, a.hit.record) < std::tie(b.day, b.hit.record);
    if (query.listed == Listed::NewestFirst)
      return std::tie(b.day, b.hit.record) < std::tie(a.day, a.hit.record);
    return std::tie(b.day, a.hit.record) < std::tie(a.day, b.hit.record);
  });
  std::vector<store::SearchHit> out;
  for (auto i = offset; i < found.size() && i < wanted; ++i) out.push_back(std::move(found[i].hit));
  return out;
}

} // namespace yifa::sql
