#include "service/public_enforcement.h"

#include <algorithm>
#include <map>

namespace yifa::service {
namespace {

constexpr std::size_t kMostItems = 1000;
constexpr std::size_t kMostResults = 300;

bool in_force(const std::optional<Date> &from, const std::optional<Date> &to, Date day) {
  return from && *from <= day && (!to || day <= *to);
}

class Enforcement {
public:
  Enforcement(PublicShelf &shelf, const OrgCode &office, bool english)
      : shelf_(shelf), office_(office), catalog_(*shelf.environment().catalog), english_(english) {}

  Result<PublicEnforcement> all() {
    PublicEnforcement out;
    TRY(items(out));
    if (!out.items.empty()) TRY(officers(out));
    TRY(results(out));
    TRY(penalties(out));
    std::stable_sort(out.results.begin(), out.results.end(),
                     [](const auto &a, const auto &b) { return a.published_on > b.published_on; });
    TRY(years(out));
    return out;
  }

private:
  Status items(PublicEnforcement &out) {
    std::map<RecordId, bool> lists; // whether a published list of items
    for (const auto &record : TRY(shelf_.kept("enforcement_item", office_, {}, kMostItems))) {
      const Entries entries(shelf_.edition(record), record);
      if (!in_force(entries.day("valid_from"), entries.day("valid_to"), shelf_.today())) continue;
      const auto list = entries.link("published_in");
      if (!list) continue;
      const auto known = lists.find(*list);
      const bool published =
          known != lists.end()
              ? known->second
              : lists.emplace(*list, shelf_.published_record(*list, office_).has_value())
                    .first->second;
      if (published)
        out.items.push_back({entries.text("code"), entries.text("name"),
                             entries.shown(catalog_, "power", english_), entries.text("basis"),
                             entries.day("valid_from").value_or(Date()), entries.day("valid_to")});
    }
    std::sort(out.items.begin(), out.items.end(),
              [](const auto &a, const auto &b) { return a.code < b.code; });
    return Done{};
  }

  Status officers(PublicEnforcement &out) {
    for (const auto &record : TRY(shelf_.kept("officer", office_, {}, kMostItems))) {
      const Entries entries(shelf_.edition(record), record);
      const auto left = entries.day("left_on");
      const auto certificate = entries.text("certificate_no");
      if (certificate.empty() || (left && *left <= shelf_.today()) ||
          !in_force(entries.day("certified_from"), entries.day("certified_to"), shelf_.today()))
        continue;
      const auto post = entries.link("post");
      const auto person = post ? TRY(shelf_.reader().get("post", *post)) : std::nullopt;
      if (!person || person->withdrawn) continue;
      out.officers.push_back({Entries(shelf_.edition(*person), *person).text("name"), certificate,
                              entries.day("certified_to")});
    }
    std::sort(out.officers.begin(), out.officers.end(),
              [](const auto &a, const auto &b) { return a.certificate < b.certificate; });
    return Done{};
  }

  Status results(PublicEnforcement &out) {
    for (const auto &record : TRY(shelf_.published("enforcement_result", office_, kMostResults))) {
      const Entries entries(shelf_.edition(record), record);
      const bool text = TRY(shelf_.released(record, entries.file("text")));
      out.results.push_back({record.id, entries.text("title"),
                             entries.shown(catalog_, "kind", english_),
                             entries.day("decided_on").value_or(record.day),
                             entries.day("published_on").value_or(record.day), text ? "text" : "",
                             entries.text("url")});
    }
    return Done{};
  }

  /// A penalty is published in its own case, and only its released text says whose it is.
  Status penalties(PublicEnforcement &out) {
    for (const auto &record : TRY(shelf_.kept("penalty", office_, {}, kMostResults))) {
      const Entries entries(shelf_.edition(record), record);
      const auto day = entries.day("public_on");
      const auto back = entries.day("withdrawn_public_on");
      if (!day || *day > shelf_.today() || (back && *back <= shelf_.today())) continue;
      if (!TRY(shelf_.released(record, entries.file("public_text")))) continue;
      PublicResult one;
      one.record = record.id;
      const auto item = entries.link("item");
      const auto matter = item ? TRY(shelf_.reader().get("enforcement_item", *item)) : std::nullopt;
      one.title = entries.text("decision_no");
      if (matter) {
        if (!one.title.empty()) one.title += "　";
        one.title += Entries(shelf_.edition(*matter), *matter).text("name");
      }
      const auto *type = catalog_.type("penalty");
      one.kind = english_ ? type->label.en : type->label.zh;
      one.decided_on = entries.day("decided_on").value_or(record.day);
      one.published_on = *day;
      one.file = "public_text";
      one.url = entries.text("url");
      out.results.push_back(std::move(one));
    }
    return Done{};
  }

  Status years(PublicEnforcement &out) {
    for (const auto &record :
         TRY(shelf_.published("enforcement_year_data", office_, kMostResults))) {
      const Entries entries(shelf_.edition(record), record);
      // Its review stands in the disclosure it came out with.
      const auto list = entries.link("published_in");
      if (!list || !shelf_.published_record(*list, office_)) continue;
      out.years.push_back({*list, static_cast<int>(entries.number("year")),
                           entries.day("published_on").value_or(record.day)});
    }
    std::sort(out.years.begin(), out.years.end(),
              [](const auto &a, const auto &b) { return a.year > b.year; });
    return Done{};
  }

  PublicShelf &shelf_;
  OrgCode office_;
  const catalog::Catalog &catalog_;
  bool english_;
};

} // namespace

Result<PublicEnforcement> public_enforcement(PublicShelf &shelf, const OrgCode &office,
                                             bool english) {
  return Enforcement(shelf, office, english).all();
}

} // namespace yifa::service
