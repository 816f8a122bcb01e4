#include "service/submission_door.h"

#include "base/text.h"
#include "blob/blobs.h"
#include "crypto/hash.h"
#include "crypto/signing.h"
#include "service/submission_keys.h"

#include <algorithm>

namespace yifa::service {
namespace {

/// More is no key and no signature of a kind we know.
constexpr std::size_t kMostPass = 1024;

Error strangers_wait(std::int64_t seconds) {
  auto error = unavailable("too many packages that were not taken came from this address; wait "
                           "before the next one");
  error.problems.push_back({"@too_many", std::to_string(seconds), "", ""});
  return error;
}

} // namespace

std::string pass_bytes(const std::string &package_id) { return "yifa sending 1\n" + package_id; }

Result<bool> SubmissionDoor::registered(std::string_view pass) {
  if (pass.empty() || pass.size() > kMostPass) return false;
  const auto words = text::split(std::string(pass), ' ');
  if (words.size() != 3 || !blob::is_hash(words[1])) return false;
  const auto key = crypto::VerifyKey::parse(words[0]);
  if (!key) return false;
  const auto fingerprint = key->fingerprint();
  auto reader = TRY(env_.store.read());
  const auto known = TRY(trusted_keys(*reader));
  return std::any_of(known.begin(), known.end(),
                     [&](const auto &one) { return one.fingerprint == fingerprint; }) &&
         key->verify(pass_bytes(words[1]), crypto::from_hex(words[2]));
}

Status SubmissionDoor::enter(const std::string &remote, std::string_view pass) {
  if (TRY(registered(pass))) return Done{};
  const auto now = env_.clock.now();
  const auto until = strangers_.add_unless_held(account::address_group(remote), now);
  if (until > now) return strangers_wait(until.unix_seconds() - now.unix_seconds());
  return Done{};
}

void SubmissionDoor::known(const std::string &remote) {
  strangers_.take_back(account::address_group(remote));
}

} // namespace yifa::service
