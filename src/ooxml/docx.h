#pragma once

#include "base/date.h"
#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Official documents after GB/T 9704—2012 《党政机关公文格式》, written natively as .docx: A4,
/// margins 37/35/28/26 mm, 22 lines of 28 characters of 3号仿宋, page numbers “— 1 —” outside on
/// odd and even pages. Fonts are named by their government names with fall-backs beside them
/// (fontTable.xml); none is embedded. The writer knows type, not government: every word is the
/// caller's.
namespace yifa::ooxml {

/// The faces of the standard. Inherit is the face of the paragraph's role.
enum class Face {
  Inherit,
  FangSong, ///< 仿宋_GB2312
  Kai,      ///< 楷体_GB2312
  Hei,      ///< 黑体
  Song,     ///< 宋体
  Title,    ///< 方正小标宋简体
};

/// A stretch of text of one look. `\n` breaks the line, `\t` is a tab; other control characters are
/// dropped.
struct Run {
  std::string text;
  bool bold = false;
  Face face = Face::Inherit;
  std::string bookmark; ///< this run can be linked to by this id; any text, unique in the document
  std::string link;     ///< "#id" of a bookmark in this document, or an http(s)/mailto address
};

enum class Role {
  Heading1,   ///< 一、 黑体, outline level 1
  Heading2,   ///< （一） 楷体, outline level 2
  Heading3,   ///< 1. 仿宋, outline level 3
  Heading4,   ///< （1） 仿宋, outline level 4
  Body,       ///< 仿宋, indented by two characters
  Flush,      ///< 仿宋, not indented (an address line inside the text)
  Centered,   ///< 仿宋, centred
  Signature,  ///< an organ's name set by hand, right-aligned, two characters in
  DateLine,   ///< a date set by hand, right-aligned, four characters in
  Attachment, ///< the attachment note 附件：…, indented, continuation lines under its text
  Note,       ///< 附注 below the date, indented by two characters
  Small,      ///< 宋体 小五, not indented, for pages that must hold much
  Caption,    ///< a table's name: 黑体 小四, centred, kept with the table
  AnnexLabel, ///< 附件1: 黑体, flush left, on a new page
  AnnexTitle, ///< the annex's title: 2号小标宋, centred, a blank line before and after
};

struct Paragraph {
  Role role = Role::Body;
  std::vector<Run> runs;
  std::string bookmark; ///< the whole paragraph can be linked to by this id
};

/// A paragraph of one plain run.
Paragraph paragraph(Role role, std::string text);

enum class Align { Left, Center, Right };

/// A ruled table over the width of the type area; 宋体 小四, the head row repeated on every page.
/// `compact` is 小五, for pages that must hold much; without a head row when no column has a head.
struct Table {
  bool compact = false;
  struct Column {
    std::string head;
    double weight = 1; ///< share of the width
    Align align = Align::Left;
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::vector<Run>>> rows; ///< row → cell → runs; short rows are filled up
};

struct PageBreak {};
struct BlankLine {};

using Block = std::variant<Paragraph, Table, PageBreak, BlankLine>;

/// The head of the first page: red issuer mark, document number, signer, red line.
struct RedHead {
  /// The mark's organs, the leading one first; one line each. Several share one `suffix`.
  std::vector<std::string> issuers;
  std::string suffix; ///< 文件, or empty
  std::string number; ///< 张政〔2024〕25号; may be empty
  /// Named on an upward paper (上行文): the number then stands left, “签发人：” and the name right.
  std::string signer;
};

/// Organ and date below the text.
struct Signature {
  std::vector<std::string> organs; ///< one line each
  std::optional<Date> date;
  /// Leaves room for a seal (none is drawn): date four characters from the right, the organ centred
  /// above it. Else the organ two characters from the right, the date below it.
  bool sealed = true;
};

struct Document {
  std::string subject; ///< core property, and the title when empty
  std::string author;  ///< core property
  Date created;        ///< core property; the only day in the file, never today's
  std::string page_note; ///< small grey line at the head of every page (“示例数据”); may be empty
  std::optional<RedHead> head;
  std::vector<std::string> title; ///< its lines as broken by sense; one long line is broken here
  std::string addressee;          ///< without the colon, which is added; may be empty
  std::vector<Block> body;
  std::vector<std::string> attachments; ///< names for the attachment note; numbered when several
  Signature signature;                  ///< left out when without organs and date
  std::vector<Block> annexes;           ///< after the signature
};

/// The .docx as bytes; the same document gives the same bytes. Invalid, all faults at once: a
/// bookmark id twice, a link to no bookmark, an address of another scheme, a table without columns
/// or with a longer row.
Result<std::string> write_docx(const Document &document);

/// Breaks a title into lines of at most `most` characters by sense, in a trapezoid or evenly: not
/// inside a number, a 《》 that fits, or before a closing mark or 的. Text that fits stays one
/// line.
std::vector<std::string> break_title(std::string_view title, std::size_t most = 20);

} // namespace yifa::ooxml
