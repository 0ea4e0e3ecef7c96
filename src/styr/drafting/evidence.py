"""What the program itself can tell beside the checklist's questions: from the registers, and from the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.contracts.core.codes import LineKind
from styr.drafting.registering import told_of
from styr.kernel.danish import danish_date, danish_number, danish_section
from styr.kernel.period import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from styr.drafting.queries import DraftCard
    from styr.drafting.reading import Read
    from styr.drafting.text_and_register import Compared

_LEFT_OVER: Final = ("{{", "}}", "{%", "[…]", "XXX", "xxxx", "____")
_ASKED: Final = """
SELECT s.cvr, s.kind, p.p_number, p.section, p.approved_from, p.approved_to,
       (SELECT json_agg(json_build_array(l.kind, l.hours IS NOT NULL AND l.hourly_rate IS NOT NULL AND l.purpose <> ''
                                                 AND l.evaluation_on IS NOT NULL) ORDER BY l.line_no)
        FROM rel_contract_line l WHERE l.contract_id = c.contract_id),
       base.amount, listed.amount
FROM rel_contract c JOIN rel_supplier s USING (supplier_id)
LEFT JOIN rel_provider_unit p ON p.provider_unit_id = c.provider_unit_id
LEFT JOIN LATERAL (
    SELECT l.service, l.unit, r.amount FROM rel_contract_line l JOIN rel_contract_rate r USING (contract_line_id)
    WHERE l.contract_id = c.contract_id AND l.kind = 'base' ORDER BY l.line_no, r.valid_from DESC LIMIT 1
) base ON true
LEFT JOIN LATERAL (
    SELECT r.amount FROM rel_portal_rate r
    WHERE r.provider_unit_id = c.provider_unit_id AND r.service = base.service AND r.unit = base.unit
      AND r.valid_from <= c.starts AND (r.valid_to IS NULL OR r.valid_to > c.starts) LIMIT 1
) listed ON true
WHERE c.contract_id = %s
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the program can tell about an item: `fine` is None where a person must judge it."""

    text: str
    fine: bool | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the evidence is told from; prices in kr., `special` is of each special rate whether all is said."""

    card: DraftCard
    read: Read
    cvr: str
    supplier_kind: str
    p_number: str
    place_section: str
    approved_from: date | None
    approved_to: date | None
    special: tuple[bool, ...]
    agreed: Decimal | None
    listed: Decimal | None
    compared: Compared | None


def evidence_of(card: DraftCard, read: Read, compared: Compared | None) -> dict[str, Evidence]:
    """What the program can tell, by the name that the checklist gives it; one query.

    `compared`: the text held against the register (`text_and_register`), None for a draft that is closed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [card.contract.id])
        row: tuple[Any, ...] = cursor.fetchone()
    cvr, kind, p_number, section, first, last, lines, agreed, listed = row
    special = tuple(whole for what, whole in lines or () if what == LineKind.SPECIAL)
    known = Known(card, read, cvr, kind, p_number or "", section or "", first, last, special, agreed, listed, compared)
    return {name: tell(known) for name, tell in _TOLD.items()}


def _supplier(known: Known) -> Evidence:
    told = f"{known.card.contract.supplier_name}, CVR {known.cvr}"
    if known.supplier_kind == "sole_proprietor":
        return Evidence(f"{told}. Enkeltmandsvirksomheder må ikke drive tilbud fra 2025.", fine=False)
    place = known.card.contract.provider_unit_name
    return Evidence(f"{told}, {place}, P-nr. {known.p_number}" if place else told, fine=None)


def _approval(known: Known) -> Evidence:
    contract, place = known.card.contract, known.card.contract.provider_unit_name
    if not place:
        return Evidence("Kontrakten nævner intet tilbud.", fine=False)
    if known.approved_from is None or known.approved_from > contract.starts:
        return Evidence(f"{place} er ikke godkendt på kontraktens første dag.", fine=False)
    if known.approved_to is not None and known.approved_to <= contract.starts:
        return Evidence(f"Godkendelsen udløb {danish_date(known.approved_to - ONE_DAY)}.", fine=False)
    told = f"{place} er godkendt til {danish_section(known.place_section)} fra {danish_date(known.approved_from)}."
    return Evidence(told, fine=known.place_section == contract.section)


def _grant(known: Known) -> Evidence:
    grant, contract = known.card.grant, known.card.contract
    if grant is None:
        return Evidence("Udkastet er ikke knyttet til en bevilling.", fine=False)
    covers = grant.starts <= contract.starts and (
        grant.ends is None or (contract.ends is not None and contract.ends <= grant.ends)
    )
    fine = covers and grant.section == contract.section
    told = f"Bevilling {grant.number} efter {danish_section(grant.section)} fra {danish_date(grant.starts)}"
    return Evidence(
        f"{told}." if fine else f"{told}, men paragraf eller periode er en anden end kontraktens.", fine=fine
    )


def _portal(known: Known) -> Evidence:
    if known.agreed is None:
        return Evidence("Kontrakten har ingen grundtakst.", fine=False)
    if known.listed is None:
        return Evidence(f"Aftalt {danish_number(known.agreed)} kr.; Tilbudsportalens takst kendes ikke.", fine=None)
    told = f"Aftalt {danish_number(known.agreed)} kr.; på Tilbudsportalen {danish_number(known.listed)} kr."
    return Evidence(told, fine=known.agreed <= known.listed)


def _special(known: Known) -> Evidence:
    if not known.special:
        return Evidence("Kontrakten har ingen særtakst.", fine=None)
    loose = known.special.count(False)
    if loose:
        told = f"{loose} af {len(known.special)} særtakster mangler timer, timepris, formål eller dato."
        return Evidence(told, fine=False)
    return Evidence("Alle særtakster har timer, timepris, formål og dato for evaluering.", fine=True)


def _terms(known: Known) -> Evidence:
    red, missing = known.read.red, known.read.missing
    if not red and not missing:
        return Evidence("Ingen risici og ingen manglende vilkår.", fine=True)
    return Evidence(f"Risici: {red}. Manglende vilkår: {missing}.", fine=None)


def _text(known: Known) -> Evidence:
    left = next((sign for line in known.read.lines for sign in _LEFT_OVER if sign in line.text), None)
    if left is not None:
        return Evidence(f"Teksten har en rest af skabelonen: »{left}«.", fine=False)
    return Evidence("Ingen rester af skabelonen fundet.", fine=None)


def _register(known: Known) -> Evidence:
    if known.compared is None:
        return Evidence("Udkastet er afsluttet. Registret står på kontraktens side.", fine=None)
    told = told_of(known.compared.registered)
    named = ", ".join(dict.fromkeys(one.name.lower() for one in known.compared.differences))
    if named:
        return Evidence(f"{told} Teksten afviger om {named}.", fine=False)
    return Evidence(f"{told} Teksten stemmer med registret på de vilkår, den nævner.", fine=True)


_TOLD: Final[Mapping[str, Callable[[Known], Evidence]]] = {
    "supplier": _supplier,
    "approval": _approval,
    "grant": _grant,
    "portal": _portal,
    "special": _special,
    "terms": _terms,
    "text": _text,
    "register": _register,
}
