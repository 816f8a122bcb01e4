#include "sqlite/text_index.h"

#include "store/entries.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace yifa::sqlite {
namespace {

constexpr int kCounterBits = 22;
constexpr std::int64_t kDayShift =
    -sql::kNoDayBefore; ///< keeps places of days before 1970 positive

std::int64_t first_place(std::int64_t day) { return (day + kDayShift) << kCounterBits; }

/// As FTS5 is asked.
std::string match_of(const sql::WordsAsked &asked) {
  std::string out;
  for (const auto &token : asked.all)
    out +=
        fmt::format("{}\"{}\"{}", out.empty() ? "" : " AND ", token.text, token.prefix ? " *" : "");
  std::string any;
  for (const auto &token : asked.any)
    any += fmt::format("{}\"{}\"", any.empty() ? "" : " OR ", token);
  return any.empty() ? out : out + " AND (" + any + ")";
}

store::Statement asking(const sql::TextQuery &query, std::string sql) {
  return {std::move(sql),
          {match_of(query.asked), first_place(query.from), first_place(query.until)}};
}

int no_state(void *, const char **, int, Fts5Tokenizer **out) {
  static char state;
  *out = reinterpret_cast<Fts5Tokenizer *>(&state);
  return SQLITE_OK;
}
void keep_state(Fts5Tokenizer *) {}

using Emit = int (*)(void *, int, const char *, int, int, int);

int tokenize(Fts5Tokenizer *, void *context, int flags, const char *text, int size, Emit emit) {
  int code = SQLITE_OK;
  // A query names its tokens one by one (word_query).
  if ((flags & FTS5_TOKENIZE_QUERY) != 0)
    return size > 0 ? emit(context, 0, text, size, 0, size) : SQLITE_OK;
  std::string_view all(text != nullptr ? text : "",
                       static_cast<std::size_t>(text != nullptr ? size : 0));
  for (const auto &[begin, end] : sql::han_tokens(all))
    if (code == SQLITE_OK)
      code = emit(context, 0, text + begin, static_cast<int>(end - begin), static_cast<int>(begin),
                  static_cast<int>(end));
  return code;
}

} // namespace

Result<std::int64_t> SqliteTextIndex::next_place(std::int32_t day) {
  auto known = next_.find(day);
  if (known == next_.end()) {
    auto rows =
        TRY(db_.prepare("SELECT max(place) FROM search_text WHERE place >= ?1 AND place < ?2"));
    rows.with(first_place(day), first_place(day + 1));
    auto place = first_place(day);
    if (TRY(rows.step()) && !rows.is_null(0)) place = rows.integer(0) + 1;
    known = next_.emplace(day, place).first;
  }
  const auto place = known->second++;
  if (place >= first_place(day + 1))
    return unavailable("more records of one day than the search can hold (four million)");
  return place;
}

Status SqliteTextIndex::add(const sql::SearchRow &row) {
  const auto place = TRY(next_place(row.day));
  auto keep = TRY(db_.prepare(
      "INSERT INTO search_text (place, county, type, record, owner_org, place_org, day, title, "
      "folded, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  const auto folded = store::fold(row.title);
  keep.with(place, row.county, row.type, row.record, row.owner, nullptr, row.day, row.title,
            nullptr, row.body);
  if (folded != row.title) keep.text(8, folded);
  if (!row.place.empty()) keep.text(5, row.place);
  TRY(keep.run());
  const auto words = sql::indexed_text(row);
  auto index = TRY(db_.prepare("INSERT INTO search_index (rowid, words) VALUES (?1, ?2)"));
  return index.with(place, words).run();
}

Status SqliteTextIndex::remove(const sql::SearchRow &row) {
  auto rows = TRY(db_.prepare("SELECT place FROM search_text WHERE record = ?1"));
  rows.with(row.record);
  if (!TRY(rows.step())) return Done{};
  const auto place = rows.integer(0);
  rows.reset();
  // A contentless index is told what to forget, to the byte.
  const auto words = sql::indexed_text(row);
  auto forget = TRY(db_.prepare(
      "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?1, ?2)"));
  TRY(forget.with(place, words).run());
  auto remove = TRY(db_.prepare("DELETE FROM search_text WHERE place = ?1"));
  return remove.with(place).run();
}

Status SqliteTextIndex::clear() {
  TRY(db_.empty_tables({"search_text"}));
  return db_.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')");
}

store::Statement SqliteTextIndex::count(const sql::TextQuery &query, std::int64_t most) const {
  auto made = asking(query, "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index "
                            "MATCH ?1 AND rowid >= ?2 AND rowid < ?3 LIMIT ?4)");
  made.parameters.emplace_back(most);
  return made;
}

store::Statement SqliteTextIndex::hits(const sql::TextQuery &query, bool oldest_first) const {
  return asking(query,
                "SELECT t.record, t.owner_org, t.place_org, t.day, t.type, t.title, t.folded, "
                "t.body FROM search_index i CROSS JOIN search_text t ON t.place = i.rowid WHERE "
                "i.search_index MATCH ?1 AND i.rowid >= ?2 AND i.rowid < ?3 ORDER BY i.rowid " +
                    std::string(oldest_first ? "ASC" : "DESC"));
}

Status register_han(sqlite3 *db) {
  sqlite3_stmt *statement = nullptr;
  int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, nullptr);
  if (code != SQLITE_OK) return error_of(db, code, "prepare the search");
  fts5_api *api = nullptr;
  sqlite3_bind_pointer(statement, 1, static_cast<void *>(&api), "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  if (api == nullptr) return internal_error("this SQLite was built without FTS5");
  fts5_tokenizer han = {no_state, keep_state, tokenize};
  code = api->xCreateTokenizer(api, "han", nullptr, &han, nullptr);
  if (code != SQLITE_OK) return error_of(db, code, "prepare the search");
  return Done{};
}

} // namespace yifa::sqlite
