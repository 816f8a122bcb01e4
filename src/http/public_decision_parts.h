#pragma once

#include "http/public_site.h"
#include "service/public_decisions.h"
#include "service/public_intake.h"

#include <map>

namespace yifa::http {

/// A matter open for comment: what it is, its texts, the days that are left, the article.
void write_decision(Page &page, PublicSite &site, const service::PublicDecision &decision,
                    const std::string &tag);

/// The form for an opinion. `sent`: what was written before; `faults`: what is wrong with it.
Status write_comment_form(Page &page, PublicSite &site, const service::PublicDecision &decision,
                          const std::map<std::string, std::string> &sent = {},
                          const service::Intake *faults = nullptr);

// Pieces of all forms.
/// The hidden token, and a field that only programs fill.
void write_form_token(Page &page, const PublicSite &site, const std::string &token);
/// What is wrong, above a form; nothing when nothing is.
void write_faults(Page &page, const PublicSite &site, const service::Intake *intake);
std::string sent_value(const std::map<std::string, std::string> &sent, const std::string &name);
/// The page that tells the query number.
Response sent_page(PublicSite &site, const std::string &number, const std::string &text,
                   const std::string &current);
/// Shown to an address that has sent too much.
Response wait_page(PublicSite &site, std::int64_t seconds, const std::string &current);

} // namespace yifa::http
