#include "wire/submission_json.h"

namespace yifa::wire {
namespace {

json::value amount_or_null(const std::optional<Decimal> &amount) {
  if (!amount) return nullptr;
  if (amount->millionths() % 1'000'000 == 0) return amount->millionths() / 1'000'000;
  return static_cast<double>(amount->millionths()) / 1e6;
}

json::value word_or_null(const std::string &word) {
  return word.empty() ? json::value() : json::value(word);
}

json::value kept_json(const std::optional<service::KeptSubmission> &kept) {
  if (!kept) return nullptr;
  return {
      {"record", kept->record.text()}, {"package", kept->id},  {"year", kept->year},
      {"revision", kept->revision},    {"state", kept->state}, {"sent_on", kept->sent_on.text()},
      {"lacks", kept->lacks}};
}

json::object statement_part(const service::SubmissionStatement &statement) {
  json::array items;
  for (const auto &item : statement.items)
    items.push_back({{"name", item.name}, {"hash", item.hash}, {"bytes", item.bytes}});
  json::array lacks;
  for (const auto &one : statement.lacks) lacks.emplace_back(one);
  return {{"package", statement.id()},      {"org", statement.office.text()},
          {"name", statement.office_name},  {"year", statement.year},
          {"revision", statement.revision}, {"previous", word_or_null(statement.previous)},
          {"lacks", std::move(lacks)},      {"items", std::move(items)}};
}

} // namespace

json::object to_json(const service::Submissions::Made &made) {
  auto out = statement_part(made.statement);
  out["record"] = made.record.text();
  out["state"] = made.state;
  out["repeated"] = made.repeated;
  return out;
}

json::object to_json(const service::Submissions::Received &received) {
  auto out = statement_part(received.statement);
  out["record"] = received.record.text();
  out["state"] = received.state;
  out["repeated"] = received.repeated;
  out["fingerprint"] = received.fingerprint;
  json::array notes;
  for (const auto &note : received.notes) notes.emplace_back(note);
  out["notes"] = std::move(notes);
  return out;
}

json::object to_json(const service::Standing &standing) {
  return {{"package", standing.id},
          {"state", standing.state},
          {"reason", standing.reason},
          {"revision", standing.revision},
          {"latest", standing.latest}};
}

json::object to_json(const service::TrustedKey &key) {
  return {{"org", key.office.text()},
          {"fingerprint", key.fingerprint},
          {"since", key.since.text()},
          {"by", key.by}};
}

json::object towns_json(const OrgCode &county, int year,
                        const std::vector<service::Submissions::Town> &towns) {
  json::array items;
  json::array missing;
  std::int64_t accepted = 0;
  for (const auto &town : towns) {
    if (!town.latest) missing.emplace_back(town.office.text());
    if (town.accepted) ++accepted;
    items.push_back({{"org", town.office.text()},
                     {"name", town.name},
                     {"state", town.latest ? town.latest->state : "missing"},
                     {"latest", kept_json(town.latest)},
                     {"accepted", town.accepted ? json::value(*town.accepted) : json::value()},
                     {"fingerprint", word_or_null(town.fingerprint)}});
  }
  return {{"org", county.text()},
          {"year", year},
          {"towns", std::move(items)},
          {"accepted", accepted},
          {"missing", std::move(missing)}};
}

json::object to_json(const service::Comparison &comparison) {
  json::array figures;
  for (const auto &one : comparison.figures)
    figures.push_back(
        {{"id", one.id},
         {"label", one.label},
         {"unit", one.unit},
         {"change", service::to_string(one.kind)},
         {"status", record::to_string(one.status)},
         {"status_before",
          one.status_before ? json::value(record::to_string(*one.status_before)) : json::value()},
         {"now", amount_or_null(one.now)},
         {"before", amount_or_null(one.before)},
         {"difference", amount_or_null(one.difference)},
         {"percent", amount_or_null(one.percent)},
         {"redefined", one.redefined}});
  return {{"org", comparison.package.office.text()},
          {"name", comparison.town},
          {"year", comparison.package.year},
          {"year_before", comparison.year_before},
          {"submission", kept_json(comparison.package)},
          {"with", comparison.before         ? "package"
                   : comparison.with_records ? "records"
                                             : "nothing"},
          {"before", kept_json(comparison.before)},
          {"figures", std::move(figures)}};
}

json::object to_json(const service::SubmissionSums &sums) {
  json::array missing;
  for (const auto &town : sums.towns)
    if (!town.accepted)
      missing.push_back({{"org", town.office.text()},
                         {"name", town.name},
                         {"state", town.latest ? town.latest->state : "missing"}});
  json::array figures;
  for (const auto &figure : sums.figures) figures.push_back(record::to_json(figure));
  json::array left_out;
  for (const auto &[id, why] : sums.left_out) left_out.push_back({{"id", id}, {"why", why}});
  return {{"org", sums.county.text()},
          {"name", sums.name},
          {"year", sums.year},
          {"towns", sums.towns.size()},
          {"added", sums.added.size()},
          {"missing", std::move(missing)},
          {"figures", std::move(figures)},
          {"left_out", std::move(left_out)}};
}

} // namespace yifa::wire
