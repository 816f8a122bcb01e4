#include "service/submission_package.h"

#include "base/text.h"
#include "blob/blobs.h"
#include "crypto/hash.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::int64_t kForm = 1;
constexpr std::size_t kMostItems = 500;
constexpr std::size_t kMembers = 5; // contents, key, signature, statement, v

/// What keeps a signature given here from being taken for one of something else.
std::string signed_bytes(const std::string &statement) { return "yifa submission 1\n" + statement; }

json::object statement_json(const SubmissionStatement &statement, bool with_revision) {
  json::array items;
  for (const auto &item : statement.items)
    items.push_back({{"bytes", item.bytes}, {"hash", item.hash}, {"name", item.name}});
  json::array lacks;
  for (const auto &one : statement.lacks) lacks.emplace_back(one);
  json::object out{{"catalog", statement.catalog},      {"items", std::move(items)},
                   {"lacks", std::move(lacks)},         {"name", statement.office_name},
                   {"office", statement.office.text()}, {"year", statement.year}};
  if (with_revision) {
    out["revision"] = statement.revision;
    out["previous"] = statement.previous;
  }
  return out;
}

Error no_package(const std::string &where, const std::string &why) {
  return invalid("this is no package of a year, or it was changed on its way",
                 {{where, why, "", ""}});
}

/// Members of one object, each of its kind; every other is a fault.
class Members {
public:
  Members(const json::object &object, std::string where)
      : object_(object), where_(std::move(where)) {}

  Result<std::string> text(std::string_view name) {
    seen_.emplace(name);
    const auto *value = object_.if_contains(name);
    if (value == nullptr || !value->is_string()) return fault(name, "is a text");
    return std::string(value->get_string());
  }
  Result<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most) {
    seen_.emplace(name);
    const auto *value = object_.if_contains(name);
    if (value == nullptr || !value->is_int64() || value->get_int64() < least ||
        value->get_int64() > most)
      return fault(name, fmt::format("is a whole number from {} to {}", least, most));
    return value->get_int64();
  }
  Result<const json::array *> list(std::string_view name) {
    seen_.emplace(name);
    const auto *value = object_.if_contains(name);
    if (value == nullptr || !value->is_array()) return fault(name, "is a list");
    return &value->get_array();
  }
  Result<const json::object *> object(std::string_view name) {
    seen_.emplace(name);
    const auto *value = object_.if_contains(name);
    if (value == nullptr || !value->is_object()) return fault(name, "is an object");
    return &value->get_object();
  }
  Status no_other() const {
    for (const auto &each : object_)
      if (!seen_.contains(each.key())) return fault(each.key(), "does not belong there");
    return Done{};
  }
  Error fault(std::string_view name, const std::string &why) const {
    return no_package(where_ + std::string(name), why);
  }

private:
  const json::object &object_;
  std::string where_;
  std::set<std::string, std::less<>> seen_;
};

Result<SubmissionStatement> read_statement(const json::object &object) {
  Members members(object, "statement.");
  SubmissionStatement out;
  out.catalog = TRY(members.text("catalog"));
  out.office_name = TRY(members.text("name"));
  const auto office = OrgCode::parse(TRY(members.text("office")));
  if (!office || office->level() != OrgLevel::Township)
    return members.fault("office", "is the nine digits of a town");
  out.office = *office;
  out.year = static_cast<int>(TRY(members.number("year", 1949, 2200)));
  out.revision = static_cast<int>(TRY(members.number("revision", 1, 100'000)));
  out.previous = TRY(members.text("previous"));
  if (out.previous.empty() != (out.revision == 1) ||
      (!out.previous.empty() && !blob::is_hash(out.previous)))
    return members.fault("previous", "names the revision before");
  for (const auto &one : *TRY(members.list("lacks"))) {
    if (!one.is_string()) return members.fault("lacks", "is a list of words");
    out.lacks.emplace_back(one.get_string());
  }
  for (const auto &one : *TRY(members.list("items"))) {
    if (!one.is_object()) return members.fault("items", "is a list of objects");
    Members item(one.get_object(), "statement.items.");
    SubmissionStatement::Item made;
    made.name = TRY(item.text("name"));
    made.hash = TRY(item.text("hash"));
    made.bytes = TRY(item.number("bytes", 0, static_cast<std::int64_t>(kMostPackage)));
    TRY(item.no_other());
    if (!out.items.empty() && made.name <= out.items.back().name)
      return members.fault("items", "stand in the order of their names, each once");
    out.items.push_back(std::move(made));
  }
  if (out.items.size() > kMostItems) return members.fault("items", "are too many");
  TRY(members.no_other());
  return out;
}

} // namespace

std::string ledger_of_item(std::string_view name) {
  constexpr std::string_view ending = ".jsonl";
  if (!name.starts_with(kLedgerItems) || !name.ends_with(ending)) return {};
  name.remove_prefix(kLedgerItems.size());
  name.remove_suffix(ending.size());
  return std::string(name);
}

std::string SubmissionStatement::text() const { return canonical(statement_json(*this, true)); }

std::string SubmissionStatement::id() const { return crypto::hex(crypto::sha256(text())); }

std::string SubmissionStatement::content() const {
  return crypto::hex(crypto::sha256(canonical(statement_json(*this, false))));
}

std::string standing_question(const std::string &package_id) {
  return "yifa standing 1\n" + package_id;
}

std::vector<SubmissionStatement::Item>
list_items(const std::map<std::string, std::string> &contents) {
  std::vector<SubmissionStatement::Item> out;
  for (const auto &[name, content] : contents)
    out.push_back(
        {name, crypto::hex(crypto::sha256(content)), static_cast<std::int64_t>(content.size())});
  return out;
}

Result<std::string> write_package(const SubmissionStatement &statement,
                                  const std::map<std::string, std::string> &contents,
                                  const crypto::SigningKey &key) {
  const auto shown = TRY(key.verify_key());
  json::object held;
  for (const auto &[name, content] : contents) held[name] = content;
  const json::object out{{"contents", std::move(held)},
                         {"key", json::object{{"algorithm", crypto::to_string(shown.algorithm())},
                                              {"public", shown.text()}}},
                         {"signature", crypto::hex(TRY(key.sign(signed_bytes(statement.text()))))},
                         {"statement", statement_json(statement, true)},
                         {"v", kForm}};
  auto bytes = canonical(out);
  if (bytes.size() > kMostPackage)
    return invalid(fmt::format("the package would have {} bytes; a package has at most {}",
                               bytes.size(), kMostPackage));
  return bytes;
}

Result<SubmissionPackage> read_seal(std::string_view bytes) {
  if (bytes.size() > kMostPackage)
    return invalid(fmt::format("the package has {} bytes; a package has at most {}", bytes.size(),
                               kMostPackage));
  // Inside a text quotes are escaped, so these signs stand once: where the contents end.
  constexpr std::string_view before_key = R"(},"key":{"algorithm":")";
  const auto end = bytes.rfind(before_key);
  if (end == std::string_view::npos || bytes.size() - end > kMostSeal)
    return no_package("", "it is cut off or no package");
  const auto parsed = parse_json("{" + std::string(bytes.substr(end + 2)));
  if (!parsed || !parsed->is_object()) return no_package("", "it is cut off or no package");
  Members members(parsed->get_object(), "");
  TRY(members.number("v", kForm, kForm));
  SubmissionPackage out;
  out.statement = TRY(read_statement(*TRY(members.object("statement"))));
  Members key(*TRY(members.object("key")), "key.");
  const auto algorithm = TRY(key.text("algorithm"));
  const auto shown_text = TRY(key.text("public"));
  auto shown = crypto::VerifyKey::parse(shown_text);
  TRY(key.no_other());
  if (!shown || crypto::to_string(shown->algorithm()) != algorithm || shown->text() != shown_text)
    return key.fault("public", "is no key of its kind");
  const auto signature = TRY(members.text("signature"));
  out.signature = crypto::from_hex(signature);
  TRY(members.no_other());
  if (crypto::hex(out.signature) != signature ||
      !shown->verify(signed_bytes(out.statement.text()), out.signature))
    return no_package("signature", "is not of this statement and this key");
  out.key = std::move(*shown);
  return out;
}

Result<SubmissionPackage> read_package(std::string_view bytes) {
  auto out = TRY(read_seal(bytes));
  const auto parsed = parse_json(bytes);
  if (!parsed || !parsed->is_object()) return no_package("", "it is cut off or no package");
  Members members(parsed->get_object(), "");
  for (const auto &each : *TRY(members.object("contents"))) {
    if (!each.value().is_string()) return members.fault("contents", "are texts");
    out.contents.emplace(each.key(), each.value().get_string());
  }
  // Two files that say the same are the same file: what was added between is no part of it.
  if (parsed->get_object().size() != kMembers || canonical(*parsed) != bytes)
    return no_package("", "it is not in the one form of its bytes");
  const auto listed = list_items(out.contents);
  if (listed != out.statement.items) {
    for (const auto &item : out.statement.items)
      if (std::find(listed.begin(), listed.end(), item) == listed.end())
        return no_package(item.name, "is not what was signed");
    return no_package("contents", "hold more than was signed");
  }
  return out;
}

} // namespace yifa::service
