#include "reading/check_substance.h"

#include "reading/numeral.h"

namespace yifa::reading {
namespace {

/// A number with what stands at its sides: 近100余人次.
struct ApproxNumber {
  std::size_t start = 0;  ///< of the word before it, or of the number
  std::size_t number = 0; ///< of the number
  std::size_t number_end = 0;
  std::size_t end = 0;    ///< behind measure word and approximation
  std::size_t before = 0; ///< length of the word before
  bool total = false;     ///< that word promises a sum
  Span after;             ///< 余, 左右 …; empty for none
  bool at_number = false; ///< it stands right behind the number
};

class ApproxCheck {
public:
  explicit ApproxCheck(Case &report)
      : report_(report), all_(report.text().all()),
        before_(report.lexicon.words("substance.approx_before")),
        not_(report.lexicon.words("substance.approx_not")),
        total_(report.lexicon.words("substance.approx_total")),
        after_(report.lexicon.words("substance.approx_after")),
        end_(report.lexicon.words("substance.approx_end")),
        time_(report.lexicon.words("substance.time_units")),
        ordinal_(report.lexicon.words("substance.ordinal")),
        measure_(report.lexicon.words("figures.measure")) {}

  void run() {
    const auto body = report_.structure().body;
    for (auto at = body.start; at < body.end;) {
      if (!begins(at)) {
        ++at;
        continue;
      }
      const auto numeral = numeral_at(all_, at);
      if (!numeral || numeral->length == 0) {
        ++at;
        continue;
      }
      consider(at, at + numeral->length);
      at += numeral->length;
    }
  }

private:
  bool begins(std::size_t at) const {
    const auto c = all_[at];
    if (digit_value(c) < 0 && !is_han_numeral(c)) return false;
    return at == 0 || (all_[at - 1] != U'.' && !ordinal_.before(all_, at));
  }

  void consider(std::size_t at, std::size_t end) {
    ApproxNumber one;
    one.number = one.start = at;
    one.number_end = one.end = end;
    if (const auto n = end_of_number(end)) {
      one.after = {end, end + n};
      one.at_number = true;
      one.end = end + n;
    }
    if (time_.at(all_, one.end)) return;
    const auto unit = measure_.at(all_, one.end);
    if (unit == 0 && all_[one.end] != U'%' && all_[one.end] != U'％') return;
    one.end += unit == 0 ? 1 : unit;
    if (one.after.empty())
      if (const auto n = end_.at(all_, one.end)) {
        one.after = {one.end, one.end + n};
        one.end += n;
      }
    if (one.after.empty()) return;
    if (const auto n = total_.before(all_, at)) {
      one.before = n;
      one.total = true;
    } else if (const auto m = before_.before(all_, at)) {
      if (!not_.before(all_, at)) one.before = m;
    }
    one.start = at - one.before;
    say(one);
  }

  /// 余, or 多 before a measure word: 300多人, but not 多元.
  std::size_t end_of_number(std::size_t at) const {
    const auto n = after_.at(all_, at);
    return n != 0 && (measure_.at(all_, at + n) || time_.at(all_, at + n)) ? n : 0;
  }

  void say(const ApproxNumber &one) {
    const Span whole{one.start, one.end};
    const auto &text = report_.text();
    if (one.before != 0) {
      auto *made = report_.findings.add("substance.double_approximation", whole,
                                        {{"text", text.utf8(whole)},
                                         {"before", text.utf8({one.start, one.number})},
                                         {"after", text.utf8(one.after)}});
      // 共计30余场 is written everywhere; only worth a look.
      if (made != nullptr && one.total) made->severity = Severity::Note;
    }
    if (!one.at_number) return;
    const auto last = all_[one.number_end - 1];
    if (digit_value(last) > 0 || han_digit_value(last) > 0)
      report_.findings.add(
          "substance.doubtful_approximation", {one.number, one.end},
          {{"text", text.utf8({one.number, one.end})}, {"after", text.utf8(one.after)}});
  }

  Case &report_;
  std::u32string_view all_;
  const Words &before_, &not_, &total_, &after_, &end_, &time_, &ordinal_, &measure_;
};

} // namespace

void check_approximations(Case &report) { ApproxCheck(report).run(); }

} // namespace yifa::reading
