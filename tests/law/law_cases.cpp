#include "case_runner.h"
#include "mutants.h"

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include <fmt/format.h>

/// law_cases TREE [WORD…] runs the case tables whose names contain one of the words;
/// law_cases TREE --mutate [WORD…] changes the catalog in one place at a time and says which
/// changes no case notices.
int main(int argc, char **argv) {
  namespace fs = std::filesystem;
  using yifa::law::Table;
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    std::cerr << "usage: law_cases TREE [--mutate] [WORD…]\n";
    return 2;
  }
  const fs::path tree = words.front();
  words.erase(words.begin());
  const bool mutate = !words.empty() && words.front() == "--mutate";
  if (mutate) words.erase(words.begin());
  try {
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(tree / "tests/law/cases"))
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Table> tables;
    int broken = 0;
    for (const auto &file : files) {
      const bool wanted = words.empty() || std::any_of(words.begin(), words.end(), [&](auto &word) {
                            return file.stem().string() == word;
                          });
      if (!wanted && !mutate) continue;
      try {
        tables.push_back(yifa::law::read_table(file));
      } catch (const std::exception &error) {
        ++broken;
        std::cout << error.what() << "\n";
      }
    }
    yifa::law::Court court(tree);
    std::size_t cases = 0;
    std::size_t wrong = 0;
    for (const auto &table : tables) {
      std::size_t faults = 0;
      for (const auto &one : table.cases) {
        const auto fault = court.differs(table, one);
        if (fault.empty()) continue;
        ++faults;
        std::cout << fmt::format("{}:{}: {}: {}\n", table.file, one.line, one.name, fault);
      }
      cases += table.cases.size();
      wrong += faults;
      if (!mutate)
        std::cout << fmt::format("{}: {} of {} cases hold\n", table.file,
                                 table.cases.size() - faults, table.cases.size());
    }
    std::cout << fmt::format("{} of {} cases hold\n", cases - wrong, cases);
    if (wrong > 0 || broken > 0 || cases == 0) return 1;
    return mutate ? yifa::law::mutate(court, tables, tree, words) : 0;
  } catch (const std::exception &error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
