#include "service/attachments.h"
#include "service/named_papers.h"
#include "service/permission.h"
#include "service/work.h"

namespace yifa::service {

using catalog::Field;
using catalog::FileHash;
using catalog::Value;

Result<bool> Work::may_name(const std::string &hash) {
  if (TRY(names_attachment(env_, reader_, hash, actor_))) return true;
  if (before_.version == 0) return false;
  // What stands in the record already may go on standing there.
  if (bears_paper(*type_, before_, hash)) return true;
  return TRY(handles(reader_, actor_, before_)) && bears_paper(*type_, TRY(whole(before_)), hash);
}

Status Work::check_papers(const std::vector<Field> &fields, const std::vector<Value> &values,
                          const std::string &path) {
  std::vector<std::pair<std::string, std::string>> named;
  papers_in(fields, values, [&](const std::string &where, const FileHash &paper) {
    named.emplace_back(path + where, paper.hex);
  });
  std::vector<Problem> problems;
  for (const auto &[where, hash] : named)
    if (!env_.blobs.has(hash) || !TRY(may_name(hash)))
      problems.push_back(
          {where, "there is no attachment with this hash: attach the file first", "", ""});
  if (problems.empty()) return Done{};
  return invalid("a paper is missing", std::move(problems));
}

} // namespace yifa::service
