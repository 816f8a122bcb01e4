#pragma once

#include "base/json.h"
#include "service/ledgers.h"
#include "service/workspace.h"

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming)
class App;
}

namespace yifa::cli {

/// Exit codes (docs/contracts.md).
enum Exit : int {
  kDone = 0,
  kUsage = 2,
  kInvalid = 3,
  kRefused = 4,
  kNotFound = 5,
  kStale = 6,
  kForbidden = 7,
  kUnavailable = 8,
  kFindings = 9,
  kVerifyFailed = 10,
};
int exit_code(ErrorCode code);

/// What every command shares: the options before it, the opened data directory, where output goes.
class Context {
public:
  Context(service::StoreOpener opener, std::ostream &out, std::ostream &err);
  ~Context();

  std::string data;    ///< --data, else $YIFA_DATA, else ./yifa-data
  std::string key;     ///< --key
  std::string catalog; ///< --catalog
  std::string as;      ///< --as
  bool as_json = false;

  /// Opens the data directory the first time it is asked for.
  Result<service::Workspace *> workspace();
  Result<service::Environment *> environment();
  service::WorkspaceOptions options() const;
  const service::StoreOpener &opener() const { return opener_; }
  service::Actor actor() const;
  /// A code or name; Invalid, NotFound.
  Result<OrgCode> org(const std::string &written);

  std::ostream &out() { return out_; }
  std::ostream &err() { return err_; }
  void print(const json::value &value);
  /// Forgets the opened data directory (before it is replaced).
  void close();

private:
  service::StoreOpener opener_;
  std::ostream &out_;
  std::ostream &err_;
  std::unique_ptr<service::Workspace> workspace_;
};

/// What a command does when it is chosen; the exit code when it did not fail.
using Body = std::function<Result<int>()>;
/// Gives a command its body: errors are printed and become exit codes in one place.
void run_as(CLI::App *command, Context &context, int &exit, Body body);

/// A bar on a terminal, a line now and then elsewhere. Silent with --json.
class Progress {
public:
  Progress(Context &context, std::string what);
  ~Progress();
  void at(double fraction, const std::string &note);

private:
  Context &context_;
  std::string what_;
  bool terminal_;
  bool shown_ = false;
  int last_ = -1;
};

// One function a group of commands, each in a file of its own.
void add_key_command(CLI::App &app, Context &context, int &exit);
void add_store_commands(CLI::App &app, Context &context,
                        int &exit); // init, verify, backup, restore
void add_engine_commands(CLI::App &app, Context &context, int &exit);  // store …
void add_catalog_commands(CLI::App &app, Context &context, int &exit); // catalog …
void add_org_commands(CLI::App &app, Context &context, int &exit);     // orgs …
void add_record_commands(CLI::App &app, Context &context,
                         int &exit); // add, act, correct, withdraw, forget, show
void add_list_commands(CLI::App &app, Context &context, int &exit); // list, search
void add_file_commands(CLI::App &app, Context &context,
                       int &exit); // template, import, undo, attach
void add_archive_commands(CLI::App &app, Context &context, int &exit);  // export --all, load
void add_deadline_commands(CLI::App &app, Context &context, int &exit); // deadline
void add_paper_commands(CLI::App &app, Context &context, int &exit);
void add_outlook_commands(CLI::App &app, Context &context, int &exit);    // next, due
void add_figure_commands(CLI::App &app, Context &context, int &exit);     // figures, figure
void add_report_commands(CLI::App &app, Context &context, int &exit);     // report draft
void add_check_commands(CLI::App &app, Context &context, int &exit);      // read, check, similar
void add_submit_command(CLI::App &app, Context &context, int &exit);      // submit
void add_submission_commands(CLI::App &app, Context &context, int &exit); // accept, submissions
void add_user_commands(CLI::App &app, Context &context, int &exit);       // user …
void add_demo_command(CLI::App &app, Context &context, int &exit);        // demo

} // namespace yifa::cli
