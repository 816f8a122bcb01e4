#pragma once

#include "record/matches.h"

/// Fields by name, of the place a rule looks at. registry.cpp proves at start that they are there.
namespace yifa::rules {

/// The value of the part's own field, or of the record's when there is no part.
const catalog::Value &value_at(const record::Place &place, std::string_view field);
const catalog::Field *field_at(const record::Place &place, std::string_view field);

/// The lines of a rows field and the index of a column in them.
const std::vector<catalog::Row> *lines_at(const record::Place &place, std::string_view field);
int column_of(const catalog::Field &rows, std::string_view column);

} // namespace yifa::rules
