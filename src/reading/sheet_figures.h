#pragma once

#include "reading/render.h"

#include <string>

namespace yifa::reading {

/// What a figure was read as, for a tooltip: 219件 · 排查矛盾纠纷 · 数量 · 对应指标：…
std::string figure_tip(const Figure &figure, const PageWords &words);

/// A table of the figures that were read, to be opened; empty when there are none.
std::string figures_html(const Checked &checked, std::size_t file, const PageWords &words);

} // namespace yifa::reading
