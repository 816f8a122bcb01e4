#include "sqlite/fixed_tables.h"

namespace yifa::sqlite {
namespace {

// Keys begin with the county so that the same tables can be spread over several databases. Three
// tables cannot: record_home and record_key are asked by a bare record id and say the county, org
// and meta are one for all.
constexpr const char *kStep1 = R"sql(
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

CREATE TABLE schema_column (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

-- The history. `chain` holds where each chain ends.
CREATE TABLE chain (
  county TEXT NOT NULL,
  chain TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (county, chain)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  county TEXT NOT NULL,
  chain TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  record BLOB CHECK (length(record) = 16),
  action TEXT NOT NULL,
  body BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (county, chain, seq)
) STRICT;
CREATE INDEX event_by_record ON event (record) WHERE record IS NOT NULL;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- Which county and ledger an id belongs to.
CREATE TABLE record_home (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  county TEXT NOT NULL,
  type TEXT NOT NULL,
  batch BLOB CHECK (length(batch) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_home_by_batch ON record_home (batch) WHERE batch IS NOT NULL;

CREATE TABLE office (
  county TEXT NOT NULL,
  org TEXT NOT NULL,
  PRIMARY KEY (county, org)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
  county TEXT NOT NULL,
  type TEXT NOT NULL,
  field TEXT NOT NULL,
  target BLOB NOT NULL CHECK (length(target) = 16),
  record BLOB NOT NULL CHECK (length(record) = 16),
  PRIMARY KEY (county, type, field, target, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
  county TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  type TEXT NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  field TEXT NOT NULL,
  PRIMARY KEY (county, hash, type, record, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_by_hash ON attachment (hash);

-- A hash over the fields by which a ledger tells duplicates.
CREATE TABLE alike (
  county TEXT NOT NULL,
  owner_org TEXT NOT NULL,
  type TEXT NOT NULL,
  digest INTEGER NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  PRIMARY KEY (county, owner_org, type, digest, record)
) STRICT, WITHOUT ROWID;

-- What records add to figures. level 0: an office's own; level 1: the whole county (org = county). Months since year 0.
CREATE TABLE tally (
  county TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (0, 1)),
  org TEXT NOT NULL,
  month INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  dimension TEXT NOT NULL,
  grp TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (county, level, org, month, indicator, dimension, grp)
) STRICT, WITHOUT ROWID;

-- Stocks: +1 in the month something comes into force, -1 in the month after it ends; summed from the beginning.
CREATE TABLE tally_stock (
  county TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (0, 1)),
  org TEXT NOT NULL,
  indicator TEXT NOT NULL,
  dimension TEXT NOT NULL,
  grp TEXT NOT NULL,
  month INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (county, level, org, indicator, dimension, grp, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
  county TEXT NOT NULL,
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (county, actor, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_key (
  record BLOB PRIMARY KEY CHECK (length(record) = 16),
  wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blind (
  county TEXT NOT NULL,
  owner_org TEXT NOT NULL,
  type TEXT NOT NULL,
  field TEXT NOT NULL,
  mac BLOB NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  PRIMARY KEY (county, owner_org, type, field, mac, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX blind_by_record ON blind (record);

CREATE TABLE register (
  county TEXT NOT NULL,
  owner_org TEXT NOT NULL,
  register TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (county, owner_org, register, year)
) STRICT, WITHOUT ROWID;

-- `since` and `until` are days; since is the least integer where the beginning is unknown. `plain` and `short` are what names are
-- looked up by (sqlite/org_names.h).
CREATE TABLE org (
  code TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  name TEXT NOT NULL,
  plain TEXT NOT NULL,
  short TEXT NOT NULL,
  kind INTEGER NOT NULL,
  successor TEXT NOT NULL,
  PRIMARY KEY (code, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX org_by_plain ON org (plain);
CREATE INDEX org_by_short ON org (short);

-- The text that is searched; `place` orders by day (sqlite/search.cpp).
CREATE TABLE search_text (
  place INTEGER PRIMARY KEY,
  county TEXT NOT NULL,
  type TEXT NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  owner_org TEXT NOT NULL,
  place_org TEXT,
  day INTEGER NOT NULL,
  title TEXT NOT NULL,
  folded TEXT, -- the title as it is compared, where that differs
  body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX search_text_by_record ON search_text (record);
CREATE VIRTUAL TABLE search_index USING fts5(words, content = '', columnsize = 0, detail = none, tokenize = 'han');
)sql";

// Time limits that run. `part` is 16 zero bytes on the record itself. The columns of the key stand
// first and in its order: integrity_check of SQLite 3.40 takes other columns for NULL otherwise.
constexpr const char *kStep2 = R"sql(
CREATE TABLE due (
  county TEXT NOT NULL,
  due INTEGER NOT NULL,
  owner_org TEXT NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  rule TEXT NOT NULL,
  part BLOB NOT NULL CHECK (length(part) = 16),
  binds TEXT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (county, due, owner_org, record, rule, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_by_office ON due (owner_org, due);
CREATE INDEX due_by_record ON due (record);
)sql";

// To whom a matter was sent. No chain of its own: every change is an event of the administrative
// chain.
constexpr const char *kStep3 = R"sql(
CREATE TABLE handler (
  county TEXT NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  user TEXT NOT NULL,
  PRIMARY KEY (county, record, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX handler_by_record ON handler (record);
CREATE INDEX handler_by_user ON handler (user, record);
)sql";

// How many records each ledger of an office has by the month of their own day and by state; the
// withdrawn ones are not counted. Levels as in `tally`.
constexpr const char *kStep4 = R"sql(
CREATE TABLE month_count (
  county TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (0, 1)),
  org TEXT NOT NULL,
  month INTEGER NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  records INTEGER NOT NULL,
  late INTEGER NOT NULL,
  PRIMARY KEY (county, level, org, month, type, state)
) STRICT, WITHOUT ROWID;
)sql";

// The same of each ledger by what its records hold: field is '@state' or one that takes a single
// code. level 0: of a town with all its offices; level 1: of the county. What one record holds
// stands together. Filled when the tables are laid out for a catalog, which says what is counted.
// Running limits of a town are read in the order of their days.
constexpr const char *kStep5 = R"sql(
CREATE TABLE value_count (
  county TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (0, 1)),
  org TEXT NOT NULL,
  type TEXT NOT NULL,
  month INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  records INTEGER NOT NULL,
  late INTEGER NOT NULL,
  PRIMARY KEY (county, level, org, type, month, field, value)
) STRICT, WITHOUT ROWID;
DROP INDEX due_by_office;
CREATE INDEX due_by_town ON due (substr(owner_org, 1, 9), due, owner_org, record, rule, part);
)sql";

// The wrapped key of a record stands with its county, and so does the chain of who read personal
// fields, whose county was taken for "access".
constexpr const char *kStep6 = R"sql(
CREATE TABLE record_key_by_county (
  county TEXT NOT NULL,
  record BLOB NOT NULL CHECK (length(record) = 16),
  wrapped BLOB NOT NULL,
  PRIMARY KEY (county, record)
) STRICT, WITHOUT ROWID;
INSERT INTO record_key_by_county (county, record, wrapped)
  SELECT coalesce(home.county, ''), own.record, own.wrapped FROM record_key own LEFT JOIN record_home home ON home.id = own.record;
DROP TABLE record_key;
ALTER TABLE record_key_by_county RENAME TO record_key;
CREATE INDEX record_key_by_record ON record_key (record);
DROP TRIGGER event_stays;
UPDATE event SET county = substr(chain, 8, 6) WHERE county = 'access';
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
UPDATE chain SET county = substr(chain, 8, 6) WHERE county = 'access';
)sql";

} // namespace

const std::vector<std::string> &fixed_table_steps() {
  static const std::vector<std::string> steps = {kStep1, kStep2, kStep3, kStep4, kStep5, kStep6};
  return steps;
}

} // namespace yifa::sqlite
