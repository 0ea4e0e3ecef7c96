"""The plan file: grants, services, rates, absence and payment days as JSON, read strictly.

Every refusal names the grant, the service, the field, the value and what to write instead.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

from styr.grants.core.payment_plan import ClosedDay, Frequency, Schedule
from styr.grants.core.plan_fields import Fields, PlanFileError
from styr.kernel.units import Per, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from styr.kernel.period import Period

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
_LONGEST_YEARS = 100
_LARGEST_A_DAY = Decimal(10**11)
_QUANTITY, _FACTOR, _AMOUNT = Decimal(10**9), Decimal(10**4), Decimal(10**9)

_USUAL_PER = {
    Unit.DAY: Per.DAY,
    Unit.OPENING_DAY: Per.DAY,
    Unit.WEEK: Per.WEEK,
    Unit.MONTH: Per.MONTH,
    Unit.ONCE: Per.TOTAL,
}
"""What a quantity is counted per when the file does not say; hours, trips and km have no such habit and must say."""


@dataclass(frozen=True)
class Rated:
    """A period with an amount (kr. per unit) or a share (0..1)."""

    period: Period
    value: Decimal


@dataclass(frozen=True)
class PlannedService:
    """One service line of a grant."""

    id: str
    unit: Unit
    per: Per
    quantity: Decimal
    factor: Decimal
    rates: tuple[Rated, ...]
    schedule: Schedule


@dataclass(frozen=True)
class PlannedGrant:
    """A grant with its services and its absence."""

    id: str
    period: Period
    services: tuple[PlannedService, ...]
    absence: tuple[Rated, ...]


@dataclass(frozen=True)
class PlanFile:
    """What a plan file asks for; `notes` are fields that nothing reads."""

    horizon: Period
    grants: tuple[PlannedGrant, ...]
    notes: tuple[str, ...] = ()


def read_plan(text: str) -> PlanFile:
    """Read the text of a plan file.

    Raises:
        PlanFileError: the file cannot be used; the message says where and how to mend it.
    """
    notes: list[str] = []
    top = Fields(_loaded(text), notes=notes)
    horizon = _horizon(top)
    grants = tuple(_grant(fields) for fields in top.many("grants", name="grant"))
    _refuse_twice(top, "grants", "id", (grant.id for grant in grants))
    top.done()
    return PlanFile(horizon, grants, tuple(notes))


def _loaded(text: str) -> Any:
    try:
        found = json.loads(text, parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=_without_repeats)
        if _HALF_CHARACTER.search(text):  # of two halves, together they are one character
            json.dumps(found, ensure_ascii=False, default=str).encode()
    except (PlanFileError, json.JSONDecodeError, UnicodeEncodeError, RecursionError, ValueError) as error:
        raise _unusable(error) from None
    return found


def _unusable(error: Exception) -> PlanFileError:
    match error:
        case PlanFileError():
            return error
        case json.JSONDecodeError():
            return PlanFileError(f"Filen er ikke gyldig JSON (linje {error.lineno}, tegn {error.colno}).")
        case UnicodeEncodeError():
            return PlanFileError(
                "En tekst i filen har et halvt tegn (\\ud800-\\udfff). Skriv hele tegnet eller slet det."
            )
        case RecursionError():
            return PlanFileError("Filen er ikke gyldig JSON: den er indlejret for dybt.")
        case _:
            return PlanFileError("Et tal i filen har for mange cifre. Skriv et tal som 1234.50.")


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        raise PlanFileError(f"Tallet »{written[:60]}« er for stort. Skriv et tal som 1234.50.") from None


def _no_number(name: str) -> NoReturn:
    raise PlanFileError(f"Værdien »{name}« er ikke et tal. Skriv et tal som 1234.50.")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise PlanFileError(f"Feltet »{twice}« står to gange i samme objekt. Behold det ene.")
    return found


def _horizon(top: Fields) -> Period:
    horizon = top.period("from", "to", open_end=False)
    if horizon.days > _LONGEST_YEARS * 366:
        raise top.refusal("to", top.raw("to"), f"Perioden må højst være {_LONGEST_YEARS} år.")
    return horizon


def _grant(fields: Fields) -> PlannedGrant:
    period = fields.period("start", "end")
    services = tuple(_service(service, period) for service in fields.many("services", name="service"))
    _refuse_twice(fields, "services", "id", (service.id for service in services))
    absence = tuple(
        Rated(each.period("from", "to"), each.number("billable_factor", low=Decimal(0), high=Decimal(1)))
        for each in fields.many("absence", optional=True)
    )
    _refuse_overlap(fields, "absence", absence)
    fields.done()
    return PlannedGrant(fields.own_id, period, services, absence)


def _service(fields: Fields, period: Period) -> PlannedService:
    unit = fields.choice("unit", Unit)
    per = _per(fields, unit)
    schedule = _schedule(fields, unit)
    if period.end is None and (per is Per.TOTAL or unit is Unit.ONCE) and (unit is not Unit.ONCE or schedule.repeats):
        raise fields.refusal_above("end", None, "Et antal i alt fordeles over hele bevillingen; skriv en slutdato.")
    service = PlannedService(
        id=fields.own_id,
        unit=unit,
        per=per,
        quantity=fields.number("quantity", low=Decimal(0), high=_QUANTITY),
        factor=fields.number("factor", low=-_FACTOR, high=_FACTOR, default=Decimal(1)),
        rates=tuple(
            Rated(rate.period("from", "to"), rate.number("amount", low=-_AMOUNT, high=_AMOUNT))
            for rate in fields.many("rates")
        ),
        schedule=schedule,
    )
    _refuse_overlap(fields, "rates", service.rates)
    for index, rate in enumerate(service.rates):
        if abs(rate.value * service.quantity * service.factor) > _LARGEST_A_DAY:
            raise fields.refusal(
                f"rates[{index}].amount", rate.value, "Antal gange pris er urimeligt stort; ret et af dem."
            )
    fields.done()
    return service


def _per(fields: Fields, unit: Unit) -> Per:
    """What the quantity is per; what is bought once is one total whatever the file says, which is noted."""
    per = fields.choice("per", Per, default=_USUAL_PER.get(unit))
    if unit is Unit.ONCE and per is not Per.TOTAL:
        fields.note("per", f"»{per.value}« bruges ikke, for »once« er ét samlet antal (total).")
        return Per.TOTAL
    return per


def _schedule(fields: Fields, unit: Unit) -> Schedule:
    given = fields.one("payment")
    if given is None:
        return Schedule(Frequency.ONCE if unit is Unit.ONCE else Frequency.MONTHLY)
    frequency = given.choice("frequency", Frequency)
    dates = given.dates("dates")
    if frequency is Frequency.DATES and not dates:
        raise given.refusal("dates", given.raw("dates"), "Skriv mindst én dato, når betalingen følger egne datoer.")
    schedule = Schedule(
        frequency,
        given.day_of_month("day_of_month"),
        dates,
        given.choice("on_closed_day", ClosedDay, default=ClosedDay.KEEP),
    )
    given.done()
    return schedule


def _refuse_twice(fields: Fields, many: str, field: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            raise fields.refusal(f"{many}[{index}].{field}", each, "Den er brugt før i filen; giv hver sin egen.")
        seen.add(each)


def _refuse_overlap(fields: Fields, many: str, rated: tuple[Rated, ...]) -> None:
    in_order = sorted(enumerate(rated), key=lambda pair: pair[1].period.start)
    for (_, one), (index, other) in pairwise(in_order):
        if one.period.overlaps(other.period):
            start: date = other.period.start
            raise fields.refusal(
                f"{many}[{index}].from", start.isoformat(), "Perioden overlapper en anden; lad den ene slutte først."
            )
