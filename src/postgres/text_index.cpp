#include "postgres/text_index.h"

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

struct Forms {
  sql::RowForm added;
  sql::RowForm replaced;
};

const Forms &forms() {
  using sql::Cell;
  static const std::vector<sql::RowForm::Column> columns = {{"county"},
                                                            {"type"},
                                                            {"record", Cell::Bytes},
                                                            {"owner_org"},
                                                            {"place_org"},
                                                            {"day", Cell::Whole},
                                                            {"title"},
                                                            {"folded"},
                                                            {"body"},
                                                            {"words", Cell::Text, "tsvector"}};
  static const Forms made{
      {"search_text", columns},
      {"search_text", columns,
       "ON CONFLICT (county, record) DO UPDATE SET type = excluded.type, owner_org = "
       "excluded.owner_org, place_org = excluded.place_org, day = excluded.day, title = "
       "excluded.title, folded = excluded.folded, body = excluded.body, words = excluded.words "
       "WHERE (search_text.type, search_text.owner_org, search_text.place_org, search_text.day, "
       "search_text.title, search_text.body) IS DISTINCT FROM (excluded.type, excluded.owner_org, "
       "excluded.place_org, excluded.day, excluded.title, excluded.body)"}};
  return made;
}

constexpr const char *kFound =
    " FROM search_text WHERE words @@ CAST(?1 AS tsquery) AND day >= ?2 AND day < ?3";

} // namespace

void PostgresTextIndex::begin_writing() {
  // What was left by a transaction that failed.
  if (added_) added_->cut(0);
  if (replaced_) replaced_->cut(0);
}

Status PostgresTextIndex::end_writing() {
  if (added_) TRY(added_->write(added_->size()));
  return replaced_ ? replaced_->write(replaced_->size()) : Status(Done{});
}

Status PostgresTextIndex::add(const sql::SearchRow &row) { return put(row, forms().added, added_); }

Status PostgresTextIndex::replace(const sql::SearchRow &row) {
  return put(row, forms().replaced, replaced_);
}

Status PostgresTextIndex::put(const sql::SearchRow &row, const sql::RowForm &form,
                              std::unique_ptr<sql::Rows> &gathered) {
  const bool gather = db_.dialect().takes_arrays();
  if (gather && !gathered) gathered = db_.gather(form);
  auto keep = gather ? sql::Prepared(gathered->row()) : TRY(db_.prepare(form.one()));
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
