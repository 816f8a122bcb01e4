#pragma once

#include "reading/lexicon.h"

namespace yifa::reading {

/// The lists of catalog/checks/words/figures.yaml that reading figures asks for, looked up once a
/// report.
struct FigureWords {
  explicit FigureWords(const Lexicon &lexicon);

  const Lexicon &lexicon;
  const Words &measure, &weak_measure, &percent, &percent_words, &percent_of, &both_full;
  const Words &approx_before, &approx_not, &demand_before, &filler_before, &approx_after,
      &approx_end, &scale;
  const Words &range, &barred_before, &barred_after, &named, &named_digits, &one_verb;
  const Words &rhythm, &each_mark, &each_not, &each_head, &change_before, &change_from,
      &planned_before, &shared, &each_of;
  const Words &respectively, &joined, &rate_end;
  const Words &none, &none_alone, &none_not, &none_end, &zero_prefix, &zero_head, &zero_of;
  const Words &covered, &covered_not, &all, &all_verb, &whole, &whole_of;
  const Words &verb, &object_stop, &no_object, &object_head, &object_tail;
};

} // namespace yifa::reading
