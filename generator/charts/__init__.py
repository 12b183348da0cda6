"""Altair charts as static inline SVG. The only user of ``altair`` and ``vl_convert``.

A chart carries no colour of its own: every colour is a CSS variable of the page (``var(--dx-met)``), so that it
follows the palette and prints in black. It is drawn as wide as a phone, names above their bars, so that nothing is
scrolled sideways; a wide page sets two beside each other. Field names are ASCII; a name with ``.`` or ``[`` would
give an empty chart.
"""

from generator.charts.bars import attainment_chart, count_chart, share_chart, status_chart
from generator.charts.districts import district_chart
from generator.charts.drawing import Chart, link, render_chart, svg_to_png, tip
from generator.charts.kept import begin_use, forget_unused
from generator.charts.milestones import milestone_chart

CAP = 2.0
"""Attainment is drawn up to this share of the target; the figure beside the bar is never cut."""

__all__ = [
    "CAP",
    "Chart",
    "attainment_chart",
    "begin_use",
    "count_chart",
    "district_chart",
    "forget_unused",
    "link",
    "milestone_chart",
    "render_chart",
    "share_chart",
    "status_chart",
    "svg_to_png",
    "tip",
]
