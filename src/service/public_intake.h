#pragma once

#include "service/ledgers.h"
#include "service/outlook.h"
#include "service/public_decisions.h"

#include <string_view>

/// What people send in from the public pages, without an account, and how they ask after it.
namespace yifa::service {

/// What may stand in a form, in characters; more is told as too long.
struct IntakeSizes {
  std::size_t words = 2000;
  std::size_t about = 60;
  std::size_t person = 30;
  std::size_t contact = 100;
};
inline constexpr IntakeSizes kIntakeSizes;

/// The part of a form that does not depend on what it asks.
struct SentForm {
  std::string token;  ///< as `form_token` gave it
  std::string trap;   ///< a field no person sees; filled by programs
  std::string remote; ///< the peer's address; kept as a keyed hash, for an hour
};

struct SentOpinion {
  SentForm form;
  OrgCode office;
  RecordId decision;
  std::string words;
  std::string about;
  std::string contact;
};

struct SentInquiry {
  SentForm form;
  OrgCode office;
  std::string kind; ///< a code of the ledger's `kind`
  std::string words;
  std::string person;
  std::string contact;
};

/// What became of it.
struct Intake {
  enum class Outcome {
    Taken,
    TooMany, ///< from this address; `wait` says how many seconds
    OldForm, ///< the token is none of ours or too old: a new form must be shown
    Faulty,  ///< `faults`
  };
  Outcome outcome = Outcome::Taken;
  std::string query_number; ///< of Taken: told once, kept as a hash
  std::int64_t wait = 0;
  /// Of Faulty: the field, and "empty" or "long".
  std::vector<std::pair<std::string, std::string>> faults;
};

/// What a query number leads to. No personal data.
struct PublicStatus {
  std::string ledger;
  RecordId record;
  OrgCode office;
  Date received;
  bool withdrawn = false;
  std::string title; ///< of an opinion: the decision; else the kind of matter
  catalog::Words state;
  std::optional<Date> closes; ///< of an opinion: until when others may be given
  std::string answer;         ///< empty while there is none
  std::string result;         ///< code; of an opinion
  std::optional<Date> answered_on;
  /// The time limits as the office sees them, of the matter and of what it became.
  std::vector<LimitAhead> limits;
  catalog::Words became; ///< the ledger it was passed on to and the state there; may be empty
};

/// Takes what the public sends. May be used by several threads, each with an object of its own.
class PublicIntake {
public:
  explicit PublicIntake(Ledgers &ledgers) : ledgers_(ledgers), env_(ledgers.environment()) {}

  /// Whether anything can be taken: personal fields need a master key.
  bool open() const { return env_.master.has_value(); }

  /// Names one filling-in of one form: sent twice it is the same record. `purpose` tells forms
  /// apart. Unavailable without a master key.
  Result<std::string> form_token(std::string_view purpose) const;
  static std::string opinion_purpose(const RecordId &decision);
  static std::string inquiry_purpose(const OrgCode &office);

  /// NotFound when the matter is not open for comment (any more); Unavailable.
  Result<Intake> take(const SentOpinion &opinion);
  /// NotFound for an office without public pages.
  Result<Intake> take(const SentInquiry &inquiry);

  /// Nothing for an unknown number.
  Result<std::optional<PublicStatus>> status(const std::string &query_number);

private:
  struct Judged {
    Intake intake;
    std::string nonce; ///< of the token
  };
  /// Token, trap and rate; the record is not looked at yet.
  Result<Judged> judge(store::Writer &writer, const SentForm &form, std::string_view purpose) const;
  Status count_sender(store::Writer &writer, const std::string &remote) const;
  Result<std::string> keep_number(store::Writer &writer, const record::Receipt &receipt) const;
  Status add_limits(const record::Record &record, PublicStatus &status);
  Status follow(store::Reader &reader, const record::Record &record, PublicStatus &status);

  Ledgers &ledgers_;
  Environment &env_;
};

} // namespace yifa::service
