#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace yifa::ooxml {

/// The attributes of one start tag; valid inside the call only. Prefixes are dropped.
class XmlAttributes {
public:
  explicit XmlAttributes(const char **pairs) : pairs_(pairs) {}
  /// The value, or an empty view where there is none.
  std::string_view get(std::string_view local_name) const;
  bool has(std::string_view local_name) const;
  /// A boolean of XML Schema: 1, true, on.
  bool flag(std::string_view local_name) const;

private:
  const char **pairs_;
};

/// What a reader of XML does. Names come without their prefix. An error returned ends the parse.
class XmlHandler {
public:
  virtual ~XmlHandler() = default;
  virtual Status start(std::string_view name, const XmlAttributes &attributes) = 0;
  virtual Status end(std::string_view name) = 0;
  /// Character data; one text may come in several pieces.
  virtual Status text(std::string_view piece) = 0;
};

struct XmlLimits {
  std::size_t depth = 256;
  std::size_t attributes = 1024; ///< per element
};

/// A streaming parse over expat, in constant memory. A document type declaration is refused before
/// anything of it is read, and with it every entity but the five of XML.
class XmlParser {
public:
  /// `handler` must outlive the parser. `part` names the document in messages.
  XmlParser(XmlHandler &handler, std::string part, const XmlLimits &limits = {});
  XmlParser(XmlParser &&) noexcept;
  ~XmlParser();
  /// Invalid with line and column when malformed, with a document type, or too deep; else what the
  /// handler returned. After an error every further call returns it again.
  Status feed(std::string_view piece);
  Status finish();

  struct State;

private:
  std::unique_ptr<State> state_;
};

/// Parses a whole document.
Status parse_xml(std::string_view document, XmlHandler &handler, std::string part,
                 const XmlLimits &limits = {});

/// Text that any XML 1.0 document may hold: ill-formed UTF-8 becomes U+FFFD; control characters
/// other than tab and line feed, and non-characters, are dropped; CR LF and CR become LF.
std::string xml_text(std::string_view text);

} // namespace yifa::ooxml
