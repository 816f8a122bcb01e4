#include "service/search.h"

#include "base/text.h"
#include "service/permission.h"

namespace yifa::service {

Result<std::vector<store::SearchHit>> search(Environment &environment, store::SearchQuery query,
                                             const Actor &actor) {
  query.words = text::trim(query.words);
  if (query.words.empty()) return invalid("search for at least one word");
  if (!text::valid_utf8(query.words)) return invalid("the words are not valid UTF-8");
  if (query.limit < 1 || query.offset < 0)
    return invalid("the limit is at least one, the offset at least nought");
  if (actor.matters_only || actor.no_records) return forbidden("you may not search the ledgers");
  if (!actor.local_operator) {
    if (query.scope.contains(actor.scope)) query.scope = actor.scope;
    if (!actor.scope.contains(query.scope)) return forbidden("you may not search there");
    if (query.types.empty()) query.types = actor.ledgers;
    for (const auto &type : query.types)
      if (!has_ledger(actor, type)) return forbidden("you may not search this ledger");
  }
  auto reader = TRY(environment.store.read());
  return reader->search(query);
}

} // namespace yifa::service
