"""Small municipalities at random: as rows of the relations, and as what the pure core is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import strategies as st

from styr.contracts.core.relations import CALENDAR
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.invoices.core.relations import PAYER
from styr.kernel.money import round_half_away
from styr.kernel.period import next_month
from styr.ledger.core.relations import POSTING
from styr.people.core.relations import CITIZEN
from styr.refunds.core.ages import Ages, ages_of
from styr.refunds.core.amounts import OPEN_MONTH
from styr.refunds.core.limits import Limits, Step
from styr.refunds.core.refund import CaseRefund, Entry, Kind, Person, year_refund
from styr.refunds.core.relations import COVERED, FRAME, HOUSEHOLD, LIMIT, PAYER_PERIOD, TREATMENT, USER_PAYMENT
from styr.refunds.reference.load import shipped_rules

if TYPE_CHECKING:
    from styr.kernel.relation import Relation

YEAR = 2024
MONTHS = [date(YEAR, number, 1) for number in range(1, 13)]
AGES = ages_of(YEAR, shipped_rules())
STEPS = (Step(800_000_00, 25), Step(1_500_000_00, 50), Step(2_000_000_00, 75))
HOUSES = (UUID(int=900), UUID(int=901))
SECTIONS = ("SEL-107", "BL-46", "FSL-26")
RESIDENTIAL, SECURE, OWN_REFUND, SCHOOL = "5385201000000040", "5282401000000040", "5220702000000020", "3220601000000040"


@dataclass(frozen=True)
class Booked:
    """A posting: without a grant the account tells the law."""

    month: date
    ore: int
    kind: str
    account: str
    granted: bool


@dataclass(frozen=True)
class Somebody:
    """A citizen with one grant, what is booked on it, and what it costs a day from here on."""

    number: int
    birth_date: date
    section: str
    paying: str | None
    house: int | None
    covered: bool | None
    day_rate: int
    once: bool
    user_payment: int
    booked: tuple[Booked, ...]
    once_in: int = 1


postings = st.builds(
    Booked,
    st.sampled_from(MONTHS),
    st.integers(-900_000_00, 900_000_00),
    st.sampled_from(["payment", "user_payment", "refund", "correction", "other"]),
    st.sampled_from([RESIDENTIAL, RESIDENTIAL, SECURE, OWN_REFUND, SCHOOL]),
    st.booleans(),
)
people = st.lists(
    st.builds(
        Somebody,
        st.just(0),
        st.dates(date(1950, 1, 1), date(2020, 12, 31)) | st.dates(date(1956, 11, 1), date(1958, 3, 31)),
        st.sampled_from(SECTIONS),
        st.sampled_from([None, "", "999", "Eksempel Kommune", "998"]),
        st.sampled_from([None, None, 0, 0, 1]),
        st.sampled_from([None, None, True, False]),
        st.integers(0, 20_000),
        st.booleans(),
        st.integers(0, 8_000_00),
        st.lists(postings, max_size=8).map(tuple),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=6,
).map(lambda found: [Somebody(**{**vars(each), "number": number}) for number, each in enumerate(found, start=1)])


def citizen_id(number: int) -> UUID:
    return UUID(int=number)


def tables(
    found: list[Somebody], closed: int, late: int = 0, ages: Ages = AGES
) -> dict[Relation, list[dict[str, Any]]]:
    """Rows of every relation; the first `closed` months of the year are booked."""
    return {
        FRAME: [
            {"year": YEAR, "month": each, "booked": each.month <= closed, "late": closed - late < each.month <= closed}
            | {"age_limit": ages.limit, "child": ages.child, "young": ages.young, "covered_from": ages.covered_from}
            | {"spread": ages.spread}
            for each in MONTHS
        ],
        OPEN_MONTH: [_window(each) for each in MONTHS[max(0, closed - late) :]],
        LIMIT: [
            {"scheme": scheme, "year": YEAR, "step": n, "over_ore": over, "added": added}
            for scheme in ("SEL-176", "BL-198")
            for n, (over, added) in enumerate(limits(scheme).increments(), start=1)
        ],
        TREATMENT: [
            _treatment("52824", "BL", "objective"),
            _treatment("52207", "", "own_refund"),
            _treatment("538", "SEL", "counts"),
            _treatment("528", "BL", "counts"),
        ],
        PAYER: [{"unit_id": None, "ean": None, "code": "999", "name": "Eksempel Kommune"}],
        CITIZEN: [_citizen(each) for each in found],
        HOUSEHOLD: [
            {
                "household_id": HOUSES[e.house],
                "citizen_id": citizen_id(e.number),
                "valid_from": MONTHS[0],
                "valid_to": None,
            }
            for e in found
            if e.house is not None
        ],
        COVERED: [{"citizen_id": citizen_id(e.number), "covered": e.covered} for e in found if e.covered is not None],
        PAYER_PERIOD: [],
        USER_PAYMENT: [_user_payment(e) for e in found],
        GRANT: [_grant(e) for e in found],
        SERVICE: [_service(e) for e in found],
        RATE: [
            {"service_id": _ids(e)[2], "valid_from": date(2020, 1, 1), "valid_to": None, "amount": Decimal(e.day_rate)}
            for e in found
        ],
        SERVICE_ABSENCE: [],
        CALENDAR: [],
        POSTING: [_posting(e, b) for e in found for b in e.booked],
    }


def _user_payment(e: Somebody) -> dict[str, Any]:
    payment_id, whose, grant_id = _ids(e)
    return {
        "user_payment_id": payment_id,
        "citizen_id": whose,
        "grant_id": grant_id,
        "unit_id": None,
        "starts": date(YEAR, 2, 11),
        "ends": None,
        "month_ore": e.user_payment,
    }


def _grant(e: Somebody) -> dict[str, Any]:
    return dict.fromkeys(GRANT.columns) | {
        "grant_id": _ids(e)[2],
        "number": "B",
        "citizen_id": citizen_id(e.number),
        "section": e.section,
        "status": "granted",
        "starts": date(YEAR, 1, 1),
        "account_string": RESIDENTIAL,
    }


def limits(scheme: str) -> Limits:
    return Limits(scheme, YEAR, STEPS)


def by_the_core(
    found: list[Somebody], closed: int, late: int = 0, ages: Ages = AGES
) -> dict[str, tuple[CaseRefund, ...]]:
    """The refunds as the pure core gives them, one scheme at a time."""
    return {
        scheme: tuple(
            case
            for case in year_refund(
                [p for e in found for p in _person(e, law, closed, late)], limits(scheme), ages=ages
            )
            if case.persons
        )
        for scheme, law in (("SEL-176", "SEL"), ("BL-198", "BL"))
    }


def _person(e: Somebody, law: str, closed: int, late: int) -> list[Person]:
    if e.paying == "998":
        return []
    entries = tuple(_entries(e, law, closed, late))
    if not entries:
        return []
    house = None if e.house is None else str(HOUSES[e.house])
    return [Person(str(citizen_id(e.number)), entries, e.birth_date, house, law == "BL", e.covered)]


def _entries(e: Somebody, law: str, closed: int, late: int) -> list[Entry]:
    own = e.section.split("-", maxsplit=1)[0]
    entries = []
    for b in e.booked:
        area = {RESIDENTIAL: "SEL", SECURE: "BL"}.get(b.account, "other")
        if b.month.month > closed or (own if b.granted else area) != law or b.account == OWN_REFUND:
            continue
        if b.account == SECURE:
            entries.append(Entry(b.month, Fraction(b.ore), Kind.OBJECTIVE))
        elif b.kind in ("user_payment", "refund"):
            entries.append(Entry(b.month, Fraction(-b.ore), Kind.INCOME))
        else:
            kind = Kind.ONE_OFF if e.once and b.granted else Kind.RUNNING
            entries.append(Entry(b.month, Fraction(b.ore), kind))
    if own == law:
        entries += _open_entries(e, closed, late)
    return entries


def _open_entries(e: Somebody, closed: int, late: int) -> list[Entry]:
    entries, expected = [], set(MONTHS[closed:])
    for month in MONTHS[max(0, closed - late) :]:
        days = (next_month(month) - month).days
        paid_for = {b.kind for b in e.booked if b.month == month and month.month <= closed and b.granted}
        loose = any(
            b.kind == "payment" and b.month == month and month.month <= closed and not b.granted for b in e.booked
        )
        if not e.once and "payment" not in paid_for and not loose:
            entries.append(Entry(month, Fraction(e.day_rate * 100 * days)))
            expected.add(month)
        charged = days if month.month > 2 else max(0, days - 10) if month.month == 2 else 0
        if charged and "user_payment" not in paid_for:
            paid = round_half_away(e.user_payment * charged, days)
            entries.append(Entry(month, Fraction(paid), Kind.INCOME))
            expected.add(month)
    bought = MONTHS[e.once_in - 1]
    came = {b.kind for b in e.booked if b.month == bought and (b.granted or b.kind == "payment")}
    if e.once and closed - late < e.once_in and not (e.once_in <= closed and "payment" in came):
        reaches = frozenset(expected | {bought})
        entries.append(Entry(bought, Fraction(e.day_rate * 100), Kind.ONE_OFF, reaches))
    return entries


def _window(month: date) -> dict[str, date]:
    after = next_month(month)
    return {"month_start": month, "month_end": after, "first_day": month, "end_day": after}


def _treatment(prefix: str, law: str, treatment: str) -> dict[str, Any]:
    return {"prefix": prefix, "law": law, "treatment": treatment, "valid_from": date(2007, 1, 1), "valid_to": None}


def _citizen(e: Somebody) -> dict[str, Any]:
    return dict.fromkeys(CITIZEN.columns) | {
        "citizen_id": citizen_id(e.number),
        "birth_date": e.birth_date,
        "paying_municipality": e.paying,
    }


def _ids(e: Somebody) -> tuple[UUID, UUID, UUID]:
    return UUID(int=500 + e.number), citizen_id(e.number), UUID(int=100 + e.number)


def _service(e: Somebody) -> dict[str, Any]:
    return {
        **dict.fromkeys(SERVICE.columns),
        "service_id": _ids(e)[2],
        "grant_id": _ids(e)[2],
        "line_no": 1,
        "unit": "once" if e.once else "day",
        "per": "total" if e.once else "day",
        "quantity": Decimal(1),
        "factor": Decimal(1),
        "starts": date(YEAR, e.once_in if e.once else 1, 1),
    }


def _posting(e: Somebody, b: Booked) -> dict[str, Any]:
    return dict.fromkeys(POSTING.columns) | {
        "citizen_id": citizen_id(e.number),
        "grant_id": _ids(e)[2] if b.granted else None,
        "account": b.account,
        "month": b.month,
        "posted_on": b.month,
        "amount_ore": b.ore,
        "kind": b.kind,
        "voucher": "1",
    }
