#pragma once

#include "folder.h"
#include "small_catalog.h"
#include "store/port.h"

#include <cstdlib>

#include <doctest/doctest.h>

/// One suite for every backend: a backend is one more open_store_under_test, linked with the same
/// tests.
namespace yifa::testing {

/// Opens (and makes) the store of a directory. Defined once a backend.
std::unique_ptr<store::Store> open_store_under_test(const std::filesystem::path &directory);

/// A fresh store bound to the small catalog.
struct Kept {
  Folder folder;
  catalog::Catalog catalog = small_catalog();
  std::unique_ptr<store::Store> store;

  Kept() { reopen(); }
  void reopen() {
    store.reset();
    store = open_store_under_test(folder.path());
    const auto made = store->migrate(catalog);
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().text()));
  }
  std::unique_ptr<store::Reader> read() { return std::move(store->read().value()); }
  std::unique_ptr<store::Writer> write(bool bulk = false) {
    // The whole suite may be asked again with refusals that may come late.
    const bool late = std::getenv("YIFA_STORE_LATE") != nullptr;
    return std::move(store->write({.bulk = bulk, .late = late}).value());
  }
  /// One that is told of each refusal at once.
  std::unique_ptr<store::Writer> write_strictly() { return std::move(store->write({}).value()); }
  void add(const std::vector<record::Record> &records) {
    auto w = write();
    for (const auto &r : records) REQUIRE(w->put(r));
    REQUIRE(w->commit());
  }
};

inline store::SearchQuery words_of(const std::string &words, const std::string &scope = {}) {
  store::SearchQuery query;
  query.words = words;
  query.scope = org(scope);
  return query;
}

inline record::TallyQuery months(const std::string &scope, Month from, Month to,
                                 bool stock = false) {
  record::TallyQuery query;
  query.scope = org(scope);
  query.from = from;
  query.to = to;
  query.stock = stock;
  return query;
}

/// The value by itself: a range-for over a temporary Result would look at what is gone.
template <typename T> T take(Result<T> result) { return std::move(result.value()); }

/// The error's text, or "" for success: gives doctest something to print.
template <typename R> std::string fault(const R &result) {
  return result ? std::string() : result.error().text();
}

} // namespace yifa::testing
