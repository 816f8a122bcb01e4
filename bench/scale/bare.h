#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

/// The database asked directly: what Yifa is measured against. Ends the program where it fails.
namespace yifa::bench {

class Bare {
public:
  explicit Bare(const std::string &url);

  void run(const std::string &sql);
  /// Rows and columns as the server writes them.
  std::vector<std::vector<std::string>> rows(const std::string &sql);
  /// Fills a table; `lines` gives piece after piece in COPY's text form until it gives none.
  void copy_in(const std::string &sql, const std::function<bool(std::string &piece)> &lines);
  /// What COPY … TO STDOUT gives, a line a row.
  std::vector<std::string> copy_out(const std::string &sql);
  /// One INSERT a row, sent in a pipeline, `rows` in COPY's text form.
  void insert(const std::string &table, const std::vector<std::string_view> &rows);

private:
  struct Closed {
    void operator()(pg_conn *connection) const;
  };
  std::unique_ptr<pg_conn, Closed> connection_;
  std::set<std::string> prepared_; ///< tables with a statement of their own
};

[[noreturn]] void give_up(const std::string &why);

} // namespace yifa::bench
