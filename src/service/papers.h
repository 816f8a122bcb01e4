#pragma once

#include "report/paper.h"
#include "service/ledgers.h"

namespace yifa::service {

/// A statutory document filled from a record.
struct FilledPaper {
  const catalog::PaperKind *kind = nullptr;
  std::string title;
  std::string number;
  std::vector<report::PaperBlock> blocks;
  /// What the article wants stated and the record does not hold: what, and the source.
  std::vector<Problem> missing;
};

/// Fills forms (catalog/documents) from records. Looks at linked records through the reader.
class Papers {
public:
  /// `whole`: with its personal fields where they can be read; they are printed only when
  /// `personal` says so.
  Papers(Environment &environment, store::Reader &reader, const catalog::RecordType &type,
         const record::Record &whole, bool personal)
      : env_(environment), reader_(reader), type_(type), record_(whole), personal_(personal) {}

  /// NotFound when the catalog has no such form.
  Result<FilledPaper> fill(const catalog::PaperKind &kind);

  /// An entry ("field", "part.field", "link.field", "@number") as it is printed; empty when it is
  /// not filled.
  Result<std::string> entry(const std::string &name);
  Result<bool> filled(const std::string &name);

private:
  Result<std::string> print(const catalog::Field &field, const catalog::Value &value,
                            bool personal_hidden);
  Result<std::string> name_of(const RecordId &id);
  Result<std::string> linked_entry(const RecordId &id, const std::string &name);
  Result<std::string> text(const std::vector<catalog::Token> &tokens);
  Result<bool> all_filled(const std::vector<catalog::Token> &tokens);
  Result<report::PaperBlock> block(const catalog::Form::Line &line);
  Result<report::PaperBlock> table(const catalog::Form::Line &line);
  std::string label_of(const std::string &entry) const;
  std::string phrase(const char *key) const { return std::string(env_.catalog->phrase(key)); }

  Environment &env_;
  store::Reader &reader_;
  const catalog::RecordType &type_;
  const record::Record &record_;
  bool personal_;
};

} // namespace yifa::service
