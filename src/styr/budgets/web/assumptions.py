"""What the forecast takes for granted (forudsætninger): prices' change by year, and what is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.units_in_reach import units_in_reach
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.budgets import assuming
from styr.budgets.assumptions import IndexYear, ProvisionView, UnableToAssumeError, index_rate, index_rates, provisions
from styr.budgets.core.assumed_rows import is_to_check, level, month_ore, months_ahead, without_mark
from styr.budgets.services import YEARS_AHEAD
from styr.budgets.web.asked import asked
from styr.budgets.web.assumption_forms import (
    EVERYWHERE,
    WHOLE_MUNICIPALITY,
    IndexForm,
    ProvisionForm,
    index_initial,
    last_month,
    provision_initial,
)
from styr.budgets.web.rounds import actor_of
from styr.contracts.queries import sections_on
from styr.kernel.danish import danish_month, danish_number, danish_section
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from styr.budgets.web.asked import Asked

_DIGITS = 4
_OTHER_UNIT = "Anden enhed"
_ANEW = "Prognosen beregnes igen."
_READ, _WRITE = Permission.SEE_ECONOMY, Permission.EDIT_ECONOMY


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A year's percentage as the page shows it; without one where the forecast lacks it."""

    year: int
    percent: str
    level: str
    source: str
    check: bool
    used: bool

    @property
    def missing(self) -> bool:
        """Whether nobody has written a percentage."""
        return not self.percent


@dataclass(frozen=True, slots=True)
class ProvisionLine:
    """A provision as the page shows it: with its unit's name, and what it comes to a month and in the year."""

    row: ProvisionView
    unit_name: str
    persons: str
    period: str
    month_ore: int
    year_ore: int
    over: bool
    source: str
    check: bool


@require_safe
@requires(_READ)
def economy_assumptions(request: HttpRequest) -> HttpResponse:
    """Everything that the forecast takes for granted, and where each figure is from."""
    wanted = asked(request)
    units = dict(units_in_reach())
    lines = [_provision_line(row, wanted, units) for row in provisions()]
    context = {
        "section": "economy",
        "asked": wanted,
        "indexed": _index_lines(wanted),
        "provided": lines,
        "year_ore": sum(line.year_ore for line in lines),
        "may_edit": may(request, _WRITE),
        "may_index": may(request, _WRITE) and assuming.may_assume(actor_of(request), None),
    }
    return render(request, "budgets/assumptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(_WRITE)
@once
def index_new(request: HttpRequest) -> HttpResponse:
    """Write a year's percentage."""
    word = request.GET.get("aar", "")
    return _index(request, None, {"year": word if word.isascii() and word.isdigit() and len(word) == _DIGITS else None})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(read=_READ, write=_WRITE)
@once
def index_change(request: HttpRequest, year: int) -> HttpResponse:
    """Write another percentage of a year."""
    found = index_rate(year)
    if found is None:
        raise Http404("Der er ingen fremskrivning for det år.")
    return _index(request, found, index_initial(found))


@require_POST
@requires(_WRITE)
@once
def index_remove(request: HttpRequest, year: int) -> HttpResponse:
    """Take a year's percentage away."""
    try:
        assuming.drop_index(year=year, actor=actor_of(request))
    except UnableToAssumeError as refused:
        warn(request, str(refused))
    else:
        tell(request, f"Fremskrivningen for {year} er fjernet. {_ANEW}")
    return redirect("economy_assumptions")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(_WRITE)
@once
def provision_new(request: HttpRequest) -> HttpResponse:
    """Set something aside."""
    return _provision(request, None, {"kind": "waiting_list"})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(read=_READ, write=_WRITE)
@once
def provision_change(request: HttpRequest, provision_id: UUID) -> HttpResponse:
    """Look at a provision, and let it be another."""
    try:
        found = assuming.provision_or_unknown(provision_id)
    except assuming.UnknownAssumptionError as missing:
        raise Http404(str(missing)) from missing
    return _provision(request, found, provision_initial(found))


@require_POST
@requires(_WRITE)
@once
def provision_remove(request: HttpRequest, provision_id: UUID) -> HttpResponse:
    """Take a provision away."""
    try:
        assuming.drop_provision(provision_id=provision_id, actor=actor_of(request))
    except assuming.UnknownAssumptionError as missing:
        raise Http404(str(missing)) from missing
    except UnableToAssumeError as refused:
        warn(request, str(refused))
    else:
        tell(request, f"Puljen er fjernet. {_ANEW}")
    return redirect("economy_assumptions")


def _index(request: HttpRequest, found: IndexYear | None, initial: Mapping[str, Any]) -> HttpResponse:
    actor = actor_of(request)
    form = IndexForm(request.POST or None, initial={**initial, "seen": assuming.mark_of(found)})
    if found is not None:
        form.fields["year"].disabled = True
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            assuming.assume_index(
                year=told["year"], percent=told["percent"], note=form.note, seen=told["seen"], actor=actor
            )
        except UnableToAssumeError as refused:
            form.add_error("year" if isinstance(refused, assuming.AlreadyThereError) else None, str(refused))
        else:
            tell(request, f"Fremskrivningen for {told['year']} er gemt. {_ANEW}")
            return redirect("economy_assumptions")
    context = {"found": found, "may_change": may(request, _WRITE) and assuming.may_assume(actor, None)}
    return _shown(request, form, "budgets/assumption_index.html", context)


def _provision(request: HttpRequest, found: ProvisionView | None, initial: Mapping[str, Any]) -> HttpResponse:
    actor, units = actor_of(request), dict(units_in_reach())
    everywhere = may(request, _WRITE) and assuming.may_assume(actor, None)
    form = ProvisionForm(
        request.POST or None,
        initial={**initial, "seen": assuming.mark_of(found)},
        units=[
            *([(EVERYWHERE, WHOLE_MUNICIPALITY)] if everywhere else []),
            *((str(key), name) for key, name in units.items()),
        ],
        sections=_sections(actor.today, found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _kept(form, found, actor)
        except UnableToAssumeError as refused:
            form.add_error("unit" if isinstance(refused, assuming.OutsideRolesError) else None, str(refused))
        else:
            tell(request, f"Puljen er gemt. {_ANEW}")
            return redirect("economy_assumptions")
    may_change = everywhere or found is None
    if found is not None and found.unit_id is not None and not everywhere and may(request, _WRITE):
        may_change = assuming.may_assume(actor, found.unit_id)
    line = None if found is None else _provision_line(found, asked(request), units)
    return _shown(
        request, form, "budgets/assumption_provision.html", {"found": found, "may_change": may_change, "line": line}
    )


def _kept(form: ProvisionForm, found: ProvisionView | None, actor: Any) -> None:
    if found is None:
        assuming.assume_provision(facts=form.facts(), actor=actor)
    else:
        seen = form.cleaned_data["seen"]
        assuming.change_provision(provision_id=found.id, facts=form.facts(), seen=seen, actor=actor)


def _shown(request: HttpRequest, form: Any, template: str, context: Mapping[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"section": "economy", "form": form, **context}, status=status)


def _index_lines(wanted: Asked) -> list[IndexLine]:
    """The years that have a percentage, and those that the forecast lacks one of; the latest last."""
    base, rows = wanted.today.year, {row.year: row for row in index_rates()}
    percents = {year: row.percent for year, row in rows.items()}
    years = sorted({*rows, *range(base + 1, base + YEARS_AHEAD + 1)})
    lines = []
    for year in years:
        row, times = rows.get(year), level(percents, base_year=base, year=year)
        lines.append(
            IndexLine(
                year,
                _percent(row) if row else "",
                f"{float(times * 100):.1f}".replace(".", ",") if year > base else "",
                without_mark(row.note) if row else "",
                is_to_check(row.note) if row else False,
                year > base,
            )
        )
    return lines


def _percent(row: IndexYear) -> str:
    sign = "+" if row.percent > 0 else ""
    return f"{sign}{danish_number(row.percent).replace('-', '−')} %"


def _provision_line(row: ProvisionView, wanted: Asked, units: Mapping[UUID, str]) -> ProvisionLine:
    monthly = month_ore(row.persons, row.price_ore)
    closed = wanted.today.replace(day=1)
    months = months_ahead(row.starts, row.ends, year=wanted.year, closed_before=closed)
    return ProvisionLine(
        row,
        WHOLE_MUNICIPALITY if row.unit_id is None else units.get(row.unit_id, _OTHER_UNIT),
        danish_number(row.persons).replace("-", "−"),
        _period(row),
        monthly,
        monthly * months,
        row.ends is not None and row.ends <= closed,
        without_mark(row.note),
        is_to_check(row.note),
    )


def _period(row: ProvisionView) -> str:
    first, last = danish_month(row.starts), last_month(row.ends)
    if last is None:
        return f"fra {first}"
    return first if last == row.starts else f"{first} – {danish_month(last)}"


def _sections(today: date, found: ProvisionView | None) -> dict[str, str]:
    """The sections that hold, and that of the provision itself."""
    known = {code: f"{danish_section(code)} {fact.name}" for code, fact in sections_on(today).items()}
    if found is not None and found.section and found.section not in known:
        known[found.section] = danish_section(found.section)
    return known
