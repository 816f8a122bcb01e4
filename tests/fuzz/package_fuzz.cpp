#include "base/json.h"
#include "catalog/embedded.h"
#include "catalog/loader.h"
#include "catalog/submission.h"
#include "crypto/hash.h"
#include "service/submission_contents.h"
#include "service/submission_figures.h"
#include "service/submission_package.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// What a town sends to its county. The first byte says how the rest is taken: 'p' as a package's
/// file; 's' as {"contents", "statement"} that is signed here, so that what lies behind the
/// signature is reached; 'j' as {item: text} that the county judges; 'k' as the DER of a key, which
/// a stranger may send in a pass.
using namespace yifa;
using namespace yifa::service;

namespace {

void hold(bool truth) {
  if (!truth) std::abort();
}

const crypto::SigningKey &own_key() {
  static const auto key = crypto::SigningKey::random(crypto::Signing::Ed25519).value();
  return key;
}

const catalog::Catalog &built_in() {
  static const auto loaded = catalog::load(catalog::embedded_sources());
  return *loaded.catalog;
}

/// What holds of every package that was read, whoever sent it.
void hold_read(const SubmissionPackage &read, std::string_view bytes) {
  hold(read.key && read.statement.items == list_items(read.contents));
  hold(read.statement.office.level() == OrgLevel::Township);
  const auto seal = read_seal(bytes);
  hold(seal.has_value() && seal->contents.empty() && seal->signature == read.signature);
  hold(seal->statement.text() == read.statement.text());
  hold((read.statement.revision == 1) == read.statement.previous.empty());
  const auto again = write_package(read.statement, read.contents, own_key());
  hold(again.has_value());
  const auto reread = read_package(*again);
  hold(reread.has_value() && reread->statement.id() == read.statement.id());
  hold(reread->contents == read.contents);
}

void fuzz_package(std::string_view bytes) {
  const auto seal = read_seal(bytes);
  const auto read = read_package(bytes);
  hold(seal.has_value() || !read.has_value());
  if (!seal) hold(!seal.error().message.empty());
  if (read) hold_read(*read, bytes);
}

void fuzz_signed(std::string_view bytes) {
  const auto parsed = parse_json(bytes);
  const auto *given = parsed ? parsed->if_object() : nullptr;
  const auto *statement = given != nullptr ? given->if_contains("statement") : nullptr;
  const auto *contents = given != nullptr ? given->if_contains("contents") : nullptr;
  if (statement == nullptr || contents == nullptr) return;
  const auto shown = own_key().verify_key().value();
  const auto said = canonical(*statement);
  const auto file = canonical(
      json::object{{"contents", *contents},
                   {"key", json::object{{"algorithm", crypto::to_string(shown.algorithm())},
                                        {"public", shown.text()}}},
                   {"signature", crypto::hex(own_key().sign("yifa submission 1\n" + said).value())},
                   {"statement", *statement},
                   {"v", 1}});
  const auto read = read_package(file);
  if (!read) return hold(!read.error().message.empty());
  hold(read->statement.text() == said); // nothing that was signed is left out
  hold_read(*read, file);
}

void fuzz_judged(std::string_view bytes) {
  const auto parsed = parse_json(bytes);
  const auto *given = parsed ? parsed->if_object() : nullptr;
  if (given == nullptr) return;
  std::map<std::string, std::string> items;
  for (const auto &each : *given)
    if (each.value().is_string())
      items.emplace(std::string(each.key()), std::string(each.value().get_string()));
  catalog::SubmissionRule rule;
  rule.ledger = true;
  rule.figures = items.contains(std::string(kFiguresItem));
  const auto office = OrgCode::parse("500229107").value();
  const auto judged = judge_submission(built_in(), rule, office, 2023, items);
  if (!judged) return hold(!judged.error().message.empty() && !judged.error().problems.empty());
  for (const auto &[name, text] : items) {
    if (name == kFiguresItem) hold(read_sent_figures(text).has_value());
    if (const auto ledger = ledger_of_item(name); !ledger.empty())
      hold(rule.asks_ledger(ledger) && built_in().type(ledger) != nullptr);
  }
}

void fuzz_key(std::string_view bytes) {
  const auto key = crypto::VerifyKey::parse(crypto::hex(std::string(bytes)));
  if (!key) return hold(!key.error().message.empty());
  const auto again = crypto::VerifyKey::parse(key->text());
  hold(again.has_value() && again->fingerprint() == key->fingerprint());
  hold(again->algorithm() == key->algorithm());
  hold(!key->verify("nothing it signed", bytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char *>(data) + 1, size - 1);
  switch (data[0]) {
  case 'p':
    fuzz_package(rest);
    break;
  case 's':
    fuzz_signed(rest);
    break;
  case 'j':
    fuzz_judged(rest);
    break;
  case 'k':
    fuzz_key(rest);
    break;
  default:
    fuzz_package({reinterpret_cast<const char *>(data), size});
  }
  return 0;
}
