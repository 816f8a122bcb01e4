#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

/// Digests over bytes. Running out of memory inside the library ends the program: there is no other
/// way they fail.
namespace yifa::crypto {

constexpr std::size_t kHashSize = 32;

/// SHA-256 as 32 raw bytes.
std::string sha256(std::string_view bytes);
/// SHA-256 of a followed by b.
std::string sha256(std::string_view a, std::string_view b);

/// SHA-256 of what comes in pieces: a stream of any length.
class Sha256 {
public:
  Sha256();
  Sha256(Sha256 &&) noexcept;
  Sha256 &operator=(Sha256 &&) noexcept;
  ~Sha256();
  void update(std::string_view bytes);
  /// 32 raw bytes; the object starts anew afterwards.
  std::string finish();

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Lower-case hexadecimal, two digits a byte.
std::string hex(std::string_view bytes);
/// Back from hexadecimal of either case; empty if it is none.
std::string from_hex(std::string_view digits);

} // namespace yifa::crypto
