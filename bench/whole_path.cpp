#include "whole_path.h"

#include "sqlite/fixed_tables.h"
#include "sqlite/store.h"

namespace yifa::bench {

Result<std::unique_ptr<store::Store>> open_sqlite(const std::string &,
                                                  const std::filesystem::path &folder) {
  return sqlite::open(folder);
}

Township::Township() {
  service::WorkspaceOptions options;
  options.data = folder_.path() / "town";
  options.key = folder_.path() / "town.key";
  must(service::Workspace::init(options, false, open_sqlite));
  space_ = must(service::Workspace::open(options, open_sqlite));
  auto writer = must(environment().store.write());
  for (const auto &[code, name, kind] :
       {std::tuple{"37", "山东省", record::Org::Kind::Division},
        std::tuple{"3703", "淄博市", record::Org::Kind::Division},
        std::tuple{"370306", "周村区", record::Org::Kind::Division},
        std::tuple{"370306104", "商家镇", record::Org::Kind::Town}}) {
    record::Org org;
    org.code = must(OrgCode::parse(code));
    org.name = name;
    org.kind = kind;
    must_do(writer->put_org(org));
  }
  must_do(writer->commit());
}

std::filesystem::path Township::database() const {
  return folder_.path() / "town" / sqlite::kFileName;
}

OrgCode Township::office() const { return must(OrgCode::parse("370306104")); }

service::Actor Township::clerk() { return service::local_operator("clerk"); }

record::Command dispute(const OrgCode &office, std::uint64_t n) {
  static constexpr const char *kKinds[] = {"neighbour", "marriage", "land", "contract", "house"};
  auto day = must(Date::from(2023, 1, 1)).plus_days(static_cast<int>(n % 365)).text();
  record::Command command;
  command.type = "dispute";
  command.action = "open";
  command.org = office;
  command.client_key = fmt::format("bench-{}", n);
  command.fields = {{"found_on", day},
                    {"origin", "screening"},
                    {"kind", kKinds[n % 5]},
                    {"many", n % 7 == 0},
                    {"amount", std::to_string(n % 900)}};
  return command;
}

} // namespace yifa::bench
