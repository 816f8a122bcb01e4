#include "service/examples.h"

#include "base/file.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "service/attachments.h"
#include "service/example_steps.h"
#include "service/orgs.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

/// `name: value` lines of a town.yaml.
std::map<std::string, std::string> read_lines(std::string_view content) {
  std::map<std::string, std::string> values;
  for (const auto &raw : text::split(content, '\n')) {
    auto line = text::trim(raw);
    auto colon = line.find(": ");
    if (line.empty() || line[0] == '#' || colon == std::string::npos) continue;
    auto value = text::trim(line.substr(colon + 2));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    values[line.substr(0, colon)] = value;
  }
  return values;
}

std::string digest_of_examples(const std::string &catalog_hash) {
  crypto::Sha256 digest;
  digest.update(catalog_hash);
  for (const auto &file : example_files()) {
    digest.update(file.path);
    digest.update(file.content);
  }
  return crypto::hex(digest.finish());
}

Result<ExampleTown> read_town(std::string_view content) {
  auto values = read_lines(content);
  ExampleTown town;
  town.name = values["name"];
  town.report.org = TRY(OrgCode::parse(values["code"]));
  auto year = TRY(parse_count(values["year"]));
  town.report.year = static_cast<int>(year);
  town.report.outline = values["outline"];
  if (values["style"] == "approximate") town.report.style = report::Style::Approximate;
  town.report.document_number = values["document_number"];
  town.report.issuer = values["issuer"];
  town.report.addressee = values["addressee"];
  town.report.signer = values["signer"];
  if (!values["date"].empty()) town.report.date = TRY(Date::parse_lenient(values["date"]));
  return town;
}

/// Unpacks the built-in files below `folder`, so that a person can look at what was imported.
Status unpack(const fs::path &folder) {
  for (const auto &file : example_files()) {
    auto path = folder / file.path;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    TRY(write_file(path, file.content));
  }
  return Done{};
}

Status load_town(Environment &env, const fs::path &folder, const ExampleTown &town,
                 const std::function<void(double, const std::string &)> &progress, double from) {
  std::error_code error;
  for (const auto &paper : fs::directory_iterator(folder / "files", error))
    TRY(keep_attachment(env, paper.path(), local_operator()));
  ImportRequest request;
  request.org = town.report.org;
  for (const auto &entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".jsonl")
      request.files.push_back({entry.path(), entry.path().stem().string()});
  std::sort(request.files.begin(), request.files.end(),
            [](const auto &a, const auto &b) { return a.path < b.path; });
  request.personal = true;
  std::size_t done = 0;
  std::string last;
  request.progress = [&](const std::string &file, double) {
    if (file != last) ++done;
    last = file;
    if (progress)
      progress(from + 0.2 * std::min(1.0, static_cast<double>(done) /
                                              static_cast<double>(2 * request.files.size())),
               town.name);
  };
  Actor actor;
  actor.id = "example";
  actor.local_operator = true;
  Ledgers ledgers(env);
  TRY(Imports(ledgers).run(request, actor));
  return Done{};
}

std::string_view example_file(std::string_view path) {
  for (const auto &file : example_files())
    if (file.path == path) return file.content;
  return {};
}

/// The overlay of the examples, as a county's would stand there.
constexpr const char *kExampleOverlay = "overlay.yaml";

} // namespace

Result<std::vector<ExampleTown>>
prepare_examples(const WorkspaceOptions &options, const StoreOpener &opener,
                 const std::function<void(double, const std::string &)> &progress) {
  auto kind = folder_kind(options.data);
  if (kind == FolderKind::Data || kind == FolderKind::Other)
    return refused(fmt::format("{} is not a demo's directory", options.data.string()), {});
  std::vector<ExampleTown> towns;
  for (const auto &file : example_files())
    if (file.path.ends_with("/town.yaml")) towns.push_back(TRY(read_town(file.content)));
  std::sort(towns.begin(), towns.end(),
            [](const auto &a, const auto &b) { return a.report.org < b.report.org; });

  auto count = [&](Environment &env) -> Status {
    auto reader = TRY(env.store.read());
    for (auto &town : towns) {
      town.records = 0;
      for (const auto &chain : {town.report.org.text()})
        for (std::int64_t seq = 0;;) {
          auto page = TRY(reader->events(chain, seq, 2000));
          for (const auto &event : page)
            if (event.action == "open") town.records += 1;
          if (page.size() < 2000) break;
          seq = page.back().seq;
        }
    }
    return Done{};
  };

  if (kind == FolderKind::Demo) {
    auto space = Workspace::open(options, opener);
    if (space) {
      auto &env = (*space)->environment();
      auto reader = TRY(env.store.read());
      auto filled = TRY(reader->meta("examples"));
      if (filled && *filled == digest_of_examples(env.catalog->hash)) {
        reader.reset();
        TRY(count(env));
        return towns;
      }
    }
    // Filled by another version, or half filled when somebody stopped it: a demo holds nothing that
    // cannot be made again.
    std::error_code error;
    fs::remove_all(options.data, error);
    if (error)
      return unavailable(
          fmt::format("cannot empty {}: {}", options.data.string(), error.message()));
  }
  auto made = options;
  made.demo_day = TRY(Date::parse_lenient(read_lines(example_file("demo.yaml"))["day"]));
  TRY(Workspace::init(made, true, opener));
  TRY(write_file(options.data / "catalog.d" / kExampleOverlay, example_file(kExampleOverlay)));
  auto space = TRY(Workspace::open(options, opener));
  auto &env = space->environment();
  auto folder = options.data / "examples";
  TRY(unpack(folder));
  for (const auto &file : example_files())
    if (file.path.starts_with("orgs/") && file.path.ends_with(".csv"))
      TRY(import_orgs(env, folder / file.path, {}));
  for (std::size_t i = 0; i < towns.size(); ++i) {
    TRY(load_town(env, folder / towns[i].report.org.text(), towns[i], progress,
                  0.2 * static_cast<double>(i)));
    towns[i].loaded = true;
  }
  TRY(take_example_steps(env));
  auto writer = TRY(env.store.write());
  TRY(writer->put_meta("examples", digest_of_examples(env.catalog->hash)));
  TRY(writer->commit());
  TRY(count(env));
  return towns;
}

} // namespace yifa::service
