#include "desk_under_test.h"

#include "service/accounts.h"
#include "service/archives.h"
#include "service/handlers.h"

using namespace yifa;
using namespace yifa::testing;

namespace {

std::vector<std::string> handlers_in(service::Environment &env, const RecordId &record) {
  return must(must(env.store.read())->handlers(record));
}

} // namespace

TEST_CASE("an archive brings back the versions of a report and whom a matter was sent to") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto view = test.begin();
  const auto id = view.record.id;
  const auto &block = block_with(view, "党政班子集体学法");
  auto runs = written(block);
  runs.back().text += "补写一句。";
  const auto now = must(desk.save_block(id, 1, block.block->id, runs, test.officer));

  service::Accounts accounts(test.env());
  for (const char *user : {"counsel", "colleague"}) {
    service::NewAccount account;
    account.user.id = user;
    account.user.name = user;
    account.user.org = DeskUnderTest::town();
    account.user.roles = {"counsel"};
    must(accounts.create(account, test.owner));
    must(service::send_matter(test.env(), id, user, test.owner));
  }
  must(service::take_back_matter(test.env(), id, "colleague", test.owner));
  CHECK(handlers_in(test.env(), id) == std::vector<std::string>{"counsel"});

  const auto archive = test.folder() / "archive";
  must(service::export_all(test.space(), archive, {}));
  const auto fresh = test.fresh_place("fresh");
  must(service::load_archive(*fresh, archive, {}));
  CHECK(handlers_in(fresh->environment(), id) == std::vector<std::string>{"counsel"});
  service::Ledgers ledgers(fresh->environment());
  service::ReportDesk there(ledgers, DeskUnderTest::checker());
  const auto brought = must(there.open(id, std::nullopt, test.owner));
  CHECK(brought.version == 2);
  CHECK(brought.draft.document == now.draft.document);
  CHECK(must(there.open(id, 1, test.owner)).draft.document == view.draft.document);
}
