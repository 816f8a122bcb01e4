#include "service/failure_book.h"

#include <doctest/doctest.h>

using namespace yifa;
using service::FailureBook;

TEST_CASE("a name is held after so many failures, and only it") {
  FailureBook book({2, 60, 100, 1000});
  const auto now = Moment::from_unix(1'000'000);
  for (int i = 0; i < 3; ++i) CHECK(book.add_unless_held("a", now) <= now);
  CHECK(book.add_unless_held("a", now).unix_seconds() == 1'000'060);
  CHECK(book.free_from("a").unix_seconds() == 1'000'060);
  CHECK(book.add_unless_held("b", now) <= now);
  // Asking while held lengthens nothing; the next one after it does.
  const auto later = Moment::from_unix(1'000'060);
  CHECK(book.add_unless_held("a", later) <= later);
  CHECK(book.add_unless_held("a", later).unix_seconds() == 1'000'160);
}

TEST_CASE("what was none is taken back") {
  FailureBook book({2, 60, 100, 1000});
  const auto now = Moment::from_unix(1'000'000);
  for (int i = 0; i < 100; ++i) {
    CHECK(book.add_unless_held("a", now) <= now);
    book.take_back("a");
  }
  for (int i = 0; i < 3; ++i) CHECK(book.add_unless_held("a", now) <= now);
  book.take_back("a");
  CHECK(book.add_unless_held("a", now) <= now);
  CHECK(book.add_unless_held("a", now) > now);
  book.take_back("nobody");
}
