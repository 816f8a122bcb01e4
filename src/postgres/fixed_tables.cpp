#include "postgres/fixed_tables.h"

#include "postgres/connection.h"

#include <charconv>

#include <fmt/format.h>

namespace yifa::postgres {
namespace {

// Keys begin with the county, so that the same tables can be spread over several servers. Two hold
// what is one for all: meta and org. No sequence, no trigger: what may not change is kept from the
// application by its rights (`yifa store grant`). Rows that change with every record leave room on
// their pages.
constexpr const char *kShared = R"sql(
CREATE TABLE meta (
  key text COLLATE "C" PRIMARY KEY,
  value bytea NOT NULL
);

CREATE TABLE schema_column (
  table_name text COLLATE "C" NOT NULL,
  column_name text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  PRIMARY KEY (table_name, column_name)
);

CREATE TABLE org (
  code text COLLATE "C" NOT NULL,
  since bigint NOT NULL,
  until bigint,
  name text COLLATE "C" NOT NULL,
  plain text COLLATE "C" NOT NULL,
  short text COLLATE "C" NOT NULL,
  kind bigint NOT NULL,
  successor text COLLATE "C" NOT NULL,
  PRIMARY KEY (code, since)
);
CREATE INDEX org_by_plain ON org (plain);
CREATE INDEX org_by_short ON org (short);
)sql";

// The history, the answers to client keys and the texts: {0} is how they are parted.
constexpr const char *kBig = R"sql(
CREATE TABLE event (
  county text COLLATE "C" NOT NULL,
  chain text COLLATE "C" NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  at bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  record bytea CHECK (octet_length(record) = 16),
  action text COLLATE "C" NOT NULL,
  body bytea NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (county, chain, seq)
){0};
CREATE INDEX event_by_record ON event (record) WHERE record IS NOT NULL;

CREATE TABLE answer (
  county text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  request_hash text COLLATE "C" NOT NULL,
  answer text COLLATE "C" NOT NULL,
  PRIMARY KEY (county, actor, key)
){0};

CREATE TABLE search_text (
  county text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  owner_org text COLLATE "C" NOT NULL,
  place_org text COLLATE "C",
  day bigint NOT NULL,
  title text COLLATE "C" NOT NULL,
  folded text COLLATE "C",
  body text COLLATE "C" NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (county, record)
){0};
CREATE INDEX search_text_by_record ON search_text (record);
CREATE INDEX search_text_by_day ON search_text (day);
CREATE INDEX search_text_by_word ON search_text USING gin (words);
)sql";

// Rows of level 1 are the sum of a node: county and org name it. Those of counties are written with
// every record; those of cities, provinces and the nation (four, two and no digits) follow, and
// what they do not hold yet stands in rising and rising_count (adr/0071).
constexpr const char *kCounty = R"sql(
CREATE TABLE chain (
  county text COLLATE "C" NOT NULL,
  chain text COLLATE "C" NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (county, chain)
) WITH (fillfactor = 50);

CREATE TABLE record_home (
  id bytea NOT NULL CHECK (octet_length(id) = 16),
  county text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  batch bytea CHECK (octet_length(batch) = 16),
  PRIMARY KEY (county, id)
);
CREATE UNIQUE INDEX record_home_by_id ON record_home (id);
CREATE INDEX record_home_by_batch ON record_home (batch) WHERE batch IS NOT NULL;

CREATE TABLE record_key (
  county text COLLATE "C" NOT NULL,
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  wrapped bytea NOT NULL,
  PRIMARY KEY (county, record)
);
CREATE INDEX record_key_by_record ON record_key (record);

CREATE TABLE office (
  county text COLLATE "C" NOT NULL,
  org text COLLATE "C" NOT NULL,
  PRIMARY KEY (county, org)
);

CREATE TABLE link (
  county text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  target bytea NOT NULL CHECK (octet_length(target) = 16),
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  PRIMARY KEY (county, type, field, target, record)
);

CREATE TABLE attachment (
  county text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL CHECK (length(hash) = 64),
  type text COLLATE "C" NOT NULL,
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  field text COLLATE "C" NOT NULL,
  PRIMARY KEY (county, hash, type, record, field)
);
CREATE INDEX attachment_by_hash ON attachment (hash);

CREATE TABLE alike (
  county text COLLATE "C" NOT NULL,
  owner_org text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  digest bigint NOT NULL,
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  PRIMARY KEY (county, owner_org, type, digest, record)
);

CREATE TABLE tally (
  county text COLLATE "C" NOT NULL,
  level smallint NOT NULL CHECK (level IN (0, 1)),
  org text COLLATE "C" NOT NULL,
  month integer NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  grp text COLLATE "C" NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (county, level, org, month, indicator, dimension, grp)
) WITH (fillfactor = 70);

CREATE TABLE tally_stock (
  county text COLLATE "C" NOT NULL,
  level smallint NOT NULL CHECK (level IN (0, 1)),
  org text COLLATE "C" NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  grp text COLLATE "C" NOT NULL,
  month integer NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (county, level, org, indicator, dimension, grp, month)
) WITH (fillfactor = 70);

CREATE TABLE blind (
  county text COLLATE "C" NOT NULL,
  owner_org text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  mac bytea NOT NULL,
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  PRIMARY KEY (county, owner_org, type, field, mac, record)
);
CREATE INDEX blind_by_record ON blind (record);

CREATE TABLE register (
  county text COLLATE "C" NOT NULL,
  owner_org text COLLATE "C" NOT NULL,
  register text COLLATE "C" NOT NULL,
  year integer NOT NULL,
  last bigint NOT NULL CHECK (last > 0),
  PRIMARY KEY (county, owner_org, register, year)
) WITH (fillfactor = 50);

CREATE TABLE due (
  county text COLLATE "C" NOT NULL,
  due integer NOT NULL,
  owner_org text COLLATE "C" NOT NULL,
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  rule text COLLATE "C" NOT NULL,
  part bytea NOT NULL CHECK (octet_length(part) = 16),
  binds text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  PRIMARY KEY (county, due, owner_org, record, rule, part)
);
CREATE INDEX due_by_record ON due (record);
CREATE INDEX due_by_town ON due (substr(owner_org, 1, 9), due, owner_org, record, rule, part);

CREATE TABLE handler (
  county text COLLATE "C" NOT NULL,
  record bytea NOT NULL CHECK (octet_length(record) = 16),
  "user" text COLLATE "C" NOT NULL,
  PRIMARY KEY (county, record, "user")
);
CREATE INDEX handler_by_record ON handler (record);
CREATE INDEX handler_by_user ON handler ("user", record);

CREATE TABLE month_count (
  county text COLLATE "C" NOT NULL,
  level smallint NOT NULL CHECK (level IN (0, 1)),
  org text COLLATE "C" NOT NULL,
  month integer NOT NULL,
  type text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  records bigint NOT NULL,
  late bigint NOT NULL,
  PRIMARY KEY (county, level, org, month, type, state)
) WITH (fillfactor = 70);

CREATE TABLE value_count (
  county text COLLATE "C" NOT NULL,
  level smallint NOT NULL CHECK (level IN (0, 1)),
  org text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  month integer NOT NULL,
  field text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  records bigint NOT NULL,
  late bigint NOT NULL,
  PRIMARY KEY (county, level, org, type, month, field, value)
) WITH (fillfactor = 70);

CREATE TABLE rising (
  county text COLLATE "C" NOT NULL,
  stock smallint NOT NULL CHECK (stock IN (0, 1)),
  month integer NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  dimension text COLLATE "C" NOT NULL,
  grp text COLLATE "C" NOT NULL,
  value bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX rising_by_county ON rising (county);

CREATE TABLE rising_count (
  county text COLLATE "C" NOT NULL,
  month integer NOT NULL,
  type text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  records bigint NOT NULL,
  late bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX rising_count_by_county ON rising_count (county);
)sql";

/// The form of the tables this program knows. A step that was released is never edited.
constexpr int kTables = 1;
constexpr const char *kTablesKey = "@tables";

/// Nothing where there are no tables of ours.
Result<std::optional<int>> standing(PostgresConnection &db) {
  auto look = TRY(db.prepare("SELECT to_regclass('meta') IS NOT NULL", sql::Use::Once));
  if (!TRY(look.step()) || look.integer(0) == 0) return std::optional<int>();
  look.reset();
  const auto foreign =
      unavailable("the database holds another program's tables; give Yifa one of its own");
  auto columns = TRY(db.prepare("SELECT count(*) FROM pg_attribute WHERE attrelid = "
                                "to_regclass('meta') AND attname IN ('key', 'value')",
                                sql::Use::Once));
  if (!TRY(columns.step()) || columns.integer(0) != 2) return foreign;
  auto rows = TRY(db.prepare("SELECT value FROM meta WHERE key = ?1", sql::Use::Once));
  rows.with(kTablesKey);
  if (!TRY(rows.step())) return foreign;
  int version = 0;
  const auto text = rows.bytes(0);
  std::from_chars(text.data(), text.data() + text.size(), version);
  return std::optional(version);
}

Status make_tables(PostgresConnection &db, int partitions) {
  auto encoding = TRY(db.prepare("SELECT getdatabaseencoding() = 'UTF8'", sql::Use::Once));
  if (!TRY(encoding.step()) || encoding.integer(0) == 0)
    return unavailable("the database keeps texts in another form than UTF8; make it with "
                       "ENCODING 'UTF8'");
  TRY(db.execute(kShared));
  TRY(db.execute(
      fmt::format(fmt::runtime(kBig), partitions > 0 ? " PARTITION BY HASH (county)" : "")));
  for (const char *table : {"event", "answer", "search_text"})
    for (int part = 0; part < partitions; ++part)
      TRY(db.execute(fmt::format("CREATE TABLE {0}_{1} PARTITION OF {0} FOR VALUES WITH (MODULUS "
                                 "{2}, REMAINDER {1})",
                                 table, part, partitions)));
  TRY(db.execute(kCounty));
  auto note = TRY(db.prepare("INSERT INTO meta (key, value) VALUES (?1, ?2)", sql::Use::Once));
  const auto version = std::to_string(kTables);
  note.with(kTablesKey);
  note.bytes(1, version);
  return note.run();
}

} // namespace

Status upgrade_fixed_tables(PostgresConnection &db, int partitions) {
  TRY(db.begin(sql::Mode::Read, ""));
  const auto version = standing(db);
  db.undo();
  if (!version) return version.error();
  if (*version && **version > kTables)
    return unavailable("this store was written by a newer yifa; use that version");
  if (*version && **version == kTables) return Done{};
  TRY(db.begin(sql::Mode::Write, ""));
  auto upgrade = [&]() -> Status {
    // Another program may have been first.
    if (!TRY(standing(db))) TRY(make_tables(db, partitions));
    return db.commit();
  };
  auto done = upgrade();
  if (!done) db.undo();
  return done;
}

} // namespace yifa::postgres
