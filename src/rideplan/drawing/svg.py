"""Routes as a picture."""

from collections.abc import Sequence
from html import escape

from rideplan.model.plan import Route
from rideplan.model.problem import Problem

_COLOURS = ("#0b6e4f", "#c1440e", "#2e5eaa", "#8e3b8a", "#a67c00", "#00798c", "#b5374b", "#4f5d2f")
_SIZE, _MARGIN = 1000.0, 20.0
Point = tuple[float, float]


def draw_svg(problem: Problem, routes: tuple[Route, ...]) -> str:
    """An SVG of the routes, one colour each in turn.

    Raises:
        ValueError: The problem has no positions.
    """
    points = _on_paper(problem.travel.positions)
    lines = [_line(problem, route, points, number) for number, route in enumerate(routes)]
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    box = f"0 0 {_SIZE:g} {_SIZE:g}"
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">', *lines, *dots, "</svg>", ""])


def places_of(problem: Problem, route: Route) -> list[int]:
    """The places of a route, the start and end of the vehicle included."""
    kind = next(kind for kind in problem.vehicles if kind.id == route.vehicle.rsplit("/", 1)[0])
    return [kind.start, *(visit.place for visit in route.visits), kind.end]


def _line(problem: Problem, route: Route, points: Sequence[Point], number: int) -> str:
    path = " ".join(f"{points[place][0]:.1f},{points[place][1]:.1f}" for place in places_of(problem, route))
    title = f"<title>{escape(route.vehicle)}</title>"
    colour = _COLOURS[number % len(_COLOURS)]
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2">{title}</polyline>'


def _on_paper(positions: tuple[Point, ...]) -> list[Point]:
    if not positions:
        raise ValueError("travel.positions: the problem has none, so nothing can be drawn")
    left, bottom = min(x for x, _ in positions), min(y for _, y in positions)
    width, height = max(x for x, _ in positions) - left, max(y for _, y in positions) - bottom
    scale = (_SIZE - 2 * _MARGIN) / (max(width, height) or 1.0)
    return [(_MARGIN + (x - left) * scale, _SIZE - _MARGIN - (y - bottom) * scale) for x, y in positions]
