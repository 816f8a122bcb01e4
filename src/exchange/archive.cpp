#include "exchange/archive.h"

#include "base/file.h"
#include "base/text.h"
#include "exchange/jsonl.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <set>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormat = "yifa-archive";
constexpr int kVersion = 1;
constexpr std::size_t kPieceBytes = 1 << 16;
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned n = 0;
    for (std::size_t k = 0; k < 3; ++k)
      n = n << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : kDigits[n >> (18 - 6 * k) & 63];
  }
  return out;
}

Result<std::string> from_base64(std::string_view text) {
  auto bad = [] { return invalid("not base64"); };
  if (text.size() % 4 != 0) return bad();
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    unsigned n = 0;
    std::size_t stops = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      char c = text[i + k];
      auto digit = kDigits.find(c);
      if (c == '=' && i + 4 == text.size() && k >= 2)
        ++stops, digit = 0;
      else if (digit == std::string_view::npos || stops > 0)
        return bad();
      n = n << 6 | static_cast<unsigned>(digit);
    }
    for (std::size_t k = 0; k + stops < 3; ++k) out += static_cast<char>(n >> (16 - 8 * k) & 255);
  }
  return out;
}

std::string hex_of(std::string_view bytes) {
  std::string out;
  for (char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

Result<std::string> from_hex(std::string_view text) {
  std::string out;
  constexpr std::string_view kHex = "0123456789abcdef";
  if (text.size() % 2 != 0) return invalid("not hexadecimal");
  for (std::size_t i = 0; i < text.size(); i += 2) {
    auto high = kHex.find(text[i]);
    auto low = kHex.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos)
      return invalid("not hexadecimal");
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

/// A relative path without "..", so that nothing outside the folder is read or written.
bool inside(std::string_view path) {
  fs::path p(path);
  return !path.empty() && p.is_relative() && path.find('\\') == std::string_view::npos &&
         path.find('\0') == std::string_view::npos &&
         std::none_of(p.begin(), p.end(), [](const fs::path &piece) {
           return piece == ".." || piece == "." || piece.empty();
         });
}

/// A chain's file. Names hold digits, letters, "D" codes and "admin:370306": the colon is written
/// "_".
std::string chain_file(const std::string &chain) {
  return "chains/" + text::replace_all(chain.empty() ? "nation" : chain, ":", "_") + ".jsonl";
}
std::string chain_of(const std::string &file) {
  auto stem = fs::path(file).stem().string();
  return stem == "nation" ? "" : text::replace_all(stem, "_", ":");
}

std::string attachment_file(const std::string &hex) {
  return "attachments/" + hex.substr(0, 2) + "/" + hex;
}

bool is_digest(std::string_view hex) {
  return hex.size() == 64 && hex.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct FileCloser {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

Error disk_fault(const fs::path &path) {
  return unavailable(fmt::format("{} cannot be written: {}", path.string(), std::strerror(errno)));
}

/// One member as a string, Invalid if it is none.
Result<std::string> text_of(const json::object &object, std::string_view key) {
  const auto *value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return invalid(fmt::format("“{}” is missing", key));
  return std::string(value->get_string());
}

Error in_line(const std::string &file, std::int64_t line, const Error &error) {
  auto where = fmt::format("{}:{}", file, line);
  return invalid(fmt::format("{}: {}", where, error.message), {{where, error.message, {}, {}}});
}

/// Every object of a JSONL file; a file that is not there has none.
Status each_object(const fs::path &folder, const std::string &file,
                   const std::function<Status(const json::object &)> &each) {
  std::error_code code;
  if (!fs::exists(folder / file, code)) return Done{};
  auto reader = TRY(JsonlReader::open(folder / file, std::size_t{1} << 28));
  JsonLine line;
  while (TRY(reader.next(line))) {
    if (!line.value) return in_line(file, line.line, line.value.error());
    if (!line.value->is_object()) return in_line(file, line.line, invalid("no JSON object"));
    auto done = each(line.value->get_object());
    if (!done && done.error().code == ErrorCode::Invalid)
      return in_line(file, line.line, done.error());
    if (!done) return done;
  }
  return Done{};
}

std::string_view kind_name(record::Org::Kind kind) { return record::to_string(kind); }

Result<record::Org::Kind> kind_of(const std::string &name) {
  using Kind = record::Org::Kind;
  for (auto kind : {Kind::Division, Kind::Town, Kind::Township, Kind::Street, Kind::Village,
                    Kind::Community, Kind::Department})
    if (kind_name(kind) == name) return kind;
  return invalid(fmt::format("there is no kind of office {}", name));
}

} // namespace

struct ArchiveWriter::Impl {
  /// A file being written: its bytes go through the digest.
  struct Open {
    File file;
    std::unique_ptr<Digest> digest;
    std::uint64_t size = 0;
  };

  fs::path folder;
  DigestSource digests;
  std::map<std::string, Open> open; ///< orgs, keys, answers, the chain written last
  std::map<std::string, json::object> done;
  std::string chain_open;
  std::map<std::string, std::int64_t> last_seq;
  json::object meta;

  Result<Open *> file(const std::string &name) {
    auto found = open.find(name);
    if (found != open.end()) return &found->second;
    if (done.contains(name)) return internal_error(fmt::format("{} is written twice", name));
    auto path = folder / name;
    std::error_code code;
    fs::create_directories(path.parent_path(), code);
    Open made;
    made.file.reset(std::fopen(path.c_str(), "wbx"));
    if (!made.file) return disk_fault(path);
    made.digest = digests();
    return &open.emplace(name, std::move(made)).first->second;
  }

  Status put(const std::string &name, std::string_view bytes) {
    auto *to = TRY(file(name));
    if (std::fwrite(bytes.data(), 1, bytes.size(), to->file.get()) != bytes.size())
      return disk_fault(folder / name);
    to->digest->update(bytes);
    to->size += bytes.size();
    return Done{};
  }

  /// Closes a file and enters it in the manifest; gives its digest.
  Result<std::string> close(const std::string &name) {
    auto found = open.find(name);
    if (found == open.end()) return internal_error(fmt::format("{} is not open", name));
    auto entry = std::move(found->second);
    open.erase(found);
    if (std::fflush(entry.file.get()) != 0) return disk_fault(folder / name);
    auto hash = entry.digest->hex();
    done[name] = {{"path", name}, {"size", entry.size}, {"hash", hash}};
    return hash;
  }
};

ArchiveWriter::ArchiveWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArchiveWriter::ArchiveWriter(ArchiveWriter &&) noexcept = default;
ArchiveWriter &ArchiveWriter::operator=(ArchiveWriter &&) noexcept = default;
ArchiveWriter::~ArchiveWriter() = default;

Result<ArchiveWriter> ArchiveWriter::create(const fs::path &folder, DigestSource digests) {
  std::error_code code;
  if (fs::exists(folder, code) && (!fs::is_directory(folder, code) || !fs::is_empty(folder, code)))
    return invalid(
        fmt::format("{} is not an empty folder; an export needs one of its own", folder.string()));
  fs::create_directories(folder, code);
  if (code)
    return unavailable(fmt::format("{} cannot be made: {}", folder.string(), code.message()));
  auto impl = std::make_unique<Impl>();
  impl->folder = folder;
  impl->digests = std::move(digests);
  return ArchiveWriter(std::move(impl));
}

Status ArchiveWriter::event(const record::Event &event) {
  auto name = chain_file(event.chain);
  if (!impl_->chain_open.empty() && impl_->chain_open != name) TRY(impl_->close(impl_->chain_open));
  impl_->chain_open = name;
  auto &last = impl_->last_seq[event.chain];
  if (event.seq != last + 1)
    return internal_error(
        fmt::format("chain {}: event {} follows {}", event.chain, event.seq, last));
  last = event.seq;
  return impl_->put(name,
                    jsonl_line(json::object{
                        {"seq", event.seq}, {"hash", hex_of(event.hash)}, {"body", event.body}}));
}

Status ArchiveWriter::org(const record::Org &org) {
  json::object line{{"code", org.code.text()}, {"name", org.name}, {"kind", kind_name(org.kind)}};
  if (org.from) line["from"] = org.from->text();
  if (org.to) line["to"] = org.to->text();
  if (!org.successor.is_nation()) line["successor"] = org.successor.text();
  return impl_->put("orgs.jsonl", jsonl_line(line));
}

Status ArchiveWriter::key(const ArchiveKey &key) {
  return impl_->put("keys.jsonl", jsonl_line(json::object{{"record", key.record.text()},
                                                          {"wrapped", base64(key.wrapped)}}));
}

Status ArchiveWriter::answer(const ArchiveAnswer &answer) {
  return impl_->put("answers.jsonl", jsonl_line(json::object{{"county", answer.county},
                                                             {"actor", answer.actor},
                                                             {"key", answer.key},
                                                             {"request", answer.request_hash},
                                                             {"answer", answer.answer}}));
}

Status ArchiveWriter::meta(const std::string &key, const std::string &value) {
  impl_->meta[key] = value;
  return Done{};
}

Status ArchiveWriter::catalog_source(const std::string &path, std::string_view text) {
  if (!inside(path)) return internal_error(fmt::format("{} is no path inside an archive", path));
  TRY(impl_->put("catalog/" + path, text));
  TRY(impl_->close("catalog/" + path));
  return Done{};
}

Status ArchiveWriter::attachment(const std::string &hex,
                                 const std::function<Result<std::string>()> &next_piece) {
  if (!is_digest(hex)) return internal_error("an attachment is named by 64 hexadecimal digits");
  auto name = attachment_file(hex);
  TRY(impl_->file(name));
  for (;;) {
    auto piece = TRY(next_piece());
    if (piece.empty()) break;
    TRY(impl_->put(name, piece));
  }
  if (TRY(impl_->close(name)) != hex)
    return internal_error(fmt::format("the attachment {} does not hold what its name says", hex));
  return Done{};
}

Status ArchiveWriter::finish(const json::object &facts) {
  TRY(impl_->put("meta.json", pretty(impl_->meta)));
  while (!impl_->open.empty()) {
    auto name = impl_->open.begin()->first;
    TRY(impl_->close(name));
  }
  json::array files;
  for (auto &entry : impl_->done) files.push_back(entry.second);
  json::object manifest{{"format", kFormat},
                        {"version", kVersion},
                        {"hash", "sha256"},
                        {"facts", facts},
                        {"files", std::move(files)}};
  return write_file(impl_->folder / "manifest.json", pretty(manifest));
}

Result<ArchiveReader> ArchiveReader::open(const fs::path &folder, const DigestSource &digests) {
  auto text = read_file(folder / "manifest.json", 1U << 28);
  if (!text && text.error().code == ErrorCode::NotFound)
    return invalid(fmt::format("{} is no archive: it has no manifest.json", folder.string()));
  auto manifest = TRY(parse_json(TRY(std::move(text))));
  const auto *object = manifest.if_object();
  auto no_archive = [&] {
    return invalid(fmt::format("{} is no archive of this program", folder.string()));
  };
  if (object == nullptr || TRY(text_of(*object, "format")) != kFormat) return no_archive();
  const auto *version = object->if_contains("version");
  if (version == nullptr || !version->is_int64()) return no_archive();
  if (version->get_int64() != kVersion)
    return invalid(fmt::format("the archive has form {}, this program reads form {}",
                               version->get_int64(), kVersion));
  const auto *files = object->if_contains("files");
  if (files == nullptr || !files->is_array()) return no_archive();
  ArchiveReader reader;
  reader.folder_ = folder;
  if (const auto *facts = object->if_contains("facts"); facts != nullptr && facts->is_object())
    reader.facts_ = facts->get_object();
  std::vector<Problem> problems;
  for (const auto &file : files->get_array()) {
    if (!file.is_object()) return no_archive();
    auto path = TRY(text_of(file.get_object(), "path"));
    auto hash = TRY(text_of(file.get_object(), "hash"));
    const auto *size = file.get_object().if_contains("size");
    if (!inside(path) || size == nullptr || !size->is_int64() || size->get_int64() < 0)
      return no_archive();
    reader.files_[path] = {static_cast<std::uint64_t>(size->get_int64()), hash};
  }
  std::error_code code;
  for (const auto &[path, entry] : reader.files_) {
    File input(std::fopen((folder / path).c_str(), "rb"));
    if (!input || fs::is_symlink(folder / path, code)) {
      problems.push_back({path, "the file is missing", {}, {}});
      continue;
    }
    auto digest = digests();
    std::string piece(kPieceBytes, '\0');
    std::uint64_t size = 0;
    while (auto n = std::fread(piece.data(), 1, piece.size(), input.get())) {
      digest->update(std::string_view(piece).substr(0, n));
      size += n;
    }
    if (size != entry.size || digest->hex() != entry.hash)
      problems.push_back({path, "the file is not what the manifest says", {}, {}});
  }
  for (auto at = fs::recursive_directory_iterator(folder, code);
       !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
    auto path = fs::relative(at->path(), folder, code).generic_string();
    if (!at->is_directory(code) && path != "manifest.json" && !reader.files_.contains(path))
      problems.push_back({path, "the file is not in the manifest", {}, {}});
  }
  if (code)
    return unavailable(fmt::format("{} cannot be read: {}", folder.string(), code.message()));
  if (problems.empty()) return reader;
  auto message = fmt::format("the archive {} is damaged: {} files do not agree with its manifest",
                             folder.string(), problems.size());
  return invalid(std::move(message), std::move(problems));
}

std::vector<std::string> ArchiveReader::chains() const {
  std::vector<std::string> out;
  for (const auto &entry : files_)
    if (entry.first.starts_with("chains/")) out.push_back(chain_of(entry.first));
  return out;
}

Status ArchiveReader::events(const std::string &chain,
                             const std::function<Status(record::Event &&)> &each) const {
  std::string previous(32, '\0');
  std::int64_t last = 0;
  return each_object(folder_, chain_file(chain), [&](const json::object &line) -> Status {
    record::Event event;
    const auto *seq = line.if_contains("seq");
    if (seq == nullptr || !seq->is_int64() || seq->get_int64() != last + 1)
      return invalid(fmt::format("event {} is missing", last + 1));
    event.chain = chain;
    event.seq = ++last;
    event.body = TRY(text_of(line, "body"));
    event.hash = TRY(from_hex(TRY(text_of(line, "hash"))));
    event.previous = previous;
    previous = event.hash;
    return each(std::move(event));
  });
}

Status ArchiveReader::orgs(const std::function<Status(record::Org &&)> &each) const {
  return each_object(folder_, "orgs.jsonl", [&](const json::object &line) -> Status {
    record::Org org;
    org.code = TRY(OrgCode::parse(TRY(text_of(line, "code"))));
    org.name = TRY(text_of(line, "name"));
    org.kind = TRY(kind_of(TRY(text_of(line, "kind"))));
    if (line.contains("from")) org.from = TRY(Date::parse(TRY(text_of(line, "from"))));
    if (line.contains("to")) org.to = TRY(Date::parse(TRY(text_of(line, "to"))));
    if (line.contains("successor"))
      org.successor = TRY(OrgCode::parse(TRY(text_of(line, "successor"))));
    return each(std::move(org));
  });
}

Status ArchiveReader::keys(const std::function<Status(ArchiveKey &&)> &each) const {
  return each_object(folder_, "keys.jsonl", [&](const json::object &line) -> Status {
    ArchiveKey key;
    key.record = TRY(RecordId::parse(TRY(text_of(line, "record"))));
    key.wrapped = TRY(from_base64(TRY(text_of(line, "wrapped"))));
    return each(std::move(key));
  });
}

Status ArchiveReader::answers(const std::function<Status(ArchiveAnswer &&)> &each) const {
  return each_object(folder_, "answers.jsonl", [&](const json::object &line) -> Status {
    ArchiveAnswer answer;
    answer.county = TRY(text_of(line, "county"));
    answer.actor = TRY(text_of(line, "actor"));
    answer.key = TRY(text_of(line, "key"));
    answer.request_hash = TRY(text_of(line, "request"));
    answer.answer = TRY(text_of(line, "answer"));
    return each(std::move(answer));
  });
}

Result<std::map<std::string, std::string>> ArchiveReader::meta() const {
  std::map<std::string, std::string> out;
  auto value = TRY(parse_json(TRY(read_file(folder_ / "meta.json"))));
  if (!value.is_object()) return invalid("meta.json is no object");
  for (const auto &member : value.get_object())
    out[std::string(member.key())] = TRY(text_of(value.get_object(), member.key()));
  return out;
}

Result<std::map<std::string, std::string>> ArchiveReader::catalog_sources() const {
  std::map<std::string, std::string> out;
  constexpr std::string_view kFolder = "catalog/";
  for (const auto &entry : files_)
    if (entry.first.starts_with(kFolder))
      out[entry.first.substr(kFolder.size())] = TRY(read_file(folder_ / entry.first));
  return out;
}

std::vector<std::string> ArchiveReader::attachments() const {
  std::vector<std::string> out;
  for (const auto &entry : files_)
    if (entry.first.starts_with("attachments/"))
      out.push_back(fs::path(entry.first).filename().string());
  return out;
}

fs::path ArchiveReader::attachment_path(const std::string &hex) const {
  return folder_ / attachment_file(hex);
}

} // namespace yifa::exchange
