"""Charts as SVG, made on the server: no script, both colour schemes, hatched besides coloured, with their table."""

from styr.ui.chart_bars import Month, bars_per_month
from styr.ui.chart_heat import HeatCell, HeatRow, heat
from styr.ui.chart_lines import Belief, beliefs, concentration, share_of_dearest
from styr.ui.chart_steps import Bar, Step, horizontal_bars, sparkline, waterfall
from styr.ui.chart_svg import Words
from styr.ui.chart_timeline import Span, Window, timeline

__all__ = [
    "Bar",
    "Belief",
    "HeatCell",
    "HeatRow",
    "Month",
    "Span",
    "Step",
    "Window",
    "Words",
    "bars_per_month",
    "beliefs",
    "concentration",
    "heat",
    "horizontal_bars",
    "share_of_dearest",
    "sparkline",
    "timeline",
    "waterfall",
]
