"""A citizen's own pages: the overview with its timeline, and the economy of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from styr.budgets.citizens import CitizenYear as OwnYear
from styr.budgets.citizens import citizen_year as own_year
from styr.budgets.core.picture import Sums
from styr.controls import queries as controls
from styr.controls.queries import FindingFilter, FindingView
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import ExpectedMonth, expected_by_month
from styr.kernel.clock import danish_day
from styr.kernel.danish import kroner
from styr.kernel.period import ONE_DAY, Period, next_month
from styr.suppliers import queries as suppliers
from styr.workspace.citizens_spending import InvoicedLine, invoiced_lines, sums_by_month
from styr.workspace.core.citizen_timeline import About, Moment, Timeline, timeline
from styr.workspace.core.citizen_year import CitizenYear, citizen_year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from styr.budgets.core.picture import MonthSums
    from styr.invoices.recovered import CitizenFollowUp
    from styr.workspace.citizens_frame import CitizenFrame, ContractFact, GrantFact
    from styr.workspace.core.citizen_year import MonthCost

MOST_FINDINGS = 5


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first tab shows; five queries beside the frame."""

    year: CitizenYear
    own: OwnYear
    findings: tuple[FindingView, ...]
    finding_count: int
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class GrantYear:
    """A grant's part of the year, øre; `sums` holds its budget and its forecast."""

    grant: GrantFact
    supplier: str
    sums: Sums
    expected_ore: int
    actual_ore: int
    unpriced_days: int


@dataclass(frozen=True, slots=True)
class Economy:
    """A year by month and by grant, and the rows behind one month, if one is chosen."""

    year: CitizenYear
    own: OwnYear
    grants: tuple[GrantYear, ...]
    month: date | None
    expected_rows: tuple[tuple[GrantFact, ExpectedMonth], ...]
    invoiced_rows: tuple[tuple[InvoicedLine, int], ...]
    unpriced_days: int

    @property
    def months(self) -> Iterator[tuple[MonthCost, MonthSums]]:
        """Each month as it was invoiced, and as it was budgeted and booked."""
        return zip(self.year.months, self.own.picture.months, strict=True)

    @property
    def beside(self) -> Sums | None:
        """What is budgeted or booked on the citizen beside the grants."""
        return self.own.by_grant.get(None)


def citizen_overview(frame: CitizenFrame, *, only: About | None = None) -> Overview:
    """Return the year's figures, the dearest open findings and the timeline."""
    year, _, lines = _year(frame, frame.today.year)
    own = own_year(citizen_id=frame.citizen.id, year=frame.today.year, today=frame.today)
    page = controls.few_findings(FindingFilter(citizen_id=frame.citizen.id), size=MOST_FINDINGS)
    moments = [*_of_citizen(frame), *_of_grants(frame), *_of_contracts(frame.contracts), *_of_invoices(lines)]
    moments += [_of_finding(finding) for finding in page.rows]
    moments += [moment for one in frame.follow_ups for moment in _of_follow_up(one, frame.today)]
    return Overview(year, own, page.rows, page.total, timeline(moments, today=frame.today, only=only))


def citizen_economy(frame: CitizenFrame, *, year: int, month: date | None) -> Economy:
    """Return a year of the citizen; five queries beside the frame."""
    figures, expected, lines = _year(frame, year)
    own = own_year(citizen_id=frame.citizen.id, year=year, today=frame.today)
    names = suppliers.supplier_names(frame.supplier_ids)
    by_id = {grant.id: grant for grant in frame.grants}
    return Economy(
        year=figures,
        own=own,
        grants=tuple(_grant_years(frame, expected, lines, names, own)),
        month=month,
        expected_rows=tuple(
            (by_id[row.grant_id], row) for row in expected if row.month == month and row.grant_id in by_id
        ),
        invoiced_rows=tuple(
            (line, line.by_month[month]) for line in lines if month is not None and month in line.by_month
        ),
        unpriced_days=sum(row.unpriced_days for row in expected),
    )


def _year(frame: CitizenFrame, year: int) -> tuple[CitizenYear, tuple[ExpectedMonth, ...], list[InvoicedLine]]:
    first, last = date(year, 1, 1), date(year, 12, 1)
    expected = expected_by_month(citizen_id=frame.citizen.id, from_month=first, to_month=last)
    lines = invoiced_lines(frame.citizen.id, Period(first, next_month(last)))
    sums: dict[date, int] = {}
    for row in expected:
        sums[row.month] = sums.get(row.month, 0) + row.amount_ore
    figures = citizen_year(
        year,
        expected=sums,
        actual=sums_by_month(lines, counted=True),
        waiting=sums_by_month(lines, counted=False),
        today=frame.today,
    )
    return figures, expected, lines


def _grant_years(
    frame: CitizenFrame,
    expected: tuple[ExpectedMonth, ...],
    lines: list[InvoicedLine],
    names: dict[UUID, str],
    own: OwnYear,
) -> Iterator[GrantYear]:
    for grant in frame.grants:
        rows = [row for row in expected if row.grant_id == grant.id]
        spent = sum(
            ore
            for line in lines
            if line.grant_id == grant.id and line.counted
            for month, ore in line.by_month.items()
            if month.year == own.picture.year
        )
        sums = own.by_grant.get(grant.id, Sums())
        if rows or spent or sums != Sums():
            yield GrantYear(
                grant=grant,
                supplier=names.get(grant.supplier_id, "") if grant.supplier_id else "",
                sums=sums,
                expected_ore=sum(row.amount_ore for row in rows),
                actual_ore=spent,
                unpriced_days=sum(row.unpriced_days for row in rows),
            )


def _of_citizen(frame: CitizenFrame) -> Iterator[Moment]:
    citizen = frame.citizen
    facts = (
        (citizen.moved_in, "Tilflyttet kommunen", ""),
        (citizen.moved_out - ONE_DAY if citizen.moved_out else None, "Fraflyttet kommunen", "warning"),
        (citizen.died_on, "Død", "warning"),
    )
    for day, title, tone in facts:
        if day is not None:
            yield Moment(day=day, about=About.CITIZEN, title=title, tone=tone)


def _of_grants(frame: CitizenFrame) -> Iterator[Moment]:
    for grant in frame.grants:
        if grant.status not in (GrantStatus.GRANTED, GrantStatus.STOPPED):
            continue
        named = f"{grant.number}, {grant.section.replace('-', ' § ', 1)}"
        yield Moment(day=grant.starts, about=About.GRANT, title="Bevilling begynder", text=named, tone="good",
                     target=grant.id)  # fmt: skip
        if grant.last_day is not None:
            title = "Bevilling stoppet" if grant.status is GrantStatus.STOPPED else "Bevilling udløber"
            yield Moment(day=grant.last_day, about=About.GRANT, title=title, text=named, target=grant.id)
        if grant.follow_up_on is not None and grant.status is GrantStatus.GRANTED:
            late = grant.follow_up_on < frame.today and grant.runs_on(frame.today)
            title, tone = ("Opfølgning er overskredet", "danger") if late else ("Opfølgning", "info")
            yield Moment(day=grant.follow_up_on, about=About.GRANT, title=title, text=named, tone=tone, target=grant.id)


def _of_contracts(contracts: tuple[ContractFact, ...]) -> Iterator[Moment]:
    for contract in contracts:
        if contract.signed_on is not None:
            yield Moment(day=contract.signed_on, about=About.CONTRACT, title="Kontrakt underskrevet",
                         text=contract.number, tone="good", target=contract.id)  # fmt: skip
        if contract.last_day is not None:
            yield Moment(day=contract.last_day, about=About.CONTRACT, title="Kontrakt udløber", text=contract.number,
                         tone="warning", target=contract.id)  # fmt: skip


def _of_invoices(lines: list[InvoicedLine]) -> Iterator[Moment]:
    sums: dict[UUID, int] = {}
    for line in lines:
        sums[line.invoice_id] = sums.get(line.invoice_id, 0) + line.net_ore
    told: set[UUID] = set()
    for line in lines:
        if line.invoice_id not in told:
            told.add(line.invoice_id)
            what = "Kreditnota" if line.kind == "credit_note" else "Faktura"
            yield Moment(day=line.issue_date or danish_day(line.received_at), about=About.INVOICE,
                         target=line.invoice_id, title=f"{what} {line.invoice_number}",
                         tone="" if line.counted else "warning",
                         text=f"{kroner(sums[line.invoice_id], whole=True)}, {line.status.danish}")  # fmt: skip


def _of_finding(finding: FindingView) -> Moment:
    return Moment(
        day=danish_day(finding.first_seen), about=About.FINDING, title=finding.title, text=finding.sentence,
        tone="danger", target=finding.id,
    )  # fmt: skip


def _of_follow_up(one: CitizenFollowUp, today: date) -> Iterator[Moment]:
    about = f"{kroner(one.claimed_ore, whole=True)} fra {one.supplier_name}, faktura {one.invoice_number}"
    yield Moment(day=one.opened_on, about=About.FOLLOW_UP, title="Opfølgning på faktura åbnet", tone="warning",
                 text=f"{about}. Hos {one.owner}", target=one.invoice_id)  # fmt: skip
    if one.settled_on is not None:
        back = f"{kroner(one.recovered_ore, whole=True)} er hentet hjem" if one.recovered_ore else "Intet hentet hjem"
        yield Moment(day=one.settled_on, about=About.FOLLOW_UP, title="Opfølgning på faktura afsluttet", tone="good",
                     text=f"{back} af {about}", target=one.invoice_id)  # fmt: skip
    else:
        late = one.due_on < today
        yield Moment(day=one.due_on, about=About.FOLLOW_UP, tone="danger" if late else "info", target=one.invoice_id,
                     title="Frist for opfølgning er overskredet" if late else "Frist for opfølgning på faktura",
                     text=f"{about}. Hos {one.owner}")  # fmt: skip
