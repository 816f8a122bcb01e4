#include "ooxml/xlsx_read.h"
#include "ooxml/xml.h"
#include "ooxml/zip.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace yifa;
using namespace yifa::ooxml;

namespace {

XlsxLimits small_limits() {
  XlsxLimits limits;
  limits.zip.entry_bytes = limits.zip.total_bytes = 4 << 20;
  limits.cells = 100'000;
  limits.shared_text_bytes = 1 << 20;
  limits.cell_bytes = 64 << 10;
  limits.styles = 1000;
  return limits;
}

/// Whatever the bytes, a row keeps its promises.
void read_workbook(std::string bytes) {
  auto book = XlsxReader::from_bytes(std::move(bytes), small_limits());
  if (!book) return;
  for (std::size_t sheet = 0; sheet < book->sheets().size() && sheet < 8; ++sheet) {
    std::uint32_t last_row = 0;
    auto done = book->read(sheet, [&](const Row &row) -> Status {
      if (row.number <= last_row || row.cells.empty()) std::abort();
      last_row = row.number;
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const Cell &cell = row.cells[i];
        if (cell.text.empty() || cell.column >= 16'384) std::abort();
        if (i > 0 && cell.column <= row.cells[i - 1].column) std::abort();
        if (row.at(cell.column) != &cell) std::abort();
      }
      return Done{};
    });
    if (!done && done.error().message.empty()) std::abort();
    (void)book->merged_ranges(sheet).has_value();
  }
}

/// A sound package around one part of fuzzed content, so that the fuzzer need not invent checksums.
std::string package_of(std::size_t which, std::string_view content) {
  constexpr std::string_view kParts[][2] = {
      {"xl/worksheets/sheet1.xml",
       "<worksheet><sheetData><row><c t='s' s='1'><v>0</v></c><c s='0'><v>44990.5</v></c></row>"
       "</sheetData></worksheet>"},
      {"xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>"},
      {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='22'/></cellXfs></styleSheet>"},
      {"xl/workbook.xml", "<workbook><sheets><sheet name='S' id='r1'/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
       "<Relationship Id='r2' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
       "<Relationship Id='r3' Type='x/styles' Target='styles.xml'/></Relationships>"},
      {"_rels/.rels", "<Relationships/>"}};
  ZipWriter zip;
  for (std::size_t i = 0; i < std::size(kParts); ++i)
    zip.add(kParts[i][0], i == which % std::size(kParts) ? content : kParts[i][1]);
  return zip.finish();
}

} // namespace

/// Bytes that begin with PK are a whole file; otherwise the first byte chooses the part that the
/// rest becomes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  if (bytes.starts_with("PK") || bytes.empty()) {
    read_workbook(std::string(bytes));
    return 0;
  }
  read_workbook(package_of(data[0] - std::size_t{'0'}, bytes.substr(1)));
  (void)xml_text(bytes).size();
  return 0;
}
