#pragma once

#include "service/environment.h"

#include <optional>
#include <string>
#include <vector>

/// Whose signature a county takes for a town's. One key an office; told by the county's
/// administrative chain.
namespace yifa::service {

struct TrustedKey {
  OrgCode office;
  std::string fingerprint; ///< crypto::VerifyKey::fingerprint
  Date since;
  std::string by; ///< who registered it
};

/// By office. Unavailable.
Result<std::vector<TrustedKey>> trusted_keys(store::Reader &reader);
Result<std::optional<TrustedKey>> trusted_key(store::Reader &reader, const OrgCode &office);

/// Registers the key with which an office signs from now on, in place of the one before. Invalid
/// for an office that is no town or no fingerprint; NotFound for one the tree does not know;
/// Refused when the key is another office's already.
Result<TrustedKey> trust_key(Environment &environment, const OrgCode &office,
                             const std::string &fingerprint, const Actor &actor);
/// NotFound when the office has none.
Status distrust_key(Environment &environment, const OrgCode &office, const Actor &actor);

/// Writes them anew from the administrative chains: after an archive came back.
Status bring_back_keys(store::Writer &writer);

} // namespace yifa::service
