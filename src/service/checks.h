#pragma once

#include "reading/checker.h"
#include "reading/render.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// Reading and checking reports: the files of a folder, one after another in bounded memory, on two
/// threads, and in an order that never changes.
namespace yifa::service {

/// The checker of the built-in catalog, or of a catalog folder. Invalid with file, line, column.
Result<reading::Checker> load_checker(const std::filesystem::path &catalog_folder);

/// The files that are named, and those of the folders that are named that look like reports: in
/// the order given, folders' files by path; each once. Of a folder the files and folders in
/// `except` are left out. NotFound for what is not there.
Result<std::vector<std::filesystem::path>>
files_to_check(const std::vector<std::filesystem::path> &named,
               const std::vector<std::filesystem::path> &except = {});

/// Reads one file. The errors of reading::read_report.
Result<reading::Report> read_one(const reading::Checker &checker, const std::filesystem::path &file,
                                 const reading::Told &told = {});

/// What a check adds to one report's findings.
using MoreFindings = std::function<void(const reading::Report &, reading::Findings &)>;

/// Reads and checks files on two threads and hands each to `done` in their order, never more than a
/// few ahead, so that a folder of any size costs the memory of a few reports. `done` may change
/// what it gets.
void check_in_order(const reading::Checker &checker,
                    const std::vector<std::filesystem::path> &files, const reading::Told &told,
                    const std::function<MoreFindings(std::size_t)> &more,
                    const std::function<void(std::size_t, reading::Checked &)> &done);

} // namespace yifa::service
