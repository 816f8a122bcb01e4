// A program that writes to a database until it is stopped, and one that looks whether all is there
// (kills.py drives both):
//   postgres_worker URL write FIRST   takes step after step, repeats with its client key what the
//   store could not say, tells each
//                                     acknowledged step on a line of its own
//   postgres_worker URL check         reads acknowledged steps from its input; says what is wrong
//   and ends with 1
#include "store_subject.h"

#include "postgres/store.h"

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

using namespace yifa;
using namespace yifa::testing;

namespace {

int failed(const Error &error) {
  std::cerr << error.text() << std::endl;
  return 4;
}

/// Opens it as soon as the server lets us.
Result<std::unique_ptr<Subject>> opened(const std::string &url) {
  while (true) {
    auto store = postgres::open(url);
    auto subject = store ? store_subject(std::move(*store))
                         : Result<std::unique_ptr<Subject>>(std::move(store).error());
    if (subject || subject.error().code != ErrorCode::Unavailable) return subject;
    std::cerr << subject.error().text() << std::endl;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

int write(Subject &subject, std::uint64_t first) {
  for (auto n = first;; ++n) {
    while (true) {
      const auto done = subject.step(n);
      if (done) break;
      if (done.error().code != ErrorCode::Unavailable) return failed(done.error());
      std::cerr << done.error().text() << std::endl;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    std::cout << n << std::endl;
  }
}

int check(Subject &subject) {
  std::set<std::uint64_t> acknowledged;
  for (std::uint64_t n = 0; std::cin >> n;) acknowledged.insert(n);
  const auto wrong = subject.check(acknowledged, false);
  std::cerr << wrong << std::endl;
  return wrong.empty() ? 0 : 1;
}

} // namespace

int main(int count, char **words) {
  if (count < 3) return 2;
  auto subject = opened(words[1]);
  if (!subject) return failed(subject.error());
  if (std::string(words[2]) == "check") return check(**subject);
  return write(**subject, count > 3 ? std::strtoull(words[3], nullptr, 10) : 1);
}
