#include "report/html_text.h"

namespace yifa::report {

std::string html_escaped(std::string_view text) {
  std::string all;
  for (char c : text) {
    switch (c) {
    case '&':
      all += "&amp;";
      break;
    case '<':
      all += "&lt;";
      break;
    case '>':
      all += "&gt;";
      break;
    case '"':
      all += "&quot;";
      break;
    case '\'':
      all += "&#39;";
      break;
    default:
      all += c;
    }
  }
  return all;
}

} // namespace yifa::report
