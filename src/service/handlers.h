#pragma once

#include "record/record.h"
#include "service/environment.h"

/// To whom a matter was sent, beside those who opened it or took a part of it. Each sending and
/// taking back is an event of the administrative chain.
namespace yifa::service {

/// Lets the user see and handle the record. Forbidden unless the actor handles it himself; NotFound
/// for an unknown or disabled user; Refused for an administrator.
Status send_matter(Environment &environment, const RecordId &record, const std::string &user,
                   const Actor &actor);

/// He sees it no more from the next request on, unless his scope holds it.
Status take_back_matter(Environment &environment, const RecordId &record, const std::string &user,
                        const Actor &actor);

/// Within a transaction of the caller: gives the record to everybody of its office who may take one
/// of the steps that are next. For what came in by itself: nobody opened it who would handle it.
Status give_to_office(store::Writer &writer, Moment at, const catalog::RecordType &type,
                      const record::Record &record, const Actor &actor);

} // namespace yifa::service
