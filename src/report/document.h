#pragma once

#include "base/date.h"
#include "base/id.h"
#include "base/org_code.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// A report as data: the one form of which .docx, HTML, Markdown, JSON, the editor and the seal are
/// views. Nothing in it depends on today (DECISIONS 14).
namespace yifa::report {

/// A place of the text behind which a figure stands.
struct FigureRef {
  enum class Kind {
    Value,  ///< a number: 219
    Group,  ///< the number of one group: 邻里 52
    Change, ///< the difference to the year before: 2
    Zero,   ///< a confirmed zero, printed as the noun that did not happen
    Word,   ///< a word that claims what the figure says: 全部, 均
    Names,  ///< the names of the counted records
  };
  Kind kind = Kind::Value;
  std::string indicator; ///< "@villages" for the number of villages
  std::string dimension; ///< of Group
  std::string group;     ///< of Group: the code
  OrgCode org;
  Period period;
  std::string seen; ///< the exact value when the draft was made: "219", "98.6", "18600.00" (yuan),
                    ///< "-12" of a Change
  std::string unit; ///< the measure word printed behind the number; empty for words and names
  std::string last_year;    ///< of Change: the value of the year before
  std::int64_t records = 0; ///< how many records make the figure
  bool operator==(const FigureRef &) const = default;
};

/// A person's word that a number stands as it is: beside a figure that the ledgers count otherwise,
/// or about a number that counts nothing.
struct Keep {
  std::string reason;
  std::string against; ///< of a figure: what the ledgers counted then, as FigureRef::seen
  std::string by;      ///< who said so
  bool operator==(const Keep &) const = default;
};

struct Run {
  std::string text; ///< as printed, the figure's number without its unit
  std::optional<FigureRef> figure = std::nullopt;
  std::optional<Keep> kept = std::nullopt;
  bool operator==(const Run &) const = default;
};

/// Whose words a sentence repeats.
struct Author {
  RecordId record;
  std::string type;
  std::string number; ///< the record's display number
  std::string name;   ///< who recorded it
  bool operator==(const Author &) const = default;
};

/// One sentence, with everything it rests on.
struct Sentence {
  std::string id; ///< stable: the first clause's id, with "#2023-7" for the words of a record;
                  ///< "opening.1" for the outline's own
  std::vector<std::string> clauses; ///< empty: the outline's own words
  std::vector<Run> runs;
  std::vector<FigureRef>
      rests_on; ///< figures that chose the wording without being printed (`when`)
  std::vector<Author> authors;
  std::string edited_by; ///< who wrote or changed it by hand; empty: as composed

  std::string text() const;
  bool operator==(const Sentence &) const = default;
};

struct Block {
  enum class Kind { Title, Addressee, Heading, Paragraph, Point, Signature, Date, Missing };
  Kind kind = Kind::Paragraph;
  std::string id;     ///< stable: "title", "c1", "c1.s2", "c1.s2.p1", by place in the outline
  int level = 0;      ///< of Heading: 1 (一、), 2 (（一）), 3 (1.)
  std::string number; ///< of Heading: "一、"; of Point: "一是"; printed before the sentences
  std::vector<Sentence> sentences;
  bool required = false; ///< of Missing: the report may not be handed in without it

  std::string text() const; ///< number and sentences
  bool operator==(const Block &) const = default;
};

struct Document {
  std::string outline;
  OrgCode org;
  std::string org_name;
  Period period;
  std::optional<Date> cutoff; ///< when the figures end before the year does
  bool approximate = false;
  std::string document_number; ///< 张政〔2024〕25号; may be empty
  std::string issuer;          ///< 张村镇人民政府
  std::string signer;          ///< 签发人; may be empty
  std::optional<Date> date;    ///< 成文日期
  std::string
      page_note; ///< printed small on every page: that the data are an example; may be empty
  std::string catalog_hash;
  std::vector<Block> blocks;

  std::string title() const;
  bool operator==(const Document &) const = default;
};

/// Something the report should hold and does not.
struct Missing {
  enum class Kind {
    Chapter, ///< a required chapter without a record
    Topic,   ///< nothing at all to say on a topic
    Zero,    ///< nothing recorded, and no zero return says that there was nothing
    Figure,  ///< a clause silent because its figure has no record
    Partial, ///< some offices have not reported
    Reason,  ///< a marked fall against the year before, which the office should explain
    Words,   ///< a record that should speak lacks the author's words
  };
  Kind kind = Kind::Topic;
  bool required = false; ///< the report may not be handed in without it
  std::string where;     ///< block id, or id of the chapter or section that was dropped
  std::string topic;
  std::string indicator;
  std::string clause;
  std::string label;   ///< what it is about, in the catalog's words
  std::string message; ///< for the clerk, Chinese
};

/// A figure that was counted and stands nowhere in the text.
struct Unsaid {
  std::string indicator;
  std::string label;
  std::string value; ///< with unit
};

struct Draft {
  Document document;
  std::vector<Missing> missing; ///< the required ones first, then in the order of the outline
  std::vector<Unsaid> unsaid;   ///< in the order of the catalog

  /// Nothing required is missing.
  bool complete() const;
};

} // namespace yifa::report
