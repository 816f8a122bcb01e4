#include "service/public_intake.h"

#include "account/code.h"
#include "account/lockout.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "service/handlers.h"
#include "service/permission.h"
#include "service/public_form_token.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr const char *kIntakeDecision = "major_decision";
constexpr const char *kIntakeInquiry = "inquiry";
constexpr const char *kFormPurpose = "public form";
constexpr const char *kRatePrefix = "public-rate:";
constexpr const char *kNumberPrefix = "public-number:";
constexpr const char *kFromSite = "site";
/// Twenty characters of five bits.
constexpr std::size_t kNumberLength = 20;
constexpr std::size_t kNumberGroup = 5;
/// Of one address: many may sit behind it, and a person writes once or twice.
constexpr account::LockoutRule kSenderRule{20, 60, 600, 3600};
/// Of one matter: beyond it the record would grow too heavy to be read as one.
constexpr std::int64_t kMostOpinions = 3000;

std::string number_key(const std::string &normal) {
  return kNumberPrefix + crypto::hex(crypto::sha256("query number " + normal));
}

/// Plain text as people type it: no control characters, one kind of line end.
std::string typed_text(std::string_view text) {
  if (!text::valid_utf8(text)) return {};
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    const auto u = static_cast<unsigned char>(c);
    out += (u < 0x20 && c != '\n') || u == 0x7F ? ' ' : c;
  }
  return text::trim(out);
}

void hold(Intake &intake, const char *field, const std::string &text, std::size_t most,
          bool required = false) {
  if (required && text.empty()) intake.faults.emplace_back(field, "empty");
  if (text::length(text) > most) intake.faults.emplace_back(field, "long");
  if (!intake.faults.empty()) intake.outcome = Intake::Outcome::Faulty;
}

std::string sender_key(const crypto::Key &key, const std::string &remote) {
  return kRatePrefix +
         crypto::hex(crypto::hmac(key, "sender " + account::address_group(remote))).substr(0, 24);
}

account::Failures parse_sent(const std::string &kept) {
  account::Failures sent;
  const auto parts = text::split(kept, ' ');
  if (parts.size() != 2) return sent;
  sent.count = std::atoi(parts[0].c_str());
  sent.last = Moment::from_unix(std::atoll(parts[1].c_str()));
  return sent;
}

} // namespace

std::string PublicIntake::opinion_purpose(const RecordId &decision) {
  return "opinion " + decision.text();
}

std::string PublicIntake::inquiry_purpose(const OrgCode &office) {
  return "inquiry " + office.text();
}

Result<std::string> PublicIntake::form_token(std::string_view purpose) const {
  if (!env_.master) return unavailable("nothing can be taken: there is no master key");
  return make_form_token(crypto::derive(*env_.master, kFormPurpose), purpose, env_.clock.now());
}

Result<PublicIntake::Judged> PublicIntake::judge(store::Writer &writer, const SentForm &form,
                                                 std::string_view purpose) const {
  if (!env_.master) return unavailable("nothing can be taken: there is no master key");
  const auto key = crypto::derive(*env_.master, kFormPurpose);
  Judged judged;
  judged.nonce = form_nonce(key, purpose, form.token, env_.clock.now());
  // What fills the hidden field is told the form is too old: a person who did it can go on.
  if (judged.nonce.empty() || !form.trap.empty()) {
    judged.intake.outcome = Intake::Outcome::OldForm;
    return judged;
  }
  if (const auto kept = TRY(writer.meta(sender_key(key, form.remote)))) {
    const auto until = account::free_from(kSenderRule, parse_sent(*kept));
    if (until > env_.clock.now()) {
      judged.intake.outcome = Intake::Outcome::TooMany;
      judged.intake.wait = until.unix_seconds() - env_.clock.now().unix_seconds();
    }
  }
  return judged;
}

Status PublicIntake::count_sender(store::Writer &writer, const std::string &remote) const {
  const auto now = env_.clock.now();
  for (const auto &each : TRY(writer.meta_keys(kRatePrefix)))
    if (const auto kept = TRY(writer.meta(each));
        kept && now.unix_seconds() - parse_sent(*kept).last.unix_seconds() > kSenderRule.memory)
      TRY(writer.drop_meta(each));
  const auto key = sender_key(crypto::derive(*env_.master, kFormPurpose), remote);
  const auto kept = TRY(writer.meta(key));
  const auto sent =
      account::after_failure(kSenderRule, kept ? parse_sent(*kept) : account::Failures{}, now);
  return writer.put_meta(key, fmt::format("{} {}", sent.count, sent.last.unix_seconds()));
}

Result<std::string> PublicIntake::keep_number(store::Writer &writer,
                                              const record::Receipt &receipt) const {
  auto number = TRY(account::new_code(kNumberLength, kNumberGroup));
  json::object out{{"v", 1}, {"ledger", receipt.type}, {"record", receipt.record.text()}};
  if (receipt.part) out["part"] = receipt.part->text();
  TRY(writer.put_meta(number_key(account::normal_code(number)), canonical(out)));
  return number;
}

Result<Intake> PublicIntake::take(const SentOpinion &opinion) {
  auto writer = TRY(env_.store.write({.county = opinion.office.county()}));
  auto judged = TRY(judge(*writer, opinion.form, opinion_purpose(opinion.decision)));
  if (judged.intake.outcome != Intake::Outcome::Taken) return judged.intake;
  PublicShelf shelf(env_, *writer);
  const auto decision = TRY(PublicDecisions(shelf).one(opinion.office, opinion.decision));
  if (!decision.open || decision.received >= kMostOpinions)
    return not_found("this matter is not open for comment");
  const auto words = typed_text(opinion.words);
  const auto about = typed_text(opinion.about);
  const auto contact = typed_text(opinion.contact);
  hold(judged.intake, "words", words, kIntakeSizes.words, true);
  hold(judged.intake, "about", about, kIntakeSizes.about);
  hold(judged.intake, "contact", contact, kIntakeSizes.contact);
  if (!judged.intake.faults.empty()) return judged.intake;

  const auto actor = public_actor(opinion.office, kIntakeDecision);
  record::Command command;
  command.actor = actor.id;
  command.client_key = "form:" + judged.nonce;
  command.type = kIntakeDecision;
  command.action = "opinion.open";
  command.record = opinion.decision;
  command.org = decision.record.owner_org;
  command.fields = {
      {"received_on", shelf.today().text()}, {"channel", kFromSite}, {"words", words}};
  if (!about.empty()) command.fields["about"] = about;
  if (!contact.empty()) command.fields["contact"] = contact;
  const auto receipt = ledgers_.apply_in(*writer, command, actor);
  if (!receipt && receipt.error().code == ErrorCode::Stale) {
    // The same form came with other words before: a fresh one takes these.
    judged.intake.outcome = Intake::Outcome::OldForm;
    return judged.intake;
  }
  if (!receipt) return receipt.error();
  judged.intake.query_number = TRY(keep_number(*writer, *receipt));
  TRY(count_sender(*writer, opinion.form.remote));
  TRY(writer->commit());
  return judged.intake;
}

Result<Intake> PublicIntake::take(const SentInquiry &inquiry) {
  auto writer = TRY(env_.store.write({.county = inquiry.office.county()}));
  auto judged = TRY(judge(*writer, inquiry.form, inquiry_purpose(inquiry.office)));
  if (judged.intake.outcome != Intake::Outcome::Taken) return judged.intake;
  PublicShelf shelf(env_, *writer);
  TRY(shelf.office(inquiry.office));
  const auto *type = TRY(find_type(*env_.catalog, kIntakeInquiry));
  const auto *kind = type->field("kind");
  const auto *kinds = kind != nullptr ? env_.catalog->list(kind->list) : nullptr;
  const auto words = typed_text(inquiry.words);
  const auto person = typed_text(inquiry.person);
  const auto contact = typed_text(inquiry.contact);
  if (kinds == nullptr || kinds->find(inquiry.kind) == nullptr)
    hold(judged.intake, "kind", "", 0, true);
  hold(judged.intake, "words", words, kIntakeSizes.words, true);
  hold(judged.intake, "person", person, kIntakeSizes.person, true);
  hold(judged.intake, "contact", contact, kIntakeSizes.contact, true);
  if (!judged.intake.faults.empty()) return judged.intake;

  const auto actor = public_actor(inquiry.office, kIntakeInquiry);
  record::Command command;
  command.actor = actor.id;
  command.client_key = "form:" + judged.nonce;
  command.type = kIntakeInquiry;
  command.action = "open";
  command.org = inquiry.office;
  command.tell_alike = false;
  command.fields = {{"kind", inquiry.kind}, {"received_on", shelf.today().text()},
                    {"channel", kFromSite}, {"words", words},
                    {"person", person},     {"contact", contact}};
  const auto receipt = ledgers_.apply_in(*writer, command, actor);
  if (!receipt && receipt.error().code == ErrorCode::Stale) {
    judged.intake.outcome = Intake::Outcome::OldForm;
    return judged.intake;
  }
  if (!receipt) return receipt.error();
  if (!receipt->repeated)
    if (const auto record = TRY(writer->get(kIntakeInquiry, receipt->record)))
      TRY(give_to_office(*writer, env_.clock.now(), *type, *record, actor));
  judged.intake.query_number = TRY(keep_number(*writer, *receipt));
  TRY(count_sender(*writer, inquiry.form.remote));
  TRY(writer->commit());
  return judged.intake;
}

Result<std::optional<PublicStatus>> PublicIntake::status(const std::string &query_number) {
  const std::optional<PublicStatus> none;
  const auto normal = account::normal_code(query_number);
  if (normal.size() != kNumberLength) return none;
  auto reader = TRY(env_.store.read());
  const auto kept = TRY(reader->meta(number_key(normal)));
  if (!kept) return none;
  const auto parsed = TRY(parse_json(*kept));
  const auto &found = parsed.as_object();
  PublicStatus out;
  out.ledger = std::string(found.at("ledger").as_string());
  out.record = TRY(RecordId::parse(std::string(found.at("record").as_string())));
  const auto record = TRY(reader->get(out.ledger, out.record));
  if (!record) return none;
  const auto &type = edition_of(*env_.catalog, *record);
  out.office = record->owner_org.township();
  out.received = record->recorded_at.date();
  out.withdrawn = record->withdrawn;
  if (const auto *state = type.state(record->state)) out.state = state->label;
  const Entries entries(type, *record);
  if (const auto *part = found.if_contains("part")) {
    PublicShelf shelf(env_, *reader);
    const auto decision = PublicDecisions(shelf).view(*record);
    out.title = decision.title;
    out.closes = decision.closes;
    for (const auto &each : record->parts) {
      if (each.id.text() != part->as_string()) continue;
      const Entries opinion(type.parts[static_cast<std::size_t>(each.part)], each);
      out.received = each.recorded_at.date();
      out.withdrawn = out.withdrawn || each.withdrawn;
      out.answered_on = opinion.day("answered_on");
      if (!out.answered_on) continue;
      out.answer = opinion.text("answer");
      out.result = opinion.code("result");
    }
    return std::optional<PublicStatus>(std::move(out));
  }
  out.title = entries.shown(*env_.catalog, "kind");
  out.answered_on = entries.day("answered_on");
  out.answer = entries.text("answer");
  TRY(follow(*reader, *record, out));
  reader.reset();
  TRY(add_limits(*record, out));
  return std::optional<PublicStatus>(std::move(out));
}

Status PublicIntake::follow(store::Reader &reader, const record::Record &record,
                            PublicStatus &status) {
  const Entries entries(edition_of(*env_.catalog, record), record);
  for (const char *link : {"request", "dispute"}) {
    const auto id = entries.link(link);
    const auto ledger = id ? TRY(reader.type_of(*id)) : std::nullopt;
    const auto linked = ledger ? TRY(reader.get(*ledger, *id)) : std::nullopt;
    if (!linked || linked->withdrawn) continue;
    const auto &type = edition_of(*env_.catalog, *linked);
    status.became = type.label;
    if (const auto *state = type.state(linked->state)) {
      status.became.zh += "　" + state->label.zh;
      status.became.en += ": " + state->label.en;
    }
    TRY(add_limits(*linked, status));
  }
  return Done{};
}

Status PublicIntake::add_limits(const record::Record &record, PublicStatus &status) {
  if (record.withdrawn) return Done{};
  const auto actor = public_actor(record.owner_org, record.type);
  auto outlook =
      TRY(Outlooks(ledgers_).next(record.id.text(), record.type, record.owner_org, actor));
  // What binds the other side or a higher office is not what the sender waits for.
  for (auto &limit : outlook.limits)
    if (limit.binds == "office" || limit.binds.empty()) status.limits.push_back(std::move(limit));
  return Done{};
}

} // namespace yifa::service
