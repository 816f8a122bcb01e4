#pragma once

#include <string>
#include <vector>

namespace yifa::bench {

/// URL TOWNS INDICATORS MONTHS: fills an empty database with figures and asks them; prints JSON.
int tallies(const std::vector<std::string> &words);

/// URL FOLDER OTHER-URL TOWNS RECORDS…: fills a data directory kept in a database up to each count
/// of records and measures what more of them cost; prints JSON.
int records(const std::vector<std::string> &words);

} // namespace yifa::bench
