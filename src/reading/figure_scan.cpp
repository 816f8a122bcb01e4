#include "reading/figure_scan.h"

#include "base/text.h"
#include "reading/label.h"
#include "reading/numeral.h"

namespace yifa::reading {
namespace {

/// Reads one number of one report.
class NumberScan {
public:
  NumberScan(std::u32string_view all, std::size_t end, const FigureMask &mask,
             const FigureWords &words)
      : all_(all), end_(end), mask_(mask), words_(words) {}

  std::optional<ScannedNumber> read(std::size_t at, std::size_t clause_start) {
    if (mask_.barred(at)) return std::nullopt;
    out_.number_start = at;
    bool read = words_.percent_words.at(all_, at) || words_.percent_of.at(all_, at)
                    ? percent_in_words(at)
                    : plain(at);
    if (!read) return std::nullopt;
    auto start = at;
    if (auto n = words_.approx_before.before(all_, at); n && at - n >= clause_start &&
                                                        !ordinary_above(at - n, at) &&
                                                        words_.approx_not.before(all_, at) == 0) {
      start = at - n;
      mark(std::u32string(all_.substr(start, n)), true);
      if (words_.demand_before.at(all_, start) > 0) out_.figure.kind = FigureKind::Planned;
    }
    out_.figure.span = {start, at_};
    return out_;
  }

private:
  void mark(const std::u32string &word, bool approx) {
    auto &figure = out_.figure;
    figure.approx = figure.approx || approx;
    auto written = text::encode(word);
    figure.approx_marker =
        figure.approx_marker.empty() ? written : figure.approx_marker + "、" + written;
  }

  bool percent_in_words(std::size_t at) {
    out_.figure.kind = FigureKind::Rate;
    out_.figure.unit = "%";
    if (auto n = words_.percent_words.at(all_, at)) {
      out_.figure.value = Decimal::from_int(100);
      at_ = at + n;
      return true;
    }
    at_ = at + words_.percent_of.at(all_, at);
    auto number = numeral_at(all_, at_);
    if (!number) return false;
    out_.figure.value = number->value;
    at_ += number->length;
    // 九十八点六
    if (at_ + 1 < end_ && all_[at_] == U'点' && han_digit_value(all_[at_ + 1]) >= 0) {
      std::int64_t unit = 100'000;
      auto millionths = out_.figure.value.millionths();
      for (++at_; at_ < end_ && han_digit_value(all_[at_]) >= 0 && unit > 0; ++at_, unit /= 10)
        millionths += han_digit_value(all_[at_]) * unit;
      out_.figure.value = Decimal::from_millionths(millionths);
    }
    approximate_end();
    return true;
  }

  bool plain(std::size_t at) {
    auto number = numeral_at(all_, at);
    if (!number || number->digits) return false;
    if (at > 0 && joins_before(at, number->han)) return false;
    out_.han = number->han;
    at_ = at + number->length;
    if (at_ > end_) return false;
    auto value = number->value;
    bool bare_scale = number->han && number->length == 1 && han_scale(all_[at]) >= 100;
    if (bare_scale && words_.approx_after.at(all_, at_) == 0 && !near(at)) return false;
    approximate(value);
    if (!range(value)) return false;
    blank();
    if (auto n = words_.percent.at(all_, at_)) {
      at_ += n;
      out_.figure.kind = FigureKind::Rate;
      out_.figure.unit = "%";
      out_.figure.value = value;
      approximate_end();
      return true;
    }
    return measured(value, *number);
  }

  bool measured(Decimal value, const Numeral &number) {
    auto unit_at = at_;
    auto n = words_.measure.at(all_, unit_at);
    if (auto tenth =
            n == 0 && number.han ? words_.lexicon.words("figures.tenth").at(all_, unit_at) : 0;
        tenth > 0 && closes_clause(unit_at + tenth)) {
      at_ = unit_at + tenth;
      out_.figure.kind = FigureKind::Rate;
      out_.figure.unit = "%";
      out_.figure.value = Decimal::from_millionths(value.millionths() * 10);
      approximate_end();
      return true;
    }
    if (n == 0) {
      n = words_.lexicon.words("figures.end_measure").at(all_, unit_at);
      if (n > 0 && !closes_clause(unit_at + n)) return false;
    }
    if (n == 0 || words_.named_digits.at(all_, unit_at) > 0) return false;
    auto unit = std::u32string(all_.substr(unit_at, n));
    at_ = unit_at + n;
    if (words_.barred_after.at(all_, at_) > 0) return false;
    out_.figure.unit = text::encode(unit);
    out_.figure.value = value;
    approximate_end();
    if (number.han) {
      out_.one = value == Decimal::from_int(1) && number.length == 1 && !out_.figure.approx;
      out_.weak = words_.weak_measure.has(unit) && !out_.figure.approx && number.length == 1 &&
                  words_.lexicon.words("figures.counted_noun").at(all_, at_) == 0;
    }
    return true;
  }

  /// Part of another number, of a word or of a name: 1+1+N, 3·15, 数十, 第3.
  bool joins_before(std::size_t at, bool han) const {
    auto before = all_[at - 1];
    if (digit_value(before) >= 0 || before == U'.' || before == U'．') return true;
    if (before < 128 && std::isalpha(static_cast<int>(before))) return true;
    if (words_.barred_before.before(all_, at) > 0) return true;
    if (han && (is_han_numeral(before) || before == U'数' || before == U'几')) return true;
    // 5－8次 is read from its beginning
    return !han && at > 1 && words_.range.before(all_, at) > 0 && digit_value(all_[at - 2]) >= 0 &&
           all_[at - 1] != U'至' && all_[at - 1] != U'到';
  }
  bool near(std::size_t at) const { return words_.approx_before.before(all_, at) > 0; }
  /// 上 tells an approximation only before 百, 千 and 万.
  bool ordinary_above(std::size_t word, std::size_t at) const {
    return at - word == 1 && all_[word] == U'上' && han_scale(all_[at]) < 100;
  }

  /// 余 and 多 behind the number, and a 万 behind them: 10余万.
  void approximate(Decimal &value) {
    auto n = words_.approx_after.at(all_, at_);
    if (n == 0) return;
    // 多 and 来 begin words of their own: 3多次 is none, 30多次 is
    auto next = at_ + n;
    auto scale = next < end_ ? han_scale(all_[next]) : 0;
    auto blanks = next < end_ && all_[next] == U' ' ? 1 : 0;
    bool measured = words_.measure.at(all_, next + blanks) > 0 || words_.percent.at(all_, next) > 0;
    if (!measured && scale < 100) return;
    mark(std::u32string(all_.substr(at_, n)), true);
    at_ = next;
    if (scale >= 100) {
      value = Decimal::from_millionths(value.millionths() * scale);
      ++at_;
    }
  }
  void approximate_end() {
    auto n = words_.approx_end.at(all_, at_);
    if (n == 0 || at_ + n > end_) return;
    mark(std::u32string(all_.substr(at_, n)), !out_.figure.upper); // 30至50人不等
    at_ += n;
  }

  /// 3至5次. False when the second number belongs elsewhere.
  bool range(Decimal &value) {
    auto n = words_.range.at(all_, at_);
    if (n == 0 && out_.figure.approx) return true;
    // 60%—80%
    auto percent = words_.percent.at(all_, at_);
    if (n == 0 && percent > 0) n = words_.range.at(all_, at_ + percent) ? percent + 1 : 0;
    if (n == 0) return true;
    auto second = numeral_at(all_, at_ + n);
    if (!second || second->digits) return true;
    auto after = at_ + n + second->length;
    if (words_.measure.at(all_, after) == 0 && words_.percent.at(all_, after) == 0 &&
        words_.approx_after.at(all_, after) == 0)
      return true;
    out_.figure.upper = second->value;
    at_ = after;
    approximate(value);
    return true;
  }

  bool closes_clause(std::size_t at) const {
    return at >= end_ || ends_clause(all_[at]) || words_.approx_end.at(all_, at) > 0;
  }

  void blank() {
    if (at_ < end_ && (all_[at_] == U' ' || all_[at_] == U'\u00a0')) ++at_;
  }

  std::u32string_view all_;
  std::size_t end_;
  const FigureMask &mask_;
  const FigureWords &words_;
  std::size_t at_ = 0;
  ScannedNumber out_;
};

} // namespace

std::optional<ScannedNumber> scan_number(std::u32string_view all, std::size_t at,
                                         std::size_t clause_start, std::size_t sentence_end,
                                         const FigureMask &mask, const FigureWords &words) {
  return NumberScan(all, sentence_end, mask, words).read(at, clause_start);
}

} // namespace yifa::reading
