"""Transport grants: the list, and one with its rides, what the rule says of them, and what a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.access.web.held import held_row
from styr.access.web.here import only_where_held
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.controls.core.explain import section
from styr.grants.core.codes import GrantStatus
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.people import queries as people
from styr.transport.core.codes import Outcome
from styr.transport.core.entitlement import payment_remark, road_text
from styr.transport.core.rules import assessed
from styr.transport.core.weekdays import text_of
from styr.transport.granting import answer, decide, measure_road, save_ride
from styr.transport.ride_queries import (
    ListedRide,
    RideFilter,
    RideGrantNotThereError,
    RidePage,
    choices,
    listed_rides,
    ride_page,
)
from styr.transport.web.ride_forms import DecisionForm, FactsForm, RideFilterForm, RideForm, facts_initial, initial_of
from styr.ui.lists import Column, Kind, ListPage, ListSpec, Sort, Tag, list_response
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

    from styr.people.queries import CitizenLine

PURPOSE: Final = "befordringsbevillinger"
OUTCOME_TONES: Final = {Outcome.GRANTED: "good", Outcome.REFUSED: "danger", Outcome.POSTPONED: "warning"}


@dataclass(frozen=True, slots=True)
class Row:
    """A transport grant in the list, with its citizen."""

    ride: ListedRide
    citizen: CitizenLine | None


def _lacks(row: Row) -> str:
    lacking = ["koordinater"] if row.ride.unplaced else []
    if row.ride.road_km is None:
        lacking.append("målt vej")
    return ", ".join(lacking)


def _decided(row: Row) -> Tag:
    if row.ride.outcome is None:
        return Tag("Ikke vurderet", "quiet")
    outcome = Outcome(row.ride.outcome)
    return Tag(outcome.danish.capitalize(), OUTCOME_TONES[outcome])


def _needs(row: Row) -> str:
    needs = [row.ride.aids, "ledsager" if row.ride.companion else "", "solokørsel" if row.ride.solo else ""]
    return ", ".join(need for need in needs if need)


RIDES: Final = ListSpec(
    name="befordringsbevillinger",
    title="Befordringsbevillinger",
    one="befordringsbevilling",
    many="befordringsbevillinger",
    default_sort="-starts",
    columns=(
        Column("number", "Bevilling", sort="number", fixed=True, nowrap=True, value=lambda row: row.ride.number,
               link=lambda row: reverse("ride_grant", args=[row.ride.grant_id])),
        Column("citizen", "Borger", value=lambda row: row.citizen.name if row.citizen else "Borger i en anden enhed"),
        Column("criterion", "Kriterium", sort="criterion", value=lambda row: row.ride.criterion,
               note=lambda row: row.ride.criterion_name),
        Column("area", "Område", sort="area", value=lambda row: f"{row.ride.area_no}. {row.ride.area_name}",
               shown=False),
        Column("destination", "Til", value=lambda row: row.ride.destination or ""),
        Column("weekdays", "Dage", value=lambda row: text_of(row.ride.weekdays)),
        Column("operator", "Operatør", value=lambda row: row.ride.operator or "Ikke valgt"),
        Column("needs", "Behov", value=_needs),
        Column("lacks", "Mangler", value=_lacks),
        Column("outcome", "Vurdering", Kind.TAG, value=_decided),
        Column("starts", "Fra", Kind.DATE, sort="starts", value=lambda row: row.ride.starts),
        Column("ends", "Til og med", Kind.LAST_DAY, value=lambda row: row.ride.ends),
    ),
    empty_icon="coins",
    empty_title="Ingen befordringsbevillinger endnu",
    empty_text="En befordringsbevilling er en almindelig bevilling med kørsel på. Åbn bevillingen og tilføj kørslen, "
    "eller indlæs filen »befordringsbevillinger«.",
)  # fmt: skip


@requires(Permission.SEE_TRANSPORT)
@require_safe
def ride_grants(request: HttpRequest) -> HttpResponse:
    """Every transport grant, filtered and sorted as the address says."""
    today = clock.today()
    form = RideFilterForm(request.GET, today=today)

    def fetch(wanted: RideFilter, sort: Sort, page: int, size: int) -> ListPage[Row]:
        found, total = listed_rides(wanted, order=(sort.by, sort.falling), part=((page - 1) * size, size), today=today)
        ids = {row.citizen_id for row in found}
        shown = people.citizen_lines(citizen_ids=ids, page=request.path, purpose=PURPOSE, today=today) if ids else {}
        return ListPage.of([Row(row, shown.get(row.citizen_id)) for row in found], page=page, size=size, total=total)

    told: dict[str, Any] = {"section": "transport", "now": "ride_grants"}
    return list_response(request, RIDES, fetch, form, told, template="transport/rides.html")


@requires(read=Permission.SEE_TRANSPORT, write=Permission.EDIT_TRANSPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def ride_grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """A transport grant: its rides, the verdict with facts and sources, and what was decided."""
    page = _page(grant_id)
    offered = choices(on=page.grant.starts, citizen_id=page.grant.citizen_id)
    form = RideForm(request.POST or None, offered=offered, initial=initial_of(page.ride, page.version))
    if request.method == "POST":
        only_where_held(request, Permission.EDIT_TRANSPORT, page.grant.unit_id)
        person = person_of(request)
        if form.is_valid():
            try:
                save_ride(
                    municipality_id=person.municipality_id, grant_id=grant_id, values=form.values(),
                    seen=form.cleaned_data["version"], actor_id=person.id, now=clock.now(),
                )  # fmt: skip
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                tell(request, "Kørslen er gemt.")
                return redirect("ride_grant", grant_id)
    return render(request, "transport/ride.html", _context(request, page, form))


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
@held_row("transport.RideGrant", grant_id="grant_id")
def ride_grant_facts(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Keep what a person knows of the case."""
    page = _here(request, grant_id)
    rule = page.ride.criterion.rule if page.ride else ""
    form = FactsForm(request.POST, rule=rule, initial=facts_initial(page.facts.answers))
    if not form.is_valid():
        changed = next(iter(form.non_field_errors()), None)
        warn(request, str(changed or "Et af svarene kan ikke bruges. Klassetrin er 0-10, og ture et helt tal."))
        return redirect(f"{reverse('ride_grant', args=[grant_id])}#vurdering")
    _try(request, lambda: answer(grant_id=grant_id, answers=form.answers(), **_who(request)), "Oplysningerne er gemt.")
    return redirect(f"{reverse('ride_grant', args=[grant_id])}#vurdering")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def ride_grant_measure(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Ask the route provider how long the way is."""
    _here(request, grant_id)
    _try(request, lambda: measure_road(grant_id=grant_id, **_who(request)), "Vejen er målt med ruteberegneren.")
    return redirect(f"{reverse('ride_grant', args=[grant_id])}#vurdering")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def ride_grant_decide(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Keep what a person decides."""
    _here(request, grant_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        _try(
            request,
            lambda: decide(grant_id=grant_id, outcome=told["outcome"], reason=told["reason"], **_who(request)),
            "Afgørelsen er gemt med regel, oplysninger og kilder.",
        )
    else:
        warn(request, "Vælg en afgørelse, og skriv begrundelsen.")
    return redirect(f"{reverse('ride_grant', args=[grant_id])}#vurdering")


def _page(grant_id: UUID) -> RidePage:
    try:
        return ride_page(grant_id, today=clock.today())
    except RideGrantNotThereError as missing:
        raise Http404(str(missing)) from missing


def _here(request: HttpRequest, grant_id: UUID) -> RidePage:
    """The page's grant, for whoever may write it."""
    page = _page(grant_id)
    only_where_held(request, Permission.EDIT_TRANSPORT, page.grant.unit_id)
    return page


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor_id": person_of(request).id, "now": clock.now()}


def _try(request: HttpRequest, act: Any, done: str) -> None:
    try:
        act()
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, done)


def _context(request: HttpRequest, page: RidePage, form: RideForm) -> dict[str, Any]:
    today = clock.today()
    shown = people.citizen_lines(citizen_ids=[page.grant.citizen_id], page=request.path, purpose=PURPOSE, today=today)
    rule = page.ride.criterion.rule if page.ride else ""
    may_edit = may_in(
        user_id=person_of(request).id, permission=Permission.EDIT_TRANSPORT, unit_id=page.grant.unit_id, on=today
    )
    return {
        "section": "transport",
        "now": "ride_grants",
        "page": page,
        "grant": page.grant,
        "ride": page.ride,
        "status": GrantStatus(page.grant.status).danish.capitalize(),
        "law": section(page.grant.section),
        "citizen": shown.get(page.grant.citizen_id),
        "form": form,
        "may_edit": may_edit,
        "assessed": assessed(rule, page.facts, page.limits) if page.ride else None,
        "road": road_text(page.facts.road),
        "remark": payment_remark(rule, page.ride.user_payment_ore) if page.ride else "",
        "facts_form": FactsForm(rule=rule, initial=facts_initial(page.facts.answers)),
        "decision_form": DecisionForm(),
        "outcomes": {one.value: (one.danish.capitalize(), OUTCOME_TONES[one]) for one in Outcome},
    }
