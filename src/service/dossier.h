#pragma once

#include "report/paper.h"
#include "service/ledgers.h"

namespace yifa::service {

/// The file of one matter: what lies in it, in the order the law or the catalog gives, what lacks,
/// its time limits and its history.
struct Dossier {
  struct Entry {
    enum class Status {
      Present, ///< an attachment
      Filled,  ///< made by the program from the record
      Absent,
    };
    std::string name;
    std::optional<Date> day;
    std::string where; ///< of Present: the first characters of the attachment's hash
    Status status = Status::Absent;
  };
  std::vector<Entry> contents;
  std::vector<Problem> lacks; ///< papers that are missing, what they do not state, gates that the
                              ///< steps taken do not meet
  report::Paper paper;        ///< all of it, the filled documents behind
};

struct DossierRequest {
  std::string what; ///< record id, or display number with ledger and office
  std::string ledger;
  OrgCode org;
  bool personal = false; ///< for those who handle the record; the reading is kept
};

class Dossiers {
public:
  explicit Dossiers(Ledgers &ledgers) : ledgers_(ledgers) {}

  /// Errors as Ledgers::show.
  Result<Dossier> assemble(const DossierRequest &request, const Actor &actor);
  /// One document of the record (`documents:` of its ledger), filled. NotFound with the nearest
  /// name; Refused when the catalog says the document is not for this record (`when:`).
  Result<report::Paper> document(const DossierRequest &request, const std::string &id,
                                 const Actor &actor);

private:
  Ledgers &ledgers_;
};

} // namespace yifa::service
