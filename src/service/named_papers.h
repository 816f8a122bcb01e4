#pragma once

#include "catalog/model.h"
#include "record/record.h"

#include <functional>
#include <string>
#include <vector>

/// Which attachments values name.
namespace yifa::service {

using PaperSink = std::function<void(const std::string &where, const catalog::FileHash &paper)>;

/// Every paper that values name, those of tables too, with the path of its field.
void papers_in(const std::vector<catalog::Field> &fields, const std::vector<catalog::Value> &values,
               const PaperSink &each);

/// Whether the record or one of its parts names it, in the values as they are: personal ones only
/// where they were filled in.
bool bears_paper(const catalog::RecordType &type, const record::Record &record,
                 const std::string &hash);

} // namespace yifa::service
