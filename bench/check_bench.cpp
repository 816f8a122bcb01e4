// Reports understood and checked, against looking for one word in the same bytes as grep does.

#include "base/text.h"
#include "catalog/embedded.h"
#include "reading/checker.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace yifa;
using namespace yifa::reading;

const Checker &checker() {
  static const Checker kept = [] {
    auto loaded = Checker::load(catalog::embedded_sources());
    if (!loaded) {
      std::fprintf(stderr, "%s\n", loaded.error().text().c_str());
      std::abort();
    }
    return std::move(*loaded);
  }();
  return kept;
}

/// The drafted reports that the golden tests keep.
const std::vector<std::string> &texts() {
  static const std::vector<std::string> kept = [] {
    std::vector<std::string> out;
    for (const auto &entry :
         std::filesystem::directory_iterator(YIFA_SOURCE_DIR "/tests/golden/expected")) {
      if (entry.path().extension() != ".txt") continue;
      std::ifstream file(entry.path());
      out.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return out;
  }();
  return kept;
}

Source source_of(const std::string &content) {
  Source source;
  for (const auto &line : text::split(content, '\n'))
    if (auto paragraph = text::trim(line); !paragraph.empty())
      source.paragraphs.push_back(paragraph);
  return source;
}

std::int64_t bytes_of_all() {
  std::int64_t bytes = 0;
  for (const auto &one : texts()) bytes += static_cast<std::int64_t>(one.size());
  return bytes;
}

/// One pass over the bytes of every report for a word that is in none.
void scan(benchmark::State &state) {
  for (auto _ : state)
    for (const auto &one : texts())
      benchmark::DoNotOptimize(std::string_view(one).find("no such word stands here"));
  state.SetBytesProcessed(state.iterations() * bytes_of_all());
}
BENCHMARK(scan);

void check_all(const std::vector<std::string> &reports) {
  for (const auto &one : reports) {
    auto report = checker().understand("a.txt", source_of(one));
    benchmark::DoNotOptimize(checker().check(report));
  }
}

void check(benchmark::State &state) {
  checker();
  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (std::int64_t t = 0; t < state.range(0); ++t)
      threads.emplace_back([] { check_all(texts()); });
    for (auto &thread : threads) thread.join();
  }
  auto reports = static_cast<double>(state.iterations()) * static_cast<double>(texts().size()) *
                 static_cast<double>(state.range(0));
  state.counters["reports_a_minute"] =
      benchmark::Counter(reports * 60, benchmark::Counter::kIsRate);
  state.SetBytesProcessed(state.iterations() * bytes_of_all() * state.range(0));
}
BENCHMARK(check)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
