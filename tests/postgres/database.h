#pragma once

#include "store/port.h"

#include <memory>
#include <string>

/// Databases of the server that tests/postgres/with_server.py started.
namespace yifa::testing {

/// The store's URL of a database; `more` is appended to its parameters ("&yifa_partitions=2").
std::string url_of(const std::string &database, const std::string &more = {});

/// A new, empty database of that name, whatever stood there.
void make_database(const std::string &name);

/// Carries out statements that ask for nothing; fails the test when they fail.
void run_sql(const std::string &database, const std::string &sql);

/// The first column of the first row, "" for none; empty too when the statement failed.
std::string ask_sql(const std::string &database, const std::string &sql);

std::unique_ptr<store::Store> open_database(const std::string &name, const std::string &more = {});

} // namespace yifa::testing
