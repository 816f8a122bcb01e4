#pragma once

#include "procedure/gates.h"

/// The rules themselves; registry.cpp lists them. Inside this room.
namespace yifa::rules {

using procedure::Facts;
using procedure::Lack;
using record::Place;

/// In a discussion the head's line is the last.
/// Source: 重大行政决策程序暂行条例 第三十条
std::optional<Lack> head_speaks_last(const Place &discussion, const Facts &facts);

/// A head who decides against the majority's opinion says why.
/// Source: 重大行政决策程序暂行条例 第三十条
std::optional<Lack> head_states_reason(const Place &discussion, const Facts &facts);

/// After a party has defended himself the penalty is not heavier than the one he was told of:
/// neither of a higher class nor a larger fine.
/// Source: 行政处罚法 第四十五条
std::optional<Lack> not_heavier_after_defence(const Place &penalty, const Facts &facts);

/// What a zero return says did not occur stands in no record of the office in that period.
/// Source: 统计法 第九条
std::optional<Lack> no_record_in_period(const Place &zero_return, const Facts &facts);

/// No number in the year's report was typed by hand: each rests on records.
/// Source: 统计法 第九条
std::optional<Lack> every_figure_bound(const Place &report, const Facts &facts);

/// The year's report lacks nothing without which it may not be handed in.
/// Source: 法治政府建设与责任落实督察工作规定 第二十四条
std::optional<Lack> required_parts_present(const Place &report, const Facts &facts);

} // namespace yifa::rules
