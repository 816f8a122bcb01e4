#pragma once

#include "indicator/contributions.h"
#include "procedure/gates.h"
#include "procedure/steps.h"
#include "record/codec.h"
#include "service/journal.h"
#include "service/ledgers.h"

#include <set>

namespace yifa::service {

/// The part named in "hearing.open": its index and the verb.
struct PartAction {
  int part = -1;
  std::string verb;
};

/// One command under way inside one transaction: what Ledgers carries out. Used once.
class Work {
public:
  Work(Environment &env, const Workings &workings, store::Reader &reader, store::Writer *writer,
       const record::Command &command, const Actor &actor, const KeyedIds *keys)
      : env_(env), workings_(workings), reader_(reader), writer_(writer), command_(command),
        actor_(actor), keys_(keys), around_(env, reader, &workings.calendar), at_(env.clock.now()) {
  }
  Result<record::Receipt> run();

private:
  Result<record::Receipt> carry_out();
  record::DecodeContext context(Date day);
  Result<RecordId> resolve_link(const std::string &written, const std::vector<std::string> &to);
  /// Whether the actor may look at it: what he may not see he cannot link to.
  Result<bool> sees(const record::Record &record);
  Result<record::Record> load();
  /// The day a record belongs to, from what was written for the type's day field.
  Result<Date> own_day();
  Date day_of(const record::Record &record) const;
  /// Whether the type's day is a number field that holds a year.
  bool day_is_year() const;
  void check_year(std::vector<Problem> &problems) const;
  OrgCode place_of(const record::Record &record) const;
  void settle_day();
  Result<record::Receipt> open();
  Result<record::Receipt> act();
  Result<record::Receipt> correct();
  Result<record::Receipt> withdraw();
  Result<record::Receipt> forget();
  /// Grants a lawful extension of a time limit before its due day.
  Result<record::Receipt> extend();
  Result<record::Receipt> do_part(const PartAction &wanted);
  /// Decodes the parts that come with an opening; problems are added with paths "parts[n].field".
  Result<std::vector<record::PartRecord>> decode_parts(json::object &personal,
                                                       std::vector<Problem> &problems);
  Status check_at_most(const catalog::Part &part, const record::PartRecord &made, int index);
  /// What the command says for a field under any of its names; null when it does not.
  const json::value *written(const std::vector<catalog::Field> &fields, int index) const;
  /// The fields that can be read when others cannot, so that only what is missing is told missing.
  std::vector<catalog::Value> readable_fields(Date day);
  /// Lays the command's fields over the record; a field written as null is emptied.
  Status overlay_fields();
  /// Whether `now` is `before` with lines added behind.
  static bool extends(const catalog::Value &before, const catalog::Value &now);
  Status merge_personal(const json::object &fields, const std::string &part,
                        const json::object &part_fields);
  /// A successor must not come round to itself.
  Status check_links();
  Status warn_duplicates();
  /// Works out the keyed hash of look-alikes by personal fields, while their values are at hand.
  Status note_blind();
  /// Keeps it in place of the one before.
  Status keep_blind();
  /// Judges gates on the record as it would stand. Refused with every article that forbids the
  /// step; Invalid when an article's expectation is passed, or an exemption claimed, without a
  /// reason. What was passed is kept with the event. Records of an import are of the past: they are
  /// not judged.
  Status pass_gates(const std::vector<catalog::Gate> &gates, const record::PartRecord *part,
                    const std::string &role);
  /// Whether the conditions of a step that look at the record itself hold: which of several ways an
  /// import took.
  bool fits(const catalog::Transition &step);
  /// What a field of papers names must be there and be the actor's to name (attachments.h); of
  /// another's nothing else is told than of one that is not there. Invalid, one problem a paper.
  Status check_papers(const std::vector<catalog::Field> &fields,
                      const std::vector<catalog::Value> &values, const std::string &path);
  Result<bool> may_name(const std::string &hash);
  /// A correction must not make unlawful what was lawfully done: gates of the steps already taken
  /// that held before and would not hold any more speak as at the step itself.
  Status hold_taken_steps();
  Result<std::vector<procedure::Verdict>> judge(const std::vector<catalog::Gate> &gates,
                                                const record::Record &standing,
                                                const record::PartRecord *part,
                                                const std::string &role);
  Status weigh(const std::vector<procedure::Verdict> &verdicts);
  std::vector<procedure::Claim> claims() const;
  Status store_step(const std::string &action, const catalog::Transition *step);
  /// Legal registers: gap-free within office and year; what a number was given to keeps it for
  /// ever.
  Status give_number(const catalog::Transition &step);
  Status store_change(const std::string &action, Change change);
  Status derive_own();
  Status move_tallies(const record::Record &old_record, const record::Record &new_record);
  /// Records whose derived fields look at the one that changed follow in the same transaction. The
  /// graph of types is acyclic (the loader proves it), so this ends.
  Status settle_dependents(const record::Record &old_record, const record::Record &new_record,
                           int depth);
  std::string field_name(const catalog::FieldRef &ref) const;
  /// The record as it would stand, with its personal values: for looking whether they are there.
  Result<record::Record> whole(const record::Record &record);
  /// The same, its derived fields as they will be.
  Result<record::Record> standing(const record::Record &record);
  static void add_new(std::vector<Problem> &problems, const Problem &problem);
  record::Receipt receipt() const;

  Environment &env_;
  const Workings &workings_;
  store::Reader &reader_;
  store::Writer *writer_;
  const record::Command &command_;
  const Actor &actor_;
  const KeyedIds *keys_; ///< may be null
  Around around_;
  Moment at_; ///< one moment for everything the command does
  const catalog::RecordType *type_ = nullptr;
  record::Record before_;
  record::Record after_;
  std::vector<Problem> warnings_;
  std::set<std::string> known_gates_; ///< that were judged, by id and by last word
  std::vector<std::string> warned_;
  std::vector<std::pair<std::string, std::string>> exempt_;
  std::optional<std::string> blind_;
  bool blind_moved_ = false;
};

} // namespace yifa::service
