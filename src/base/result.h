#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace yifa {

/// What kind of "no" this is. One table maps each to an exit code (and later to an HTTP status).
enum class ErrorCode {
  Invalid,  ///< the input is malformed or incomplete; `where` names the field or cell
  Refused,  ///< the law forbids it; `sources` cite the articles
  NotFound, ///< no such record, ledger, office, file
  Stale,    ///< the record moved on since it was read, or a client key was used for another request
  Forbidden,   ///< this actor may not
  Unavailable, ///< the store, disk or an outside program cannot serve now
  Internal,    ///< a fault of ours
};

/// The stable English word of a code, as printed in JSON: "invalid", "refused", "not_found", …
std::string_view to_string(ErrorCode code);

/// One thing wrong, addressed.
struct Problem {
  std::string where;   ///< field path ("materials[2].copies"), cell ("Sheet1!B17") or
                       ///< file:line:column; may be empty
  std::string message; ///< a full sentence without final stop
  std::string source;  ///< legal source, e.g. "人民调解法 第十七条"; may be empty
  std::string supply;  ///< who can supply what is missing; may be empty

  bool operator==(const Problem &) const = default;
};

/// Why something was not done. `problems` lists every fault found, never only the first.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  std::vector<Problem> problems;

  bool operator==(const Error &) const = default;
  /// Message and problems as lines for a person.
  std::string text() const;
};

Error invalid(std::string message, std::vector<Problem> problems = {});
Error refused(std::string message, std::vector<Problem> problems);
Error not_found(std::string message);
Error stale(std::string message);
Error forbidden(std::string message);
Error unavailable(std::string message);
Error internal_error(std::string message);

/// A value or an Error, after std::expected (which g++ 12 and clang 14 do not both have).
template <typename T> class [[nodiscard]] Result {
public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  template <typename U>
  requires(std::is_constructible_v<T, U &&> && !std::is_same_v<std::remove_cvref_t<U>, T> &&
           !std::is_same_v<std::remove_cvref_t<U>, Error> &&
           !std::is_same_v<std::remove_cvref_t<U>, Result>) Result(U &&value)
      : state_(std::in_place_index<0>, std::forward<U>(value)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// Precondition: has_value(); anything else ends the program, since it is a fault of ours.
  T &value() & { return check(), *std::get_if<0>(&state_); }
  const T &value() const & { return check(), *std::get_if<0>(&state_); }
  T &&value() && { return check(), std::move(*std::get_if<0>(&state_)); }
  T &operator*() & { return value(); }
  const T &operator*() const & { return value(); }
  T &&operator*() && { return std::move(*this).value(); }
  T *operator->() { return &value(); }
  const T *operator->() const { return &value(); }

  const Error &error() const & { return *std::get_if<1>(&state_); }
  Error &&error() && { return std::move(*std::get_if<1>(&state_)); }

  template <typename U> T value_or(U &&other) const & {
    return has_value() ? **this : static_cast<T>(std::forward<U>(other));
  }
  template <typename F> auto and_then(F &&f) && -> std::invoke_result_t<F, T &&> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(*this).value());
  }
  template <typename F> auto transform(F &&f) && -> Result<std::invoke_result_t<F, T &&>> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(*this).value());
  }

private:
  void check() const {
    if (!has_value()) std::abort();
  }
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Done {
  bool operator==(const Done &) const = default;
};
using Status = Result<Done>;

} // namespace yifa

#define YIFA_PASTE_(a, b) a##b
#define YIFA_TRY_(name, ...)                                                                       \
  __extension__({                                                                                  \
    auto &&name = (__VA_ARGS__);                                                                   \
    if (!name.has_value()) return std::move(name).error();                                         \
    std::move(name).value();                                                                       \
  })
#define YIFA_TRY_NAMED_(counter, ...) YIFA_TRY_(YIFA_PASTE_(yifa_result_, counter), __VA_ARGS__)
/// Yields the value of a Result, or returns its error from the enclosing function; may be nested.
/// The only macro of the house: `auto record = TRY(decode(fields));`
#define TRY(...) YIFA_TRY_NAMED_(__COUNTER__, __VA_ARGS__)
