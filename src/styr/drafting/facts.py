"""What fills a template: the registers' facts about contract, grant, supplier and citizen, and what a person wrote."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.access import queries as access
from styr.agreements.core.templates.tags import Draft, Line, SpecialRate
from styr.contracts import queries as contracts
from styr.contracts.agreed import agreed_card
from styr.contracts.core.codes import LineKind
from styr.drafting.changing import changes_in, held_on
from styr.drafting.core.before_after import sentences
from styr.drafting.models import OwnParty
from styr.kernel.danish import danish_month, danish_number, danish_section, kroner
from styr.kernel.period import ONE_DAY
from styr.kernel.units import Unit
from styr.people import queries as people
from styr.suppliers import queries as suppliers

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.contracts.queries import ContractCard, LineCard
    from styr.drafting.written import Written
    from styr.grants.queries import GrantCard

_WHOLE: Final = Decimal(100)
_PURPOSE: Final = "kontraktudkast"
_ONLY_PRICE: Final = "prisen ændres"


def filled_with(*, contract: ContractCard, grant: GrantCard | None, written: Written, page: str, today: date) -> Draft:
    """Gather what fills a template; the citizen's number is read in clear, and that is logged under `page`.

    A citizen under protection is not named: what is sent to a supplier never tells a protected name (CPR-lov § 28).
    """
    texts = _parties(contract) | _citizen(contract, page, today) | _prices(contract) | _terms(contract, written)
    texts |= {"kontrakt.nummer": contract.number} | _supplement(contract, written)
    if contract.citizen_id is None:  # a framework: its call-offs name their grants
        texts |= {"bevilling.paragraf": danish_section(contract.section)}
    if grant is not None:
        texts |= {"bevilling.nummer": grant.number, "bevilling.paragraf": danish_section(grant.section)}
    texts |= {
        "periode.fra": _day(contract.starts),
        "periode.til": "" if contract.ends is None else _day(contract.ends - ONE_DAY),
        "ydelse.beskrivelse": written.description,
        "ydelse.timer": written.hours,
        "ydelse.nattevagt": written.night_watch,
    }
    names = contracts.service_names()
    plain = [line for line in contract.lines if line.kind != LineKind.SPECIAL and line.rates]
    special = [line for line in contract.lines if line.kind == LineKind.SPECIAL]
    return Draft(
        texts,
        tuple(Line(names.get(one.service, one.service), _price(one), f"pr. {Unit(one.unit).danish}") for one in plain),
        tuple(_special(one) for one in special),
    )


def grants_on(contract_id: UUID) -> list[UUID]:
    """The grants that buy on the contract, the latest first; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_id FROM rel_grant WHERE contract_id = %s ORDER BY starts DESC", [contract_id])
        return [row[0] for row in cursor.fetchall()]


def _parties(contract: ContractCard) -> dict[str, str]:
    own = OwnParty.objects.first()
    supplier = suppliers.supplier_card(contract.supplier_id)
    place = next((one for one in supplier.provider_units if one.id == contract.provider_unit_id), None)
    return {
        "kommune.navn": access.municipality_name(),
        "kommune.cvr": "" if own is None else own.cvr,
        "kommune.ean": _ean(contract) or ("" if own is None else own.ean),
        "leverandør.navn": supplier.name,
        "leverandør.cvr": supplier.cvr,
        "tilbud.navn": "" if place is None else place.name,
        "tilbud.p_nummer": "" if place is None else place.p_number,
    }


def _ean(contract: ContractCard) -> str:
    """The EAN number of the unit that pays: the citizen's."""
    if contract.citizen_id is None:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ean FROM access_unit WHERE id = %s", [people.unit_of(contract.citizen_id)])
        return str(cursor.fetchone()[0])


def _citizen(contract: ContractCard, page: str, today: date) -> dict[str, str]:
    if contract.citizen_id is None:
        return {}
    shown = people.visible_citizen(citizen_id=contract.citizen_id, page=page, purpose=_PURPOSE, today=today)
    number = people.reveal_cpr(citizen_id=contract.citizen_id, page=page, purpose=_PURPOSE)
    return {"borger.navn": "borgeren (beskyttet navn)" if shown.protected else shown.name, "borger.cpr": number.written}


def _prices(contract: ContractCard) -> dict[str, str]:
    base = next((one for one in contract.lines if one.kind == LineKind.BASE and one.rates), None)
    if base is None:
        return {}
    return {"pris.beløb": _price(base), "pris.enhed": f"pr. {Unit(base.unit).danish}"}


def _terms(contract: ContractCard, written: Written) -> dict[str, str]:
    reduction = (1 - contract.absence_billable) * _WHOLE
    return {
        "vilkår.varsel_dage": "" if contract.notice_days is None else str(contract.notice_days),
        "vilkår.prøvetid": written.trial,
        "vilkår.fravær_dage": str(contract.absence_free_days),
        "vilkår.fravær_nedsættelse": danish_number(reduction.normalize()),
        "vilkår.dage_efter_død": written.days_after_death,
    }


def _supplement(contract: ContractCard, written: Written) -> dict[str, str]:
    """What a supplement changes; nothing of a contract that is not signed.

    One price has tags of its own; what else is changed is written out, a sentence each.
    """
    if contract.signed_on is None or not written.starts:
        return {}
    agreed = agreed_card(contract.id)
    changes = changes_in(written)
    held = held_on(contract, changes.starts, agreed=agreed)
    one = changes.prices[0] if len(changes.prices) == 1 else None
    told = sentences(changes if one is None else replace(changes, prices=()), held)
    texts = {
        "kontrakt.underskrevet": _day(contract.signed_on),
        "tillæg.nummer": str(len(agreed.supplements) + 1),
        "tillæg.fra": _day(changes.starts),
        "tillæg.ændring": ". ".join(filter(None, (written.description, *told))) or _ONLY_PRICE,
    }
    if one is None:
        return texts
    line = held.lines[one.line_id]
    unit = f"pr. {line.unit.danish}"
    return texts | {"tillæg.ydelse": line.name.lower(), "tillæg.pris": _kr(one.amount), "tillæg.enhed": unit}


def _price(line: LineCard) -> str:
    """The line's latest price, in kr. as a contract writes it."""
    return _kr(line.rates[-1].amount)


def _kr(amount: Decimal) -> str:
    return kroner(int((amount * _WHOLE).to_integral_value())).removesuffix(" kr.")


def _special(line: LineCard) -> SpecialRate:
    return SpecialRate(
        formål=line.purpose,
        timer="" if line.hours is None else danish_number(line.hours.normalize()),
        timepris="" if line.hourly_rate is None else _kr(line.hourly_rate),
        slut="" if line.evaluation_on is None else _day(line.evaluation_on),
    )


def _day(day: date) -> str:
    """1. marts 2026: a contract writes the month out."""
    return f"{day.day}. {danish_month(day)}"
