#pragma once

#include "made_up.h"
#include "store/shape.h"

#include <string>

/// Questions made up by chance: everything a Reader can be asked.
namespace yifa::testing {

struct Question {
  std::string what; ///< the port's function, and what it was asked
  /// The whole answer as text, "" for an empty one.
  std::function<Result<std::string>(store::Reader &)> ask;
};

class Questions {
public:
  /// `catalog` must outlive it, and `made` is what the stores hold.
  Questions(const catalog::Catalog &catalog, Chance &chance, MadeUp &made);

  Question next();

private:
  Question records();
  Question one();
  Question texts();
  Question figures();
  Question time();
  Question offices();
  Question keys();
  Question history();
  Question walks();
  record::Query query();
  std::string shown(const record::Record &record) const;
  std::string shown(const std::vector<record::Record> &records) const;

  const catalog::Catalog &catalog_;
  std::shared_ptr<const store::Shape> shape_;
  Chance &chance_;
  MadeUp &made_;
};

/// A predicate over "matter", true for some records and not for others.
catalog::Predicate chance_predicate(Chance &chance, MadeUp &made, int depth);

} // namespace yifa::testing
