#include "store/select.h"

#include <fmt/format.h>

namespace yifa::store {
namespace {

using record::Query;

class Selecting {
public:
  Selecting(const TypeShape &type, const Query &query, const Dialect &dialect)
      : type_(type), query_(query), dialect_(dialect) {
    std::vector<std::string> names;
    for (const auto &column : type.table.columns) names.push_back(column.name);
    columns_ = name_list(names);
  }

  /// How many there are, no further than `most`.
  Statement counting(std::int64_t most) {
    columns_ = "1";
    std::string sql = branch(owned());
    if (placed_too()) sql += "\nUNION ALL\n" + branch(placed());
    return counted(sql, most);
  }

  std::optional<Statement> counting_placed(std::int64_t most) {
    if (!placed_too()) return std::nullopt;
    columns_ = "1";
    return counted(branch(placed()), most);
  }

  Statement statement() {
    std::string sql = branch(owned());
    // What lies in the scope but is kept outside it stands in an index of its own.
    if (placed_too()) sql += "\nUNION ALL\n" + branch(placed());
    const char *way = query_.newest_first ? "DESC" : "ASC";
    sql += fmt::format("\nORDER BY \"day\" {}, \"id\" {}", way, way);
    if (query_.limit > 0) sql += " LIMIT " + bind(query_.limit);
    made_.sql = std::move(sql);
    return std::move(made_);
  }

private:
  bool placed_too() const { return query_.by_place && !query_.scope.is_nation(); }

  Statement counted(const std::string &sql, std::int64_t most) {
    made_.sql = "SELECT count(*) FROM (" + sql + " LIMIT " + bind(most) + ") AS found";
    return std::move(made_);
  }

  std::string branch(const std::string &scope) {
    std::string where = scope;
    auto add = [&where](const std::string &condition) {
      if (!where.empty()) where += " AND ";
      where += condition;
    };
    if (!query_.with_withdrawn) add("\"withdrawn\" = 0");
    if (query_.only_late) add("\"late\" = 1");
    if (query_.period) {
      add("\"day\" >= " + bind(std::int64_t{query_.period->from.days()}));
      add("\"day\" < " + bind(std::int64_t{query_.period->to.days()}));
    }
    if (!query_.states.empty()) {
      std::string list;
      for (const auto &state : query_.states) list += (list.empty() ? "" : ", ") + bind(state);
      add("\"state\" IN (" + list + ")");
    }
    if (!query_.handler.empty())
      add("\"id\" IN (SELECT \"record\" FROM \"handler\" WHERE \"user\" = " + bind(query_.handler) +
          ")");
    if (query_.after) {
      auto day = bind(std::int64_t{query_.after->first.days()});
      auto id = bind(query_.after->second);
      add(fmt::format("(\"day\", \"id\") {} ({}, {})", query_.newest_first ? "<" : ">", day, id));
    }
    if (auto narrowed = narrow(type_, query_.where, dialect_, made_.parameters)) add(*narrowed);
    return fmt::format("SELECT {} FROM {}{}", columns_, quoted(type_.table.name),
                       where.empty() ? "" : " WHERE " + where);
  }

  /// Records kept by an office of the scope.
  std::string owned() {
    const auto &scope = query_.scope;
    switch (scope.level()) {
    case OrgLevel::Nation:
      return {};
    case OrgLevel::Province:
    case OrgLevel::City:
      return range("\"town\"");
    case OrgLevel::County:
      return "\"county\" = " + bind(scope.text());
    case OrgLevel::Township:
      return "\"town\" = " + bind(scope.text());
    case OrgLevel::Village:
    case OrgLevel::Department:
      break;
    }
    return below_town("\"owner_org\"");
  }

  /// Records lying in the scope, kept by an office outside it.
  std::string placed() {
    const auto &scope = query_.scope;
    switch (scope.level()) {
    case OrgLevel::Township:
      return "\"place_town\" = " + bind(scope.text());
    case OrgLevel::Village:
    case OrgLevel::Department:
      // A department's code may begin another's, whose own records are owned() already.
      return scope.level() == OrgLevel::Village
                 ? below_town("\"place_org\"")
                 : below_town("\"place_org\"") + " AND NOT (" + range("\"owner_org\"") + ")";
    case OrgLevel::Nation:
    case OrgLevel::Province:
    case OrgLevel::City:
    case OrgLevel::County:
      break;
    }
    auto place = range("\"place_town\"");
    return fmt::format("{} AND NOT ({})", place, range("\"town\""));
  }

  /// In the village or department of the scope; worded so that the index of those below the towns
  /// is known to hold them all.
  std::string below_town(const char *column) {
    const auto sure = fmt::format(" AND length({}) > 9", column);
    if (query_.scope.level() == OrgLevel::Village)
      return fmt::format("{} = {}", column, bind(query_.scope.text())) + sure;
    return range(column) + sure;
  }

  std::string range(const char *column) {
    auto first = bind(query_.scope.first());
    return fmt::format("{} >= {} AND {} < {}", column, first, column, bind(query_.scope.end()));
  }

  std::string bind(Parameter parameter) {
    made_.parameters.push_back(std::move(parameter));
    return dialect_.parameter(static_cast<int>(made_.parameters.size()));
  }

  const TypeShape &type_;
  const Query &query_;
  const Dialect &dialect_;
  std::string columns_;
  Statement made_;
};

} // namespace

Statement select_records(const TypeShape &type, const Query &query, const Dialect &dialect) {
  return Selecting(type, query, dialect).statement();
}

Statement count_records(const TypeShape &type, const Query &query, std::int64_t most,
                        const Dialect &dialect) {
  return Selecting(type, query, dialect).counting(most);
}

std::optional<Statement> count_placed(const TypeShape &type, const Query &query, std::int64_t most,
                                      const Dialect &dialect) {
  return Selecting(type, query, dialect).counting_placed(most);
}

} // namespace yifa::store
