#include "catalog/template.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yifa::catalog {
namespace {

constexpr auto none = std::string_view::npos;

bool is_name(std::string_view word) {
  if (word.empty() || word.front() < 'a' || word.front() > 'z') return false;
  for (char c : word)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.')) return false;
  return word.back() != '.' && word.find("..") == none;
}

/// 1 to 99, or 0 when it is no such number.
int small_number(std::string_view word) {
  if (word.empty() || word.size() > 2 || word.find_first_not_of("0123456789") != none) return 0;
  return word.size() == 1 ? word[0] - '0' : (word[0] - '0') * 10 + (word[1] - '0');
}

class TemplateParser {
public:
  explicit TemplateParser(std::string_view text) : text_(text) {}
  Result<Template> parse();

private:
  void fault(std::size_t at, std::string message) {
    problems_.push_back(
        {std::to_string(text::length(text_.substr(0, at))), std::move(message), {}, {}});
  }
  std::vector<Token> tokens(bool inside);
  Token braced(std::string_view body, std::size_t at);
  Token word(std::string_view body, std::size_t at);

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Problem> problems_;
};

Result<Template> TemplateParser::parse() {
  Template out;
  out.source = text_;
  out.tokens = tokens(false);
  if (!problems_.empty()) return invalid("the text cannot be read", std::move(problems_));
  return out;
}

std::vector<Token> TemplateParser::tokens(bool inside) {
  std::vector<Token> out;
  auto opened = inside ? at_ - 1 : 0;
  while (at_ < text_.size()) {
    auto next = text_.find_first_of("{}[]", at_);
    if (next == none) next = text_.size();
    if (next > at_) {
      Token token;
      token.text = text_.substr(at_, next - at_);
      out.push_back(std::move(token));
      at_ = next;
      continue;
    }
    char c = text_[at_];
    if (c == '{') {
      auto end = text_.find_first_of("{}", at_ + 1);
      if (end == none || text_[end] == '{') {
        fault(at_, "this { is not closed");
        at_ = end == none ? text_.size() : end;
        continue;
      }
      out.push_back(braced(text_.substr(at_ + 1, end - at_ - 1), at_));
      at_ = end + 1;
    } else if (c == '[') {
      auto here = at_++;
      if (inside) {
        fault(here, "a [ inside [ ]; only one level is read");
        continue;
      }
      Token token;
      token.kind = Token::Kind::Optional;
      token.inner = tokens(true);
      out.push_back(std::move(token));
    } else if (c == ']') {
      ++at_;
      if (inside) return out;
      fault(at_ - 1, "a ] without its [");
    } else {
      fault(at_, "a } without its {");
      ++at_;
    }
  }
  if (inside) fault(opened, "this [ is not closed");
  return out;
}

Token TemplateParser::word(std::string_view body, std::size_t at) {
  Token token;
  token.kind = Token::Kind::Word;
  auto split = body.find_first_of(": ");
  token.name = body.substr(0, split);
  if (split != none) token.argument = body.substr(split + 1);
  if (!is_name(token.name) || (split != none && !is_name(token.argument)))
    fault(at, fmt::format("{{@{}}} is not understood", body));
  return token;
}

Token TemplateParser::braced(std::string_view body, std::size_t at) {
  if (body.empty()) {
    fault(at, "nothing stands between { and }");
    return {};
  }
  if (body.front() == '@') return word(body.substr(1), at);
  Token token;
  auto mark = body.find_first_of("|^*@");
  token.name = body.substr(0, mark);
  token.kind = Token::Kind::Figure;
  auto rest = mark == none ? std::string_view() : body.substr(mark + 1);
  bool good = is_name(token.name);
  if (mark == none) {
    if (!good) fault(at, fmt::format("{{{}}} is no name; after a name | ^ * @ may follow", body));
    return token;
  }
  if (body[mark] == '^') {
    token.kind = Token::Kind::Change;
    good = good && rest.empty();
  } else if (body[mark] == '|') {
    token.argument = rest;
    good = good && !rest.empty() && rest.find_first_of("|^*@:= ") == none;
  } else {
    bool names = body[mark] == '@';
    token.kind = names ? Token::Kind::Names : Token::Kind::Groups;
    auto split = rest.find_first_of(":=");
    token.argument = rest.substr(0, split);
    good = good && is_name(token.argument);
    if (split != none) {
      auto select = rest.substr(split + 1);
      if (rest[split] == '=') {
        token.kind = Token::Kind::Group;
        token.selector = select;
        good = good && !names && is_name(select);
      } else if (token.limit = small_number(select); token.limit == 0) {
        token.selector = select;
        good = good && !names && is_name(select);
      }
    }
  }
  if (!good) fault(at, fmt::format("{{{}}} is not understood", body));
  return token;
}

} // namespace

Result<Template> parse_template(std::string_view text) { return TemplateParser(text).parse(); }

} // namespace yifa::catalog
