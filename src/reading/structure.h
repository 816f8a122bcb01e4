#pragma once

#include "reading/lexicon.h"
#include "reading/text.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::reading {

enum class Role {
  Issuer,    ///< the body named above the title (letterhead)
  Number,    ///< 发文字号
  Title,     ///< one or several lines
  Addressee, ///< 主送机关
  Lead,      ///< what stands before the first heading
  Heading,   ///< a paragraph that is a heading, or begins with one
  Body,
  Closing,   ///< 特此报告
  Signature, ///< the body that signs
  Date,      ///< 成文日期
  Note,      ///< 附件, （此件公开发布）, 抄送
};

/// How a heading or point is numbered, as written.
enum class Numbering {
  None,
  Han,            ///< 一、
  HanBrackets,    ///< （一）
  Arabic,         ///< 1. 1、 1．
  ArabicBrackets, ///< （1）
  ArabicRight,    ///< 1)
  Circled,        ///< ①
  Point,          ///< 一是
  Ordinal,        ///< 第一，
};

/// A number read at the head of a line or clause.
struct Label {
  Numbering kind = Numbering::None;
  int value = 0;
  Span span;                  ///< with its brackets and stop: "（一）", "1.", "一是"
  bool half_width = false;    ///< (一) instead of （一）
  bool lacks_bracket = false; ///< 一) or （一
  bool from_list = false;     ///< made by the word processor's automatic numbering
};

struct Section {
  int level = 1;       ///< 1 to 4
  Label label;         ///< Numbering::None for a heading without number
  Span title;          ///< the heading's words without its number; ends before the body when run on
  Span span;           ///< from its number to the start of the next section of its level or higher
  Span own;            ///< what stands directly in it, up to its first subsection
  int parent = -1;     ///< index in Structure::sections
  bool run_on = false; ///< the body follows in the same paragraph
};

/// 一是…二是… standing together: one enumeration.
struct Enumeration {
  std::vector<Label> labels; ///< in order as written
  std::vector<Span> items;   ///< from the label to the next one or the end of its paragraph run
  int section = -1;
};

struct Sentence {
  Span span; ///< with its stop
  std::size_t paragraph = 0;
  int section = -1; ///< innermost; -1 in title and lead
};

struct Structure {
  std::vector<Role> roles; ///< of each paragraph
  Span title;              ///< all its lines; empty when none was found
  Span number;
  Span issuer;
  Span addressee;
  Span lead;
  Span signature;
  Span date;
  Span closing;
  std::vector<Section> sections; ///< in the order of the text, parents before children
  std::vector<Enumeration> enumerations;
  std::vector<Sentence> sentences; ///< of lead and body, headings of their own left out
  Span body;                       ///< from the lead to the end of the last section

  std::string place;     ///< 高观镇: the town the report is of; empty when unknown
  std::string issued_by; ///< 高观镇人民政府, as written or made of the place; may be empty
  std::string document_number;
  std::optional<int> year; ///< the year reported on

  /// The innermost section at an offset, -1 for none.
  int section_at(std::size_t offset) const;
  /// What the section, or one it stands in, is about.
  Content content_at(std::size_t offset) const;
  /// Stretches of the text by what they are about, in order; chapters that treat two things have
  /// two.
  std::vector<std::pair<Span, Content>> parts;
  std::vector<Content> contents; ///< of each section (its own or its parent's)
};

/// Told by the person who asks, and stronger than what is read.
struct Told {
  std::string place;
  std::optional<int> year;
};

Structure read_structure(const Text &text, const Source &source, const Lexicon &lexicon,
                         const Told &told = {});

} // namespace yifa::reading
