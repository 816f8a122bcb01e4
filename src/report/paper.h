#pragma once

#include "base/date.h"
#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Papers that are no annual report: filled forms, dossiers, plans. Words and tables only; who
/// says what is the caller's business.
namespace yifa::report {

struct PaperBlock {
  enum class Kind {
    Heading,
    Text,   ///< a paragraph; `strong` when it must be seen
    Table,  ///< ruled, with a head
    Form,   ///< two columns, label and entry, without a head
    Sign,   ///< a line to be signed by hand
    Office, ///< who issues it, right-aligned
    Date,   ///< below it
    Note,
    NewPage, ///< the next paper of a dossier begins; `text` is its title, `extra` its number
  };
  Kind kind = Kind::Text;
  std::string text;
  std::string extra;
  bool strong = false;
  bool compact = false; ///< of Table and Note: small type, for pages that must hold much
  std::vector<std::string> head;
  std::vector<double> weights; ///< of Table: shares of the width; empty: even
  std::vector<std::vector<std::string>> rows;
};

struct Paper {
  std::string title;
  std::string number;    ///< under the title; may be empty
  std::string page_note; ///< small on every page; may be empty
  Date day;              ///< the file's only day
  std::string issuer;
  std::vector<PaperBlock> blocks;
};

/// As .docx bytes; errors as ooxml::write_docx.
Result<std::string> render_paper_docx(const Paper &paper);
/// One page of HTML that needs nothing else; prints on A4.
std::string render_paper_html(const Paper &paper);
/// For a terminal.
std::string render_paper_text(const Paper &paper);

} // namespace yifa::report
