#include "sql/fixed_rows.h"

namespace yifa::sql {
namespace {

RowForm::Column text(const char *name) { return {name, Cell::Text}; }
RowForm::Column whole(const char *name) { return {name, Cell::Whole}; }
RowForm::Column bytes(const char *name) { return {name, Cell::Bytes}; }

constexpr const char *kOnce = "ON CONFLICT DO NOTHING";

} // namespace

const FixedRows &fixed_rows() {
  static const FixedRows forms{
      {"record_home", {bytes("id"), text("county"), text("type"), bytes("batch")}},
      {"office", {text("county"), text("org")}, kOnce},
      {"link",
       {text("county"), text("type"), text("field"), bytes("target"), bytes("record")},
       kOnce},
      {"attachment",
       {text("county"), text("type"), text("field"), text("hash"), bytes("record")},
       kOnce},
      {"alike",
       {text("county"), text("owner_org"), text("type"), whole("digest"), bytes("record")},
       kOnce},
      {"due",
       {text("county"), text("owner_org"), whole("due"), text("binds"), text("type"),
        bytes("record"), text("rule"), bytes("part")}},
      {"event",
       {text("county"), text("chain"), whole("seq"), whole("at"), text("actor"), text("type"),
        bytes("record"), text("action"), bytes("body"), bytes("hash")}},
      {"answer",
       {text("county"), text("actor"), text("key"), text("request_hash"), text("answer")}},
      {"blind",
       {text("county"), text("owner_org"), text("type"), text("field"), bytes("mac"),
        bytes("record")},
       kOnce},
      {"chain",
       {text("county"), text("chain"), whole("seq"), bytes("hash")},
       "ON CONFLICT (county, chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"},
      {"register",
       {text("county"), text("owner_org"), text("register"), whole("year"), whole("last")},
       "ON CONFLICT (county, owner_org, register, year) DO UPDATE SET last = excluded.last"},
  };
  return forms;
}

} // namespace yifa::sql
