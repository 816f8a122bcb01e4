#pragma once

#include "http/public_site.h"
#include "service/public_reports.h"

namespace yifa::http {

/// Title, number and days of a published report.
void write_report_head(Page &page, const PublicSite &site, const service::PublicReport &report,
                       const std::string &tag);

/// The report's text: every number of it a link to how it was counted, which stands folded beneath
/// its paragraph. With `most_blocks` only so much of it, the numbers leading to the whole. Nothing
/// beneath the numbers is shown: no record, no name.
void write_report_text(Page &page, PublicSite &site, const service::PublicReport &report,
                       std::size_t most_blocks = 0);

} // namespace yifa::http
