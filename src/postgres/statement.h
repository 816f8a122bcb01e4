#pragma once

#include "postgres/connection.h"

namespace yifa::postgres {

/// The parameters and the rows of a statement; how rows are come by is each one's own.
class BoundStatement : public sql::Statement {
public:
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view bytes(int column) const override;

  void null(int column) override;
  void integer(int column, std::int64_t value) override;
  void text(int column, std::string_view value) override;
  void bytes(int column, std::string_view value) override;
  void copied_text(int column, std::string_view value) override;

protected:
  std::string_view raw(int column) const;
  void room_for(int column);

  Bound bound_;
  Answer answer_;
  int row_ = -1;
};

} // namespace yifa::postgres
