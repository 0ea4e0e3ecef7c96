"""Every form that carries what it showed holds what it is about before it reads it; so does every use case told of it.

Otherwise two who save within the same moment are not told of each other.
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Final

from django.apps import apps

import styr
from styr.ui.unchanged import UnchangedForm
from unit.access.pages import View, layers, lets_through, pages
from unit.access.test_changed_meanwhile import _words

NOTHING_STANDS: Final[dict[str, frozenset[str]]] = {
    "makes something new": frozenset({
        "scenario_new", "scenario_change_new", "budget_line_new", "negotiation_letter_new", "unit_new", "user_new",
        "complaint_new", "meeting_new", "meeting_action_new", "meeting_action_done",
    }),
    "only draws the page on which the form stands: another address takes it": frozenset({
        "section_term", "service_term", "fleet_cost", "fleet_duty", "fleet_duty_end", "ride_grant",
        "ride_grant_measure", "ride_grant_decide",
    }),
}  # fmt: skip
LOCKS: Final = ("select_for_update", "pg_advisory_xact_lock", "lock=True", "require_seen")
"""What a function that holds what it compares with says."""
HELD_BY: Final = {
    "budgets/rounds.py": "close_round: `_open_round` locks the round",
    "reconciliation/services.py": "take_over: the page holds the difference, and the grant has a version",
}


def test_every_form_that_carries_what_it_showed_holds_what_it_is_about() -> None:
    known = frozenset().union(*NOTHING_STANDS.values())
    found = {name for name, _, view in pages() if lets_through(view, "POST") and _carries(view) and not _held(view)}
    assert found - known == set(), "decorate the view with styr.access.web.held, inside @once"
    assert known - found == set(), "these are held now, or gone: strike them"


def test_what_is_held_is_there() -> None:
    """A row's table and the address's parameters are those that there are; a page holds once it knows the sending."""
    tables = set()
    for name, route, view in pages():
        names = [layer.__code__.co_name for layer in layers(view)]
        if "held" not in names:
            continue
        assert names.index("sent_once") < names.index("held"), name
        held = next(layer for layer in layers(view) if layer.__code__.co_name == "held")
        free = inspect.getclosurevars(inspect.getclosurevars(held).nonlocals["hold"]).nonlocals
        if "model" in free:
            tables.add(free["model"])
            assert all(apps.get_model(free["model"])._meta.get_field(field) for field in free["which"]), name
            assert all(f":{parameter}>" in route for parameter in free["which"].values()), name
    assert {"access.User", "trips.Complaint"} <= tables


def test_every_use_case_that_is_told_what_was_seen_holds_it_before_it_compares() -> None:
    bare = {f"{file}: {name}" for file, name in _comparing()}
    excused = {f"{file}: {why.partition(':')[0]}" for file, why in HELD_BY.items()}
    assert bare - excused == set(), "lock the rows first (select_for_update), then compare"
    assert excused - bare == set(), "these lock themselves now, or are gone: strike them"


def _comparing() -> Iterator[tuple[str, str]]:
    """The functions outside `web` that compare a `seen…` that they were told, without a word of locking."""
    home = Path(styr.__file__).parent
    for file in sorted(home.rglob("*.py")):
        parts = file.relative_to(home).parts
        if {"web", "core", "migrations"} & set(parts):
            continue
        for one in ast.walk(ast.parse(file.read_text())):
            if isinstance(one, ast.FunctionDef) and _compares_seen(one) and not _locks(one):
                yield "/".join(parts), one.name


def _locks(one: ast.FunctionDef) -> bool:
    return any(word in ast.unparse(one) for word in LOCKS)


def _compares_seen(one: ast.FunctionDef) -> bool:
    told = {argument.arg for argument in (*one.args.args, *one.args.kwonlyargs) if argument.arg.startswith("seen")}
    sides = [
        side
        for each in ast.walk(one)
        if isinstance(each, ast.Compare) and isinstance(each.ops[0], ast.Eq | ast.NotEq | ast.NotIn)
        for side in (each.left, *each.comparators)
    ]
    return any(isinstance(side, ast.Name) and side.id in told for side in sides)


def _held(view: View) -> bool:
    return any(layer.__code__.co_name == "held" for layer in layers(view))


def _carries(view: View) -> bool:
    """Whether the view, or a function of the pages that it calls, draws or reads a form that compares by itself."""
    seen: set[FunctionType] = set()
    waiting = [inspect.unwrap(view)]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, FunctionType) or one in seen or not one.__module__.startswith("styr."):
            continue
        seen.add(one)
        words = _words(one.__code__)
        used = [one.__globals__[word] for word in words if word in one.__globals__]
        if any(inspect.isclass(other) and issubclass(other, UnchangedForm) for other in used) or "MARK" in words:
            return True
        waiting += [inspect.unwrap(other) for other in used if callable(other) and ".web" in other.__module__]
    return False
