#include "postgres/text_index.h"

#include "sql/connection.h"
#include "store/entries.h"

#include <set>
#include <string>

namespace yifa::postgres {
namespace {

/// More than this of a lexeme the engine does not take; no word of a language is as long.
constexpr std::size_t kLongestWord = 2000;

/// A lexeme as tsvector and tsquery read it: quotes and backslashes doubled, between quotes.
std::string lexeme(std::string_view word) {
  std::string out = "'";
  for (const char sign : word.substr(0, kLongestWord)) {
    if (sign == '\'' || sign == '\\') out += sign;
    out += sign;
  }
  return out + "'";
}

/// The text's tokens, each once, in the written form of a tsvector.
std::string vector_of(const sql::SearchRow &row) {
  const auto text = sql::indexed_text(row);
  std::set<std::string_view> words;
  for (const auto &[begin, end] : sql::han_tokens(text))
    words.insert(std::string_view(text).substr(begin, end - begin));
  std::string out;
  for (const auto word : words) {
    out += lexeme(word);
    out += ' ';
  }
  return out;
}

std::string query_of(const sql::WordsAsked &asked) {
  std::string out;
  for (const auto &token : asked.all)
    out += (out.empty() ? "" : " & ") + lexeme(token.text) + (token.prefix ? ":*" : "");
  std::string any;
  for (const auto &token : asked.any) any += (any.empty() ? "" : " | ") + lexeme(token);
  return any.empty() ? out : out + " & (" + any + ")";
}

store::Statement asking(const sql::TextQuery &query, std::string sql) {
  return {std::move(sql), {query_of(query.asked), query.from, query.until}};
}

constexpr const char *kFound =
    " FROM search_text WHERE words @@ CAST(?1 AS tsquery) AND day >= ?2 AND day < ?3";

} // namespace

Status PostgresTextIndex::add(const sql::SearchRow &row) {
  auto keep = TRY(db_.prepare(
      "INSERT INTO search_text (county, type, record, owner_org, place_org, day, title, folded, "
      "body, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, CAST(?10 AS tsvector))"));
  const auto folded = store::fold(row.title);
  const auto words = vector_of(row);
  keep.with(row.county, row.type, row.record, row.owner, nullptr, row.day, row.title, nullptr,
            row.body, words);
  if (folded != row.title) keep.text(7, folded);
  if (!row.place.empty()) keep.text(4, row.place);
  return keep.run();
}

Status PostgresTextIndex::remove(const sql::SearchRow &row) {
  auto remove = TRY(db_.prepare("DELETE FROM search_text WHERE county = ?1 AND record = ?2"));
  return remove.with(row.county, row.record).run();
}

Status PostgresTextIndex::clear() { return db_.empty_tables({"search_text"}); }

store::Statement PostgresTextIndex::count(const sql::TextQuery &query, std::int64_t most) const {
  auto made =
      asking(query, std::string("SELECT count(*) FROM (SELECT 1") + kFound + " LIMIT ?4) AS found");
  made.parameters.emplace_back(most);
  return made;
}

store::Statement PostgresTextIndex::hits(const sql::TextQuery &query, bool oldest_first) const {
  return asking(query,
                std::string("SELECT record, owner_org, place_org, day, type, title, folded, body") +
                    kFound + " ORDER BY day " + (oldest_first ? "ASC" : "DESC"));
}

} // namespace yifa::postgres
