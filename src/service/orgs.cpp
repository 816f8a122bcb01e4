#include "service/orgs.h"

#include "base/text.h"
#include "exchange/orgs_in.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::array<std::string_view, 12> kEndings = {
    "街道办事处", "街道", "自治县", "自治州", "镇", "乡", "县", "区", "市", "省", "村", "社区"};

std::string without_ending(const std::string &name) {
  for (auto ending : kEndings)
    if (name.size() > ending.size() && name.ends_with(ending))
      return name.substr(0, name.size() - ending.size());
  return name;
}

/// Nodes of that very name, or of that name with one of the usual endings.
Result<std::vector<record::Org>> named(store::Reader &reader, const std::string &name) {
  auto found = TRY(reader.orgs_named(name, 50));
  if (!found.empty()) return found;
  for (auto ending : kEndings) {
    auto more = TRY(reader.orgs_named(name + std::string(ending), 50));
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

} // namespace

Result<bool> org_known(store::Reader &reader, const OrgCode &code) {
  if (code.is_nation()) return true;
  auto found = TRY(reader.org(code));
  if (found) return true;
  // Departments are listed where somebody listed them; their township answers for the rest.
  if (code.level() != OrgLevel::Department) return false;
  return TRY(reader.org(code.township())).has_value();
}

std::string short_name(const record::Org &org) { return without_ending(org.name); }

Result<std::string> long_name(store::Reader &reader, const OrgCode &code) {
  std::string name;
  for (OrgCode at = code; at.level() >= OrgLevel::County && at.text().size() >= 6;
       at = at.parent()) {
    auto org = TRY(reader.org(at));
    if (org) name = org->name + name;
    if (at.level() == OrgLevel::County) break;
  }
  return name.empty() ? code.text() : name;
}

Result<OrgCode> resolve_org(store::Reader &reader, const std::string &written,
                            const OrgCode &near) {
  std::string name = text::trim(written);
  if (auto code = OrgCode::parse(name)) {
    if (!TRY(org_known(reader, *code)))
      return not_found(fmt::format(
          "the organisation tree has no code {}; `yifa orgs import` loads a national list", name));
    return *code;
  }
  if (name.empty()) return invalid("an office is missing: give its code or its name");
  if (name == "全国") return OrgCode();
  std::vector<record::Org> found = TRY(named(reader, name));
  if (found.empty()) {
    // 邓州市张村镇: the last name decides, those above it must fit.
    for (std::size_t cut = 3; cut + 3 <= name.size() && found.empty(); cut += 3) {
      auto last = TRY(named(reader, name.substr(cut)));
      for (const auto &each : last) {
        auto full = TRY(long_name(reader, each.code));
        if (full == name || full.ends_with(name)) found.push_back(each);
      }
    }
  }
  if (!near.is_nation() && found.size() > 1) {
    std::vector<record::Org> inside;
    for (const auto &each : found)
      if (near.township().contains(each.code)) inside.push_back(each);
    if (!inside.empty()) found = std::move(inside);
  }
  if (found.size() > 1) {
    std::vector<record::Org> keeping;
    for (const auto &each : found)
      if (!TRY(reader.offices_with_records(each.code)).empty()) keeping.push_back(each);
    if (keeping.size() == 1) found = std::move(keeping);
  }
  if (found.empty()) return not_found(fmt::format("no office is called \"{}\"", name));
  if (found.size() == 1) return found.front().code;
  std::vector<Problem> candidates;
  for (const auto &each : found) {
    if (candidates.size() == 12) break;
    candidates.push_back({each.code.text(), TRY(long_name(reader, each.code)), "", ""});
  }
  return invalid(fmt::format("\"{}\" names several offices; give the code", name), candidates);
}

bool exists_on(const record::Org &org, Date day) {
  return (!org.from || *org.from <= day) && (!org.to || day < *org.to);
}

Result<std::vector<OrgCode>> villages_on(store::Reader &reader, const OrgCode &scope, Date day) {
  std::vector<OrgCode> codes;
  if (scope.level() == OrgLevel::Department) return codes;
  if (scope.level() == OrgLevel::Village) {
    auto org = TRY(reader.org(scope));
    if (org && org->kind == record::Org::Kind::Village && exists_on(*org, day))
      codes.push_back(scope);
    return codes;
  }
  for (const auto &org : TRY(reader.orgs_under(scope, OrgLevel::Village, 0)))
    if (org.kind == record::Org::Kind::Village && exists_on(org, day)) codes.push_back(org.code);
  return codes;
}

Result<std::vector<OrgCode>> offices_on(store::Reader &reader, const OrgCode &scope, Date day) {
  if (scope.text().size() >= 9) return std::vector<OrgCode>{scope};
  std::vector<OrgCode> codes;
  for (const auto &org : TRY(reader.orgs_under(scope, OrgLevel::Township, 0)))
    if (exists_on(org, day)) codes.push_back(org.code);
  return codes;
}

Result<OrgsImported> import_orgs(Environment &environment, const std::filesystem::path &path,
                                 const std::function<void(std::int64_t)> &progress) {
  auto writer = TRY(environment.store.write({.bulk = true}));
  OrgsImported done;
  TRY(exchange::read_orgs(path, [&](record::Org &&org) -> Status {
    TRY(writer->put_org(org));
    done.nodes += 1;
    if (done.nodes % 1000 == 0 && progress) progress(done.nodes);
    return Done{};
  }));
  if (done.nodes == 0) return invalid(fmt::format("{} holds no nodes", path.string()));
  TRY(writer->commit());
  return done;
}

} // namespace yifa::service
