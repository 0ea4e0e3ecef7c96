"""The plan as a picture."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from styr.ui import charts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from styr.initiatives.core.plan import StepState

_MARGIN = timedelta(days=10)


def plan_chart(plan: Sequence[StepState], *, today: date) -> SafeString:
    """Each phase as a bar under its name, with today marked."""
    late = sum(one.tone == "over" for one in plan)
    done = sum(one.tone == "good" for one in plan)
    told = f"{done} af {len(plan)} faser er færdige" + (f", {late} er ikke, som de skal være." if late else ".")
    first, last = min(one.step.starts for one in plan), max(one.step.ends for one in plan)
    window = charts.Window(min(first, today) - _MARGIN, max(last, today) + _MARGIN, today=today)
    spans = [charts.Span(one.step.name, one.step.starts, one.step.ends, one.tone, one.words) for one in plan]
    return charts.timeline(charts.Words("plan", "Planen", told), spans, window)
