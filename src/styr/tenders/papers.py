"""What goes out to bidders (udbudsmateriale): the tender documents, and the questions with their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.timezone import localtime

from styr.kernel.danish import MONTHS, danish_date, danish_number
from styr.kernel.period import Period
from styr.tenders.core.codes import Element, PriceModel, Procedure, TenderKind
from styr.tenders.core.paper import Block, Grid, Heading, Paper, Points, Words
from styr.tenders.wording import element_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from styr.tenders.models import Question, Requirement, ServiceCriterion, Tender
    from styr.tenders.queries import LotView

_ROUTE_HEADS: Final = ("Fra", "Til", "Behov", "Fremme", "Hjem", "Borgere", "Ture/år")


@dataclass(frozen=True, slots=True)
class Issued:
    """Who a paper is from, and of which day."""

    municipality: str
    today: date

    @property
    def day(self) -> str:
        """The day as it is written."""
        return danish_date(self.today)


def tender_documents(
    tender: Tender, lots: Sequence[LotView], requirements: Sequence[Requirement], criteria: Sequence[ServiceCriterion],
    issued: Issued,
) -> Paper:  # fmt: skip
    """The tender documents (udbudsmateriale): everything that a bidder needs, and nobody's name."""
    blocks: list[Block] = [
        Heading("Opgaven"),
        Words(_task(tender, lots)),
        Heading("Frister"),
        Points(_deadlines(tender)),
        Heading("Delaftaler og mængder pr. år"),
    ]
    for one in lots:
        blocks += _lot(one)
    blocks += [Heading("Krav"), *_requirements(requirements), Heading("Sådan vælges der"), *judged_by(tender, criteria)]
    blocks += [
        Heading("Aflevering"),
        Words(
            "Prisskemaet udfyldes og sendes som Excel-fil. Priser er uden moms og gælder hele perioden med den "
            "regulering, der står i kontrakten. Der kan bydes på én eller flere delaftaler. "
            "Skemaet må ikke ændres i øvrigt."
        ),
    ]
    return Paper(full_title(tender), issued.municipality, issued.day, tuple(blocks))


def answers_paper(tender: Tender, questions: Sequence[Question], issued: Issued) -> Paper:
    """Questions and answers (spørgsmål og svar), alike to all."""
    blocks: list[Block] = []
    for one in questions:
        told = f"{danish_date(one.answered_on)}: {one.answer}" if one.answered_on else "Besvares senere."
        blocks += [
            Heading(f"Spørgsmål {one.number} ({danish_date(one.asked_on)})"),
            Words(one.text),
            Words(f"Svar {told}"),
        ]
    return Paper(
        f"Spørgsmål og svar: {tender.name}", issued.municipality, issued.day,
        tuple(blocks or [Words("Der er ikke stillet spørgsmål.")]),
    )  # fmt: skip


def judged_by(tender: Tender, criteria: Sequence[ServiceCriterion]) -> tuple[Block, ...]:
    """The weights and the formula, as they stand in the tender documents and the memo."""
    formula = (
        f"Laveste pris får 10 point. En pris, der er {tender.spread_percent} procent højere, får 0, og derimellem er "
        "pointene lineære: 10 × (1 − (pris − laveste) / (laveste × "
        f"{tender.spread_percent} %))."
        if tender.price_model == PriceModel.LINEAR
        else "Laveste pris får 10 point, de andre 10 × laveste pris / egen pris."
    )
    service = 100 - tender.price_weight
    lines = [f"Pris vægter {tender.price_weight} procent og service {service} procent.", formula]
    lines.append("Prisen er tilbuddets priser gange delaftalens mængder pr. år. Hver delaftale vurderes for sig.")
    if service:
        lines.append(
            "To personer giver hver for sig 0-10 point på hvert underkriterium uden at se hinandens. "
            "Gennemsnittet tæller."
        )
    told = Grid(
        ("Underkriterium", "Der lægges vægt på", "Vægt"),
        tuple((one.name, one.text, f"{one.weight} %") for one in criteria), 2,
    )  # fmt: skip
    return (Points(tuple(lines)), told) if service and criteria else (Points(tuple(lines)),)


def full_title(tender: Tender) -> str:
    """The kind, the number and the name."""
    return f"{TenderKind(tender.kind).danish.capitalize()} U{tender.number}: {tender.name}"


def _task(tender: Tender, lots: Sequence[LotView]) -> str:
    riders, trips = sum(one.lot.riders for one in lots), sum(one.trips for one in lots)
    period = f"{danish_date(tender.starts)} til {danish_date(Period(tender.starts, tender.ends).last or tender.ends)}"
    parts = f"{len(lots)} {'delaftale' if len(lots) == 1 else 'delaftaler'}"
    return (
        f"Befordring af {riders} borgere med omkring {danish_number(trips)} enkeltture om året. Opgaven er delt i "
        f"{parts}. Aftalen løber fra {period}. Fremgangsmåde: {Procedure(tender.procedure).danish}."
    )


def _deadlines(tender: Tender) -> tuple[str, ...]:
    if tender.bids_until is None or tender.questions_until is None:
        return ("Fristerne sættes, når udbuddet offentliggøres.",)
    until = localtime(tender.bids_until)
    return (
        f"Spørgsmål senest {danish_date(tender.questions_until)}.",
        f"Tilbud senest {danish_date(until.date())} kl. {until:%H.%M}.",
        f"Aftalen begynder {danish_date(tender.starts)}.",
    )


def _lot(one: LotView) -> list[Block]:
    lot = one.lot
    volumes = tuple(
        (
            element_word(Element(row.element)),
            Element(row.element).unit,
            danish_number(row.quantity),
            danish_number(row.low),
        )
        for row in one.volumes
    )
    months = tuple((name.capitalize(), danish_number(trips)) for name, trips in zip(MONTHS, lot.months, strict=False))
    blocks: list[Block] = [
        Words(f"Delaftale {lot.number}: {lot.name}. {lot.riders} borgere, højst {lot.peak_vehicles} vogne samtidig."),
        Grid(("Mængde", "Enhed", "Pr. år", "Heraf bevilget et år frem"), volumes, 2),
        Words(uncertainty(one)),
        Grid(("Måned", "Ture i de tolv måneder"), months, 1),
    ]
    if one.routes:
        rows = tuple(
            (line.area, line.destination, line.need, line.out, line.back, str(line.riders), danish_number(line.trips))
            for line in one.routes
        )
        blocks += [Words("Ruteliste på områdeniveau, tider afrundet til kvarter."), Grid(_ROUTE_HEADS, rows, 5)]
    return blocks


def uncertainty(one: LotView) -> str:
    """How sure the volumes are, in sentences."""
    lot = one.lot
    told = [
        f"{lot.measured_percent} procent af turene er talt ud fra kørte ture; resten er beregnet ud fra bevillingerne."
    ]
    if one.counted != one.trips:
        told.append(
            f"I de tolv måneder var der {danish_number(one.counted)} ture; kørsler, der begyndte undervejs, er regnet "
            "op til et helt år."
        )
    if lot.ending:
        told.append(f"{lot.ending} borgeres bevilling ender inden aftalens første år er gået.")
    if lot.unknown_km:
        told.append(f"For {lot.unknown_km} borgere er vejen ikke kendt, og delaftalens gennemsnit er brugt.")
    told.append("Mængderne er et skøn og ingen garanti. Vogne er regnet med otte siddepladser, en kørestol som to.")
    return " ".join(told)


def _requirements(found: Sequence[Requirement]) -> list[Block]:
    blocks: list[Block] = []
    for part in dict.fromkeys(one.part for one in found):
        rows = tuple(
            (one.code, one.text, "skal" if one.must else "bør", one.proof) for one in found if one.part == part
        )
        blocks += [Words(part), Grid(("Nr.", "Krav", "", "Dokumentation"), rows)]
    return blocks
