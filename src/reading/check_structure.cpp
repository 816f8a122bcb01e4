#include "reading/check_structure.h"

namespace yifa::reading {

void check_structure(Case &report) {
  check_title(report);
  check_contents(report);
  check_numbering(report);
  check_headings(report);
}

} // namespace yifa::reading
