"""A timeline: periods as bars under each other, with today marked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from styr.kernel.danish import MONTHS, danish_period
from styr.kernel.period import Period
from styr.ui.chart_svg import DataTable, Size, Words, chart, joined, line, linked, rectangle, text

_HEAD, _ROW = 26, 34
_MOST_MONTHS = 14
_WORD = 6.2


@dataclass(frozen=True, slots=True)
class Span:
    """A period under its name. `end` is exclusive, None = open. `tone`: actual, good, over (ended, late) or planned."""

    label: str
    start: date
    end: date | None = None
    tone: str = "actual"
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown, from `start` up to (not including) `end`; `today` is marked when it is inside."""

    start: date
    end: date
    today: date | None = None

    def share(self, day: date) -> float:
        """Where a day stands, 0 to 1; days outside stand at the ends."""
        inside = min(max(day, self.start), self.end)
        return (inside - self.start).days / max((self.end - self.start).days, 1)


def timeline(words: Words, spans: Sequence[Span], window: Window) -> SafeString:
    """Periods within a window; one that goes on beyond it ends flat at the border."""
    height = _HEAD + _ROW * max(len(spans), 1) + 4
    return chart(
        words,
        (Size("broad", 1240, height), Size("wide", 880, height), Size("narrow", 360, height)),
        lambda size, _own: _draw(size, spans, window),
        table=DataTable(("Periode", "Dage", "Note"), [(span.label, _period(span), span.note) for span in spans]),
    )


def _draw(size: Size, spans: Sequence[Span], window: Window) -> SafeString:
    left, right = 4.0, size.width - 4.0

    def at(day: date) -> float:
        return left + window.share(day) * (right - left)

    shapes = []
    for day, name in _ticks(window, narrow=size.name == "narrow"):
        shapes.append(line("chart-grid", (at(day), _HEAD - 6), (at(day), size.height)))
        if at(day) + len(name) * _WORD < right:
            shapes.append(text(name, (at(day) + 3, 13)))
    for number, span in enumerate(spans):
        shapes.append(_bar(span, at, _HEAD + number * _ROW, window))
    if window.today and window.start <= window.today < window.end:
        shapes.append(line("chart-today", (at(window.today), 18), (at(window.today), size.height)))
    return joined(shapes)


def _bar(span: Span, at: Callable[[date], float], y: float, window: Window) -> SafeString:
    begin, end = at(span.start), at(span.end or window.end)
    width = max(end - begin, 2.0)
    begin = min(begin, at(window.end) - width)
    name_at = min(begin + 2, at(window.end) - len(span.label) * _WORD)
    shape = [
        text(span.label, (max(name_at, 4.0), y + 11), css="chart-name"),
        rectangle(f"step step--{span.tone}", (begin, y + 16), (width, 10), round_=3),
    ]
    told = f"{span.label}: {_period(span)}" + (f", {span.note}" if span.note else "")
    return linked(joined(shape), told, span.address)


def _ticks(window: Window, *, narrow: bool) -> Iterator[tuple[date, str]]:
    months = (window.end.year - window.start.year) * 12 + window.end.month - window.start.month
    by_month = months <= _MOST_MONTHS
    step = 1 if not by_month else (3 if narrow else 1)
    year, month = window.start.year, window.start.month
    while (day := date(year, month, 1)) < window.end:
        if day >= window.start and ((by_month and (month - 1) % step == 0) or month == 1):
            yield day, (MONTHS[month - 1][:3] if by_month else str(year))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - December


def _period(span: Span) -> str:
    return danish_period(Period(span.start, span.end))
