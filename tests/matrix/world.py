"""The municipality that the matrix is played in: a case in one unit, and somebody in every role and place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, StrEnum
from itertools import combinations
from pathlib import Path
from typing import Any

from django.apps import apps
from django.test import Client

from loggedin import logged_in_client
from personas import persona
from placed_findings import place_finding
from styr.access.core.roles import Role
from styr.access.models import Membership, Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.web.login import issue_session_token
from styr.integrations.services import import_paths
from styr.invoices.services import control_everything
from styr.kernel.ids import uuid7

FILES = Path(__file__).parents[1] / "data" / "import"
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


class Place(StrEnum):
    """Where somebody's role is, seen from the case."""

    OWN = "own unit"
    OTHER = "other unit"
    EVERYWHERE = "whole municipality"
    FOREIGN = "other municipality"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the matrix, logged in; without roles it is a stranger. `elsewhere` are roles in the other unit."""

    roles: frozenset[Role]
    place: Place | None
    client: Client
    elsewhere: frozenset[Role] = frozenset()

    def __str__(self) -> str:
        """As the failure tells it."""
        if not self.place:
            return "a stranger"
        beside = f" and {' + '.join(sorted(self.elsewhere))} of the {Place.OTHER}" if self.elsewhere else ""
        return f"{' + '.join(sorted(self.roles))} of the {self.place}{beside}"

    def sees(self, thing: "Thing") -> bool:
        """Whether the thing lies within their sight, as far as its unit goes."""
        return self.place is not None and self.place in _SEEN_FROM[thing.whose]


class Whose(Enum):
    """Who may see a thing, if their role lets them at all."""

    UNIT = "the unit's"
    MUNICIPALITY = "the whole municipality's"
    NOBODY = "nobody's of the matrix: one person's own, or not there at all"


_SEEN_FROM = {
    Whose.UNIT: frozenset({Place.OWN, Place.EVERYWHERE}),
    Whose.MUNICIPALITY: frozenset({Place.OWN, Place.OTHER, Place.EVERYWHERE}),
    Whose.NOBODY: frozenset[Place](),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """How a thing is found in the world, or made there; and who may see it."""

    found: Callable[[], Any]
    whose: Whose = Whose.UNIT


def _model(label: str) -> Any:
    return apps.get_model(*label.split("."))._default_manager


def _somebody() -> Any:
    return _model("access.User").order_by("pk").first()


def _upload() -> Any:
    return _made("integrations.ImportUpload", created_at=NOW, created_by=_somebody(), state="waiting", changed_at=NOW)


def _made(label: str, **fields: Any) -> Any:
    return _model(label).create(municipality_id=_somebody().municipality_id, **fields)


def _about_invoice(label: str, **fields: Any) -> Any:
    invoice = _model("invoices.Invoice").get(number="2026-001")
    return _made(label, invoice=invoice, unit_id=invoice.unit_id, **fields)


def _decision() -> Any:
    found = _model("invoices.Decision").filter(invoice__number="2026-001").first()
    given = {"outcome": "asked", "reason": "Prøve", "decided_by": _somebody(), "decided_at": NOW}
    return found or _about_invoice("invoices.Decision", **given)


def _question() -> Any:
    asked = {"text": "Passer det?", "due_on": NOW.date(), "asked_by": _somebody(), "asked_at": NOW}
    return _about_invoice("invoices.Question", decision=_decision(), to_role="caseworker", **asked)


def _follow_up() -> Any:
    kept = {"cause": "For dyr", "claimed_ore": 1, "owner": _somebody(), "due_on": NOW.date(), "opened_at": NOW}
    return _about_invoice("invoices.FollowUp", decision=_decision(), **kept)


def _letter() -> Any:
    written = {"exception_code": "rate_high", "subject": "Spørgsmål", "body": "Kære leverandør", "drafted_at": NOW}
    return _about_invoice("invoices.SupplierQuery", **written)


def _filter() -> Any:
    return _made("workspace.SavedFilter", user=_somebody(), page="/", name="Min", query="", made_at=NOW)


class _Nothing:
    """What is not there at all, where no more telling example is at hand: it must be 404 to everybody."""

    pk = uuid7()


def _own(make: Callable[[], Any]) -> Any:
    """Made by the person whose own it is."""
    user = _somebody()
    with acting_as(issue_session_token(user_id=user.id, municipality_id=user.municipality_id)):
        return make()


THINGS: dict[str, Thing] = {
    "citizen": Thing(lambda: _model("people.Citizen").get(source_id="1001")),
    "guardian": Thing(lambda: _model("people.Guardian").get(citizen__source_id="1001")),
    "consent": Thing(lambda: _model("people.Consent").get(citizen__source_id="1001")),
    "grant": Thing(lambda: _model("grants.Grant").get(number="B1000001-2")),
    "absence": Thing(lambda: _model("grants.Absence").get(grant__number="B1000001-2")),
    "contract": Thing(lambda: _model("contracts.Contract").get(number="K-2026-0001")),
    "contract_line": Thing(lambda: _model("contracts.ContractLine").filter(contract__number="K-2026-0001").first()),
    "invoice": Thing(lambda: _model("invoices.Invoice").get(number="2026-001")),
    "finding": Thing(lambda: _model("controls.Finding").get(amount_ore=4_780_200)),
    "supplier": Thing(lambda: _model("suppliers.Supplier").first(), Whose.MUNICIPALITY),
    "import_run": Thing(lambda: _model("integrations.ImportRun").first(), Whose.MUNICIPALITY),
    "upload": Thing(_upload, Whose.MUNICIPALITY),
    "user": Thing(lambda: _model("access.User").order_by("pk").first(), Whose.MUNICIPALITY),
    "decision": Thing(_decision),
    "question": Thing(_question),
    "follow_up": Thing(_follow_up),
    "letter": Thing(_letter),
    "saved_filter": Thing(lambda: _own(_filter), Whose.NOBODY),
    "nothing": Thing(lambda: _Nothing, Whose.NOBODY),
    "unit": Thing(lambda: _model("access.Unit").get(number="12"), Whose.MUNICIPALITY),
}


def build(municipality: Municipality, neighbour: Municipality, unit: Unit, other_unit: Unit) -> dict[str, Any]:
    """Import the small municipality, place a finding, and give the ids of `THINGS`."""
    import_paths(paths=[FILES], municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    with service_scope(municipality.id, "test"):
        control_everything(municipality_id=municipality.id, today=NOW.date(), now=NOW)
        place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=4_780_200)
        persona("nummer et", municipality, Role.CASEWORKER, unit)
        return {name: thing.found().pk for name, thing in THINGS.items()}


def everybody(
    municipality: Municipality, neighbour: Municipality, unit: Unit, other_unit: Unit, *, pairs: bool
) -> Iterator[Someone]:
    """A stranger, somebody in every role and place, people with roles in two units, and (pairs) in every two roles."""
    yield Someone(frozenset(), None, Client())
    where: dict[Place, tuple[Municipality, Unit | None]] = {
        Place.OWN: (municipality, unit),
        Place.OTHER: (municipality, other_unit),
        Place.EVERYWHERE: (municipality, None),
        Place.FOREIGN: (neighbour, None),
    }
    for place, (at, in_unit) in where.items():
        for role in Role:
            yield _someone(place, at, in_unit, role)
    for own, beside in _IN_TWO_UNITS:
        someone = _someone(Place.OWN, municipality, unit, own, beside=(other_unit, beside))
        yield replace(someone, elsewhere=frozenset({beside}))
    for two in combinations(Role, 2) if pairs else ():
        for place in (Place.OWN, Place.EVERYWHERE):
            yield _someone(place, *where[place], *two)


# Who works with the case in one role, and has in another unit the role that would let them do more with it.
_IN_TWO_UNITS = (
    (Role.CASEWORKER, Role.ECONOMIST),
    (Role.ECONOMIST, Role.CASEWORKER),
    (Role.NEGOTIATOR, Role.MANAGER),
    (Role.TRANSPORT_COORDINATOR, Role.LAWYER),
)


def _someone(
    place: Place,
    at: Municipality,
    in_unit: Unit | None,
    first: Role,
    *more: Role,
    beside: tuple[Unit, Role] | None = None,
) -> Someone:
    named = f"{place} {' '.join([first, *more])}{f' beside {beside[1]}' if beside else ''}"
    with service_scope(at.id, "test"):
        made = persona(named, at, first, in_unit)
        held = [(in_unit, role) for role in more] + ([beside] if beside else [])
        for where, role in held:
            Membership.objects.create(municipality=at, user=made.user, unit=where, role=role, starts=NOW.date())
    return Someone(frozenset({first, *more}), place, logged_in_client(made))
