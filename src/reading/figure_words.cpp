#include "reading/figure_words.h"

namespace yifa::reading {

FigureWords::FigureWords(const Lexicon &words)
    : lexicon(words), measure(words.words("figures.measure")),
      weak_measure(words.words("figures.weak_measure")), percent(words.words("figures.percent")),
      percent_words(words.words("figures.percent_words")),
      percent_of(words.words("figures.percent_of")), both_full(words.words("figures.both_full")),
      approx_before(words.words("figures.approx_before")),
      approx_not(words.words("figures.approx_not")),
      demand_before(words.words("figures.demand_before")),
      filler_before(words.words("figures.filler_before")),
      approx_after(words.words("figures.approx_after")),
      approx_end(words.words("figures.approx_end")), scale(words.words("figures.scale")),
      range(words.words("figures.range")), barred_before(words.words("figures.barred_before")),
      barred_after(words.words("figures.barred_after")), named(words.words("figures.named")),
      named_digits(words.words("figures.named_digits")), one_verb(words.words("figures.one_verb")),
      rhythm(words.words("figures.rhythm")), each_mark(words.words("figures.each_mark")),
      each_not(words.words("figures.each_not")), each_head(words.words("figures.each_head")),
      change_before(words.words("figures.change_before")),
      change_from(words.words("figures.change_from")),
      planned_before(words.words("figures.planned_before")), shared(words.words("figures.shared")),
      each_of(words.words("figures.each_of")), respectively(words.words("figures.respectively")),
      joined(words.words("figures.joined")), rate_end(words.words("figures.rate_end")),
      none(words.words("figures.none")), none_alone(words.words("figures.none_alone")),
      none_not(words.words("figures.none_not")), none_end(words.words("figures.none_end")),
      zero_prefix(words.words("figures.zero_prefix")), zero_head(words.words("figures.zero_head")),
      zero_of(words.words("figures.zero_of")), covered(words.words("figures.covered")),
      covered_not(words.words("figures.covered_not")), all(words.words("figures.all")),
      all_verb(words.words("figures.all_verb")), whole(words.words("figures.whole")),
      whole_of(words.words("figures.whole_of")), verb(words.words("figures.verb")),
      object_stop(words.words("figures.object_stop")), no_object(words.words("figures.no_object")),
      object_head(words.words("figures.object_head")),
      object_tail(words.words("figures.object_tail")) {}

} // namespace yifa::reading
