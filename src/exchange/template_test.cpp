#include "catalog/loader.h"
#include "exchange/names.h"
#include "exchange/table_in.h"
#include "exchange/template_out.h"
#include "exchange/test_type.h"

#include "ooxml/xlsx_read.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::exchange;

TEST_CASE("the blank template of every ledger of the catalog is read back, column by column") {
  auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog");
  REQUIRE(sources.has_value());
  auto loaded = catalog::load(*sources);
  REQUIRE(loaded.catalog != nullptr);
  TestFolder folder("every");
  int columns = 0;
  for (const auto &id : loaded.catalog->type_ids()) {
    const auto &type = *loaded.catalog->type(id);
    CAPTURE(id);
    for (bool english : {false, true}) {
      auto path = folder / (id + ".xlsx");
      auto done = write_template(path, *loaded.catalog, type, english);
      REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().text()));
      auto source = TableSource::open(path, type, {});
      REQUIRE_MESSAGE(source.has_value(), (source ? "" : source.error().text()));
      HeaderScope scope;
      scope.fields = &type.fields;
      std::size_t fields = 0;
      for (const auto &header : source->sheets()[0].headers) {
        auto found = targets_of(header, scope);
        REQUIRE(found.size() == 1);
        if (found[0].kind == Target::Kind::Field) {
          ++fields;
          CHECK_FALSE(found[0].holds->personal);
        }
        ++columns;
      }
      std::size_t wanted = 0;
      for (const auto &field : type.fields)
        wanted +=
            typed_by_people(field) && !field.personal && field.type != catalog::FieldType::Rows ? 1
                                                                                                : 0;
      CHECK(fields == wanted);
    }
  }
  CHECK(columns > 500);
}
