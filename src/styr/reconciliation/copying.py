"""A grant of a case system as a draft of ours, with every service that it has."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from styr.grants.drafting import Draft
from styr.grants.lines import NewLine
from styr.kernel.period import Period
from styr.kernel.refusal import Refusal
from styr.kernel.units import Per, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.reconciliation.queries import CaseView

_ONE: Final = Decimal(1)
_SHARED: Final = {
    "citizen_id": "borgere",
    "section": "paragraffer",
    "supplier_id": "leverandører",
    "cvr": "leverandører",
    "account_string": "konti",
}
"""What a grant has one of, and the Danish word for several."""


class UnableToTakeOverError(Refusal):
    """What the case system says cannot be taken over so; the message says why, and what to do instead."""


def draft_of(services: Sequence[CaseView]) -> Draft:
    """Return the draft with all services of one grant; its period is that of all of them together.

    Raises:
        UnableToTakeOverError: the citizen is not known here, a service lacks what it is or costs, or they differ in
            what a grant has one of.
    """
    if not services:
        raise UnableToTakeOverError("Fagsystemet har ikke længere bevillingen.")
    first = services[0]
    for name, several in _SHARED.items():
        if len({getattr(service, name) for service in services}) > 1:
            raise UnableToTakeOverError(
                f"Fagsystemets bevilling har {len(services)} ydelser med forskellige {several}. Det kan en bevilling "
                "her ikke have: opret bevillingerne selv."
            )
    if first.citizen_id is None:
        raise UnableToTakeOverError("Borgeren findes ikke her. Indlæs borgeren først, og så udtrækket igen.")
    ends = [service.ends for service in services if service.ends is not None]
    period = Period(min(service.starts for service in services), max(ends) if len(ends) == len(services) else None)
    return Draft(
        citizen_id=first.citizen_id,
        section=first.section,
        period=period,
        lines=tuple(_line(service, period) for service in services),
        supplier_id=first.supplier_id,
        case_number=first.case_number,
        caseworker=first.caseworker,
        account_string=first.account_string,
    )


def _line(service: CaseView, period: Period) -> NewLine:
    """A service as a line of ours; it has days of its own where they are not the grant's."""
    if not (service.service and service.measure) or service.amount is None:
        raise UnableToTakeOverError("Udtrækket mangler oplysning om ydelsen eller prisen. Opret bevillingen selv.")
    return NewLine(
        service=service.service,
        unit=Unit(service.measure),
        per=Per(service.per) if service.per else Per.DAY,
        quantity=service.quantity if service.quantity is not None else _ONE,
        factor=_ONE,
        price=service.amount,
        starts=None if service.starts == period.start else service.starts,
        ends=None if service.ends == period.end else service.ends,
    )
