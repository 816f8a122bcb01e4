#include "http/lists.h"

#include "base/text.h"
#include "exchange/table_out.h"
#include "service/filters.h"

#include <fstream>
#include <utility>

#include <fmt/format.h>

namespace yifa::http {
namespace {

constexpr std::int64_t kRowsAtOnce = 1000;

/// An export under way: a page of records a piece, so that memory does not grow with the ledger.
class Export {
public:
  Export(Desk &desk, service::Actor actor, record::Query query, std::string words)
      : desk_(desk), actor_(std::move(actor)), query_(std::move(query)), words_(std::move(words)) {}

  ~Export() {
    std::error_code gone;
    if (!file_.empty()) std::filesystem::remove(file_, gone);
  }
  Export(const Export &) = delete;
  Export &operator=(const Export &) = delete;

  Status begin(const std::string &format, exchange::ListSpec spec) {
    // The first rows are read before anything is promised: what may not be seen is refused.
    first_ = TRY(next_records());
    reader_ = TRY(desk_.environment().store.read());
    spec.org_name = [this](const OrgCode &code) {
      auto found = reader_->org(code);
      return found && *found ? (*found)->name : code.text();
    };
    spec.link_label = [this](const RecordId &id) {
      auto of = reader_->type_of(id);
      if (!of || !*of) return id.text();
      auto found = reader_->get(**of, id);
      if (!found || !*found || !service::permit_record(*reader_, actor_, **found)) return id.text();
      return (*found)->number;
    };
    const auto sink = [this](std::string_view bytes) -> Status {
      waiting_ += bytes;
      return Done{};
    };
    const auto form = TRY(exchange::parse_list_format(format));
    // A workbook is a packed file: whole before its first byte can be sent.
    if (form == exchange::ListFormat::Xlsx)
      file_ = desk_.spool() / (desk_.environment().ids.next().text() + ".xlsx");
    writer_.emplace(TRY(exchange::ListWriter::create(form, spec, sink, file_)));
    return Done{};
  }

  /// What is written next; a fault midway cuts the answer short, which the client sees.
  Piece next() {
    if (in_.is_open()) return piece_of_file();
    auto piece = page();
    if (!piece.end || file_.empty()) return piece;
    in_.open(file_, std::ios::binary);
    return piece_of_file();
  }

private:
  Piece piece_of_file() {
    std::string bytes(64 << 10, '\0');
    in_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in_.gcount()));
    return {std::move(bytes), !in_.good(), false};
  }

  Piece page() {
    auto records = first_ ? std::exchange(first_, std::nullopt).value() : next_records();
    if (!records) return broken();
    for (const auto &record : *records)
      if (!writer_->add(record)) return broken();
    const bool last = records->size() < static_cast<std::size_t>(kRowsAtOnce);
    if (last && !writer_->finish()) return broken();
    return {std::exchange(waiting_, {}), last};
  }

  static Piece broken() {
    Piece piece;
    piece.broken = true;
    return piece;
  }

  Result<std::vector<record::Record>> next_records() {
    query_.limit = kRowsAtOnce;
    auto records = TRY(desk_.ledgers().list(query_, actor_, words_));
    if (!records.empty()) query_.after = {records.back().day, records.back().id};
    return records;
  }

  Desk &desk_;
  service::Actor actor_;
  record::Query query_;
  std::string words_;
  std::unique_ptr<store::Reader> reader_;
  std::optional<Result<std::vector<record::Record>>> first_;
  std::optional<exchange::ListWriter> writer_;
  std::string waiting_;
  std::filesystem::path file_; ///< of a workbook
  std::ifstream in_;
};

} // namespace

Result<AskedList> read_list(Call &call) {
  AskedList asked;
  asked.type = TRY(service::find_type(call.catalog(), call.captured[0]));
  asked.query.type = asked.type->id;
  asked.query.scope = TRY(call.org());
  if (const auto period = call.text("period"); !period.empty())
    asked.query.period = TRY(Period::parse(period));
  for (const auto &state : call.words("state")) {
    if (asked.type->state(state) == nullptr)
      return invalid(
          "the address was not understood",
          {{"state", fmt::format("{} has no state \"{}\"", asked.type->id, state), "", ""}});
    asked.query.states.push_back(state);
  }
  std::vector<std::string> conditions;
  for (const auto &[name, value] : call.request.query)
    if (name == "where") conditions.push_back(value);
  asked.query.where = TRY(service::read_filters(call.catalog(), *asked.type, *TRY(call.reader()),
                                                asked.query.scope, conditions));
  asked.query.with_withdrawn = call.flag("withdrawn");
  asked.query.only_late = call.flag("late");
  asked.words = yifa::text::trim(call.text("q"));
  asked.query.newest_first = call.text("order") != "oldest";
  return asked;
}

Result<Response> export_list(Call &call, const AskedList &asked, const std::string &format) {
  exchange::ListSpec spec;
  spec.catalog = &call.catalog();
  spec.type = asked.type;
  spec.columns = call.words("columns");
  spec.english = call.english;
  auto made = std::make_shared<Export>(call.desk, call.actor(), asked.query, asked.words);
  TRY(made->begin(format, spec));
  Response response = download(
      "",
      format == "csv"    ? "text/csv; charset=utf-8"
      : format == "json" ? "application/json"
                         : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      asked.type->label.zh + "." + format);
  response.pull = [made] { return made->next(); };
  return response;
}

} // namespace yifa::http
