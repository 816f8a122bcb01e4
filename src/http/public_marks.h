#pragma once

#include "http/public_site.h"
#include "service/outlook.h"
#include "service/public_decisions.h"

namespace yifa::http {

/// One cell a day with a sentence for those who do not see it; nothing beyond kMostCells days.
void write_cells(Page &page, const PublicSite &site, const service::DayCells &cells);
inline constexpr std::int64_t kMostCells = 124;

/// 还有 17 日 · 今天截止 · 已截止
std::string left_in_words(const PublicSite &site, const service::DayCells &cells);

/// What the law says, and where: in the statute's face, with the mark of certainty.
void write_law(Page &page, const PublicSite &site, const std::string &words,
               const std::string &source, const std::string &certainty);

/// How long opinions must be asked for: the words of the catalog's own limit.
void write_comment_term(Page &page, PublicSite &site, const service::PublicDecision &decision);

/// A time limit as the office sees it: what it is, from when to when, its days as a small
/// calendar, the article.
void write_limit(Page &page, const PublicSite &site, const service::LimitAhead &limit, Date today);

/// A line of a list: what, and a remark behind it.
void write_line(Page &page, const std::string &words, const std::string &address,
                const std::string &remark);

} // namespace yifa::http
