#include "sql/migrate.h"

#include "sql/value_counts.h"

#include <map>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

using store::Column;
using store::Table;
using Known = std::map<std::string, std::map<std::string, std::string>>; // table → column → kind

constexpr const char *kNoteMeta = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) "
                                  "DO UPDATE SET value = excluded.value";

Result<Known> known_columns(Connection &db) {
  Known known;
  auto rows = TRY(db.prepare("SELECT table_name, column_name, kind FROM schema_column", Use::Once));
  while (TRY(rows.step())) known[rows.text_at(0)][rows.text_at(1)] = rows.text_at(2);
  return known;
}

class Planning {
public:
  Planning(Known known, std::map<std::string, std::string> indexes, const Dialect &dialect)
      : known_(std::move(known)), indexes_(std::move(indexes)), dialect_(dialect) {}

  void table(const Table &table) {
    auto found = known_.find(table.name);
    if (found == known_.end()) {
      changes.push_back(
          {"new table " + table.name, dialect_.create_table(table), table.name, {}, {}, {}});
      for (const auto &column : table.columns)
        changes.push_back({{}, {}, table.name, column.name, column.kind, {}});
    } else {
      for (const auto &c : table.columns) column(table, c, found->second);
    }
    for (const auto &one : table.indexes) index(table, one, found == known_.end());
  }

  std::vector<Change> changes;
  std::vector<Problem> problems;

private:
  /// An index that was made otherwise is made again.
  void index(const Table &table, const store::Index &index, bool with_table) {
    auto sql = dialect_.create_index(table, index);
    const auto same = indexes_.find(index.name);
    if (same != indexes_.end() && same->second == sql) return;
    if (same != indexes_.end())
      changes.push_back({{}, "DROP INDEX " + store::quoted(index.name), {}, {}, {}, {}});
    changes.push_back({with_table ? std::string() : "new index " + index.name,
                       std::move(sql),
                       {},
                       {},
                       {},
                       index.name});
  }

  void column(const Table &table, const Column &column,
              const std::map<std::string, std::string> &known) {
    auto where = table.name + "." + column.name;
    auto conflict = [&](const std::string &name, const std::string &kind) {
      problems.push_back(
          {where,
           fmt::format(
               "the column {} holds \"{}\" and cannot become \"{}\"; give the field another name "
               "and let the old one be retired",
               name, kind, column.kind),
           {},
           {}});
    };
    auto same = known.find(column.name);
    if (same != known.end()) {
      if (same->second != column.kind) conflict(column.name, same->second);
      return;
    }
    auto before = column.was.empty() ? known.end() : known.find(column.was);
    if (before != known.end()) {
      if (before->second != column.kind) {
        conflict(column.was, before->second);
        return;
      }
      changes.push_back({fmt::format("{}.{} becomes {}", table.name, column.was, column.name),
                         dialect_.rename_column(table, column.was, column.name),
                         table.name,
                         column.name,
                         column.kind,
                         {}});
      return;
    }
    changes.push_back({"new column " + where,
                       dialect_.add_column(table, column),
                       table.name,
                       column.name,
                       column.kind,
                       {}});
  }

  Known known_;
  std::map<std::string, std::string> indexes_;
  const Dialect &dialect_;
};

/// A field that became personal must not leave its open values behind.
Status check_closed(Connection &db, const Known &known, const Table &table,
                    std::vector<Problem> &problems) {
  auto found = known.find(table.name);
  if (found == known.end()) return Done{};
  for (const auto &name : table.closed) {
    if (!found->second.contains(name)) continue;
    auto rows = TRY(db.prepare(fmt::format("SELECT 1 FROM {} WHERE {} IS NOT NULL LIMIT 1",
                                           store::quoted(table.name), store::quoted(name)),
                               Use::Once));
    if (TRY(rows.step()))
      problems.push_back({table.name + "." + name,
                          "the field is now personal and the store holds open values of it; "
                          "export, forget and import "
                          "them again, or give the personal field another name",
                          {},
                          {}});
  }
  return Done{};
}

/// Counts by value the records of every ledger of which other fields are counted than before.
Status count_values_again(Connection &db, const store::Shape &shape) {
  auto known = TRY(db.prepare("SELECT value FROM meta WHERE key = ?1"));
  auto note = TRY(db.prepare(kNoteMeta));
  for (const auto &[id, type] : shape.types) {
    const auto key = "@counted:" + id;
    const auto names = store::counted_names(type);
    known.with(key);
    const bool same = TRY(known.step()) && known.bytes(0) == names;
    known.reset();
    if (same) continue;
    for (const auto &sql : recount_values(type, db.dialect())) TRY(db.execute(sql));
    note.with(key);
    note.bytes(1, names);
    TRY(note.run());
  }
  return Done{};
}

} // namespace

Result<std::vector<Change>> plan_changes(Connection &db, const store::Shape &shape) {
  const auto known = TRY(known_columns(db));
  Planning plan(known, TRY(db.made_indexes()), db.dialect());
  for (const auto *table : shape.tables()) {
    plan.table(*table);
    TRY(check_closed(db, known, *table, plan.problems));
  }
  if (!plan.problems.empty())
    return invalid("the catalog changes what columns mean, which no migration may",
                   std::move(plan.problems));
  return std::move(plan.changes);
}

Status apply_changes(Connection &db, const std::vector<Change> &changes,
                     const store::Shape &shape) {
  for (const auto &change : changes) {
    if (!change.sql.empty()) TRY(db.execute(change.sql));
    if (!change.index.empty()) TRY(db.note_index(change.index, change.sql));
  }
  auto note = TRY(db.prepare(
      "INSERT INTO schema_column (table_name, column_name, kind) VALUES (?1, ?2, ?3) ON CONFLICT "
      "(table_name, column_name) DO UPDATE SET kind = excluded.kind"));
  for (const auto &change : changes)
    if (!change.column.empty()) TRY(note.with(change.table, change.column, change.kind).run());
  // Names that were renamed are no longer there.
  auto forget =
      TRY(db.prepare("DELETE FROM schema_column WHERE table_name = ?1 AND column_name = ?2"));
  for (const auto *table : shape.tables())
    for (const auto &column : table->columns)
      if (!column.was.empty() && table->column(column.was) == nullptr)
        TRY(forget.with(table->name, column.was).run());
  TRY(count_values_again(db, shape));
  auto fingerprint = TRY(db.prepare(kNoteMeta));
  fingerprint.with("@shape");
  fingerprint.bytes(1, shape.fingerprint);
  return fingerprint.run();
}

Status migrate(Connection &db, const store::Shape &shape) {
  if (TRY(fits(db, shape))) return Done{};
  TRY(db.begin(Mode::Write, ""));
  auto change = [&]() -> Status {
    TRY(apply_changes(db, TRY(plan_changes(db, shape)), shape));
    return db.commit();
  };
  auto done = change();
  if (!done) db.undo();
  return done;
}

Result<std::vector<std::string>> planned(Connection &db, const store::Shape &shape) {
  std::vector<std::string> out;
  for (auto &change : TRY(plan_changes(db, shape)))
    if (!change.words.empty()) out.push_back(std::move(change.words));
  return out;
}

Result<bool> fits(Connection &db, const store::Shape &shape) {
  auto rows = TRY(db.prepare("SELECT value FROM meta WHERE key = '@shape'"));
  return TRY(rows.step()) && rows.bytes(0) == shape.fingerprint;
}

} // namespace yifa::sql
