#pragma once

#include "catalog/model.h"
#include "record/event.h"
#include "record/record.h"
#include "record/tally.h"

#include <string>
#include <vector>

/// A made-up catalog of two ledgers that uses every field type, and records for it. Shared by the
/// suites of the store and of faults and by the benchmarks.
namespace yifa::testing {

/// "matter": every field type, a part, personal and x_ fields, alike [title, kind]; "note": a text,
/// a date, a link to a matter.
catalog::Catalog small_catalog();

/// Fields of "matter", in order.
enum Matter {
  kTitle,
  kHeldOn,
  kKind,
  kCopies,
  kShare,
  kCost,
  kStarted,
  kUrgent,
  kVillage,
  kBefore,    ///< link, many
  kPhotos,    ///< file, many
  kLines,     ///< rows: item (text), n (count), about (link)
  kParty,     ///< personal
  kRemark,    ///< text of several lines
  kExtraOne,  ///< x_one, text
  kOwnerLink, ///< link, single
  kMatterFields,
};
/// Fields of the part "visit".
enum Visit { kVisitedOn, kFound, kVisitFields };
/// Fields of "note".
enum Note { kText, kWrittenOn, kAbout, kNoteFields };

catalog::Value words(const std::string &text);
catalog::Value code(const std::string &text);
catalog::Value date(const std::string &text);
OrgCode org(const std::string &code);
/// An id that repeats: made of the number.
RecordId id_of(std::uint64_t n);

/// A lawful matter, version 1, with title, day, kind and copies filled; everything else empty.
record::Record matter(std::uint64_t n, const std::string &owner, const std::string &day,
                      const std::string &title);
/// The same with every field filled, and a visit.
record::Record full_matter(std::uint64_t n, const std::string &owner, const std::string &day);
record::Record note(std::uint64_t n, const std::string &owner, const std::string &day,
                    const std::string &text);

/// The event that opens (or changes) a record.
record::Event event_of(const record::Record &record, const std::string &action = "open");
/// What a matter adds to figures: one count and one sum, each in total and by kind.
std::vector<record::Contribution> contributions_of(const record::Record &record);

} // namespace yifa::testing
