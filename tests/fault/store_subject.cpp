#include "store_subject.h"

#include "small_catalog.h"
#include "sqlite/store.h"
#include "store/verify.h"

#include <map>

#include <fmt/format.h>

namespace yifa::testing {
namespace {

constexpr std::uint64_t kBulk = 8;

const std::string &office_of(std::uint64_t n) {
  static const std::vector<std::string> offices = {"370306104", "370307101", "140423107"};
  return offices[n % offices.size()];
}

std::string county_of(std::uint64_t n) { return office_of(n).substr(0, 6); }

using Contributions = std::map<record::Contribution, std::int64_t>;

Contributions counted(const record::Record &r) {
  Contributions out;
  for (auto c : contributions_of(r)) {
    auto value = std::exchange(c.value, 0);
    out[c] += value;
  }
  return out;
}

class StoreSubject final : public Subject {
public:
  StoreSubject(std::unique_ptr<store::Store> store, catalog::Catalog catalog)
      : store_(std::move(store)), catalog_(std::move(catalog)) {}

  Status step(std::uint64_t n) override {
    const bool bulk = n % 5 == 0;
    auto w = TRY(store_->write(
        {.bulk = bulk, .county = n % 10 == 0 ? "" : county_of(n), .late = n % 2 == 0}));
    if (TRY(w->keyed(county_of(n), "clerk", fmt::format("{}-0", n)))) return Done{};
    for (std::uint64_t i = 0; i < (bulk ? kBulk : 1); ++i) TRY(add(*w, n, i, n % 3 == 0));
    return w->commit();
  }

  std::string check(const std::set<std::uint64_t> &acknowledged, bool thorough) override {
    auto wrong = find_wrong(acknowledged);
    if (!wrong) return wrong.error().text();
    if (!wrong->empty() || !thorough) return *wrong;
    auto whole = store_->check();
    return whole ? std::string() : whole.error().text();
  }

private:
  static record::Record record_of(std::uint64_t n, std::uint64_t i) {
    auto r = i % 2 == 0
                 ? matter(n * 100 + i, office_of(n), "2023-03-15", fmt::format("第{}步之{}", n, i))
                 : full_matter(n * 100 + i, office_of(n), "2024-05-16");
    return r;
  }

  static Status add(store::Writer &w, std::uint64_t n, std::uint64_t i, bool corrected) {
    auto r = record_of(n, i);
    r.number = std::to_string(TRY(w.next_number(r.owner_org, "matter", 2023)));
    TRY(change(w, r, nullptr));
    if (!r.personal.empty()) TRY(w.put_record_key(county_of(n), r.id, "wrapped"));
    TRY(w.keep_answer(county_of(n), "clerk", fmt::format("{}-{}", n, i), {"hash", "{}"}));
    if (!corrected) return Done{};
    auto before = r;
    r.version = 2;
    r.values[kCopies] = catalog::Value(catalog::Count{1});
    return change(w, r, &before);
  }

  static Status change(store::Writer &w, const record::Record &r, const record::Record *before) {
    auto e = event_of(r, before == nullptr ? "open" : "correct");
    TRY(w.append(e));
    TRY(w.put(r));
    if (before != nullptr)
      for (const auto &c : contributions_of(*before)) TRY(w.move(r.owner_org, c, -1));
    for (const auto &c : contributions_of(r)) TRY(w.move(r.owner_org, c, 1));
    return Done{};
  }

  /// Everything kept, against everything acknowledged.
  Result<std::string> find_wrong(const std::set<std::uint64_t> &acknowledged) {
    struct Sum final : store::Visitor {
      std::map<RecordId, std::int64_t> versions; // by the events
      Contributions tallies;
      Contributions counts;
      std::set<RecordId> rows;
      std::map<OrgCode, std::set<std::int64_t>> numbers;
      std::string wrong;
      Status event(const record::Event &e) override {
        if (!e.record.is_nil()) ++versions[e.record];
        return Done{};
      }
      Status record(record::Record &&r) override {
        rows.insert(r.id);
        if (!numbers[r.owner_org].insert(std::stoll(r.number)).second)
          wrong = fmt::format("the number {} of {} was given twice", r.number, r.owner_org.text());
        if (versions[r.id] != r.version)
          wrong = fmt::format("row {} is at version {}, its events say {}", r.id.text(), r.version,
                              versions[r.id]);
        for (const auto &[c, value] : counted(r)) counts[c] += value;
        return Done{};
      }
      Status tally(const OrgCode &, const record::Contribution &row) override {
        auto c = row;
        auto value = std::exchange(c.value, 0);
        tallies[c] += value;
        return Done{};
      }
    } sum;
    auto r = TRY(store_->read());
    for (const auto &fault : TRY(store::verify(*r, catalog_.type_ids(), sum))) return fault.text();
    if (!sum.wrong.empty()) return sum.wrong;
    std::erase_if(sum.counts, [](const auto &e) { return e.second == 0; });
    if (sum.counts != sum.tallies) return std::string("tallies are not the counts of the records");
    for (const auto &[id, versions] : sum.versions)
      if (!sum.rows.contains(id)) return fmt::format("{} has events and no row", id.text());
    for (const auto &[office, numbers] : sum.numbers)
      if (*numbers.begin() != 1 || *numbers.rbegin() != static_cast<std::int64_t>(numbers.size()))
        return fmt::format("the numbers of {} have a gap", office.text());
    std::string register_fault;
    TRY(r->each_register([&](const store::RegisterRow &row) -> Status {
      if (row.last != static_cast<std::int64_t>(sum.numbers[row.owner].size()))
        register_fault = fmt::format("the register of {} says {}", row.owner.text(), row.last);
      return Done{};
    }));
    if (!register_fault.empty()) return register_fault;
    std::size_t expected = 0;
    for (auto n : acknowledged)
      for (std::uint64_t i = 0; i < (n % 5 == 0 ? kBulk : 1); ++i, ++expected) {
        const auto id = record_of(n, i).id;
        if (!sum.rows.contains(id))
          return fmt::format("step {} was acknowledged and its record {} is not there", n,
                             id.text());
        const bool keyed = i % 2 == 0 || TRY(r->record_key(id)).has_value();
        if (!keyed || !TRY(r->keyed(county_of(n), "clerk", fmt::format("{}-{}", n, i))))
          return fmt::format("step {} is there in part only", n);
      }
    std::size_t answers = 0;
    TRY(r->each_answer(
        [&](auto &, auto &, auto &, auto &) -> Status { return ++answers, Done{}; }));
    std::string misfit;
    TRY(r->each_misfit(
        [&](const std::string &where, const std::string &what) { misfit = where + ": " + what; }));
    if (!misfit.empty()) return misfit;
    if (answers != sum.rows.size()) return std::string("answers and rows differ in number");
    auto query = store::SearchQuery();
    query.words = "号土地承包";
    query.limit = 0;
    std::size_t full = 0;
    TRY(r->each_record("matter", [&](record::Record &&m) -> Status {
      return full += m.parts.empty() ? 0 : 1, Done{};
    }));
    if (TRY(r->search(query)).size() != full)
      return std::string("the search does not find what is there");
    return std::string();
  }

  std::unique_ptr<store::Store> store_;
  catalog::Catalog catalog_;
};

} // namespace

Result<std::unique_ptr<Subject>> store_subject(std::unique_ptr<store::Store> store) {
  auto catalog = small_catalog();
  TRY(store->migrate(catalog));
  return std::unique_ptr<Subject>(
      std::make_unique<StoreSubject>(std::move(store), std::move(catalog)));
}

Result<std::unique_ptr<Subject>> open_store_subject(const std::filesystem::path &directory) {
  return store_subject(TRY(sqlite::open(directory)));
}

} // namespace yifa::testing
