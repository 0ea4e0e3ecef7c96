"""Follow-ups (opfølgninger): the list with its figures, and what becomes of each."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.invoices.core.codes import FollowUpState, Recovery
from styr.invoices.models import FollowUp
from styr.invoices.queries import follow_up_page, recovered
from styr.invoices.recovered import FollowUpFilter
from styr.invoices.services import UnableToFollowUpError, change_follow_up, drop_follow_up, settle_follow_up
from styr.invoices.web.acts import ore_of
from styr.invoices.web.filters import FollowUpForm
from styr.invoices.web.people import actor_of
from styr.kernel import clock
from styr.ui.lists import Column, Kind, ListPage, ListSpec, Sort, Tag, list_response
from styr.ui.toasts import tell, warn

_TONES = {FollowUpState.OPEN: "warning", FollowUpState.SETTLED: "good", FollowUpState.DROPPED: "quiet"}


def _late(today: date) -> Callable[[Any], str]:
    return lambda row: "danger" if row.state is FollowUpState.OPEN and row.due_on < today else ""


def _spec(today: date) -> ListSpec:
    return ListSpec(
        name="opfoelgninger",
        title="Opfølgninger",
        one="opfølgning",
        many="opfølgninger",
        default_sort="due_on",
        columns=(
            Column("supplier_name", "Leverandør", sort="supplier", fixed=True,
                   link=lambda row: reverse("followup", args=[row.id]),
                   note=lambda row: f"faktura {row.invoice_number}"),
            Column("cause", "Årsag"),
            Column("claimed_ore", "Kræves", Kind.MONEY, sort="claimed"),
            Column("recovered_ore", "Hentet hjem", Kind.MONEY, sort="recovered", lead=True),
            Column("owner", "Ansvarlig", nowrap=True),
            Column("due_on", "Frist", Kind.DATE, sort="due_on", tone=_late(today)),
            Column("state", "Status", Kind.TAG,
                   value=lambda row: Tag(row.state.danish.capitalize(), _TONES[row.state])),
            Column("evidence", "Dokumentation", shown=False),
            Column("opened_at", "Oprettet", Kind.MOMENT, sort="opened", shown=False),
            Column("settled_at", "Afsluttet", Kind.MOMENT, shown=False),
        ),
        empty_title="Ingen opfølgninger",
        empty_text="Når en faktura afvises eller venter på en kreditnota, følges den her, indtil pengene er tilbage.",
    )  # fmt: skip


@require_safe
@requires(Permission.SEE_INVOICES)
def followups(request: HttpRequest) -> HttpResponse:
    """Every wrong invoice until it is settled, with what came back this year."""
    today = clock.today()
    figures = recovered(since=today.replace(month=1, day=1), until=date(today.year + 1, 1, 1), today=today)
    form = FollowUpForm(request.GET, user_id=actor_of(request))
    context = {"section": "invoices", "figures": figures, "year": today.year}
    return list_response(request, _spec(today), _fetch, form, context, template="invoices/followups.html")


def _fetch(wanted: FollowUpFilter, sort: Sort, page: int, size: int) -> ListPage[Any]:
    rows, number, pages, total = follow_up_page(
        wanted, sort=("-" if sort.falling else "") + sort.by, page=page, size=size
    )
    return ListPage(rows, number, pages, total)


@requires(read=Permission.SEE_INVOICES, write=Permission.DECIDE_INVOICES)
@once
def followup(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """One follow-up: settle it with evidence, give it up, or move its day."""
    if request.method == "POST":
        return _handled(request, follow_up_id)
    return _shown(request, follow_up_id)


def _shown(request: HttpRequest, follow_up_id: UUID, status: int = 200) -> HttpResponse:
    found = FollowUp.objects.select_related("invoice", "owner", "settled_by").filter(id=follow_up_id).first()
    if found is None:
        raise Http404("Opfølgningen findes ikke, eller den ligger uden for dit område.")
    today = clock.today()
    decides = Permission.DECIDE_INVOICES
    able = colleagues_who(decides, unit_id=found.unit_id, on=today) if may(request, decides) else ()
    owners = [*able, *([] if found.owner_id in {one.id for one in able} else [found.owner])]
    context = {
        "owners": owners,
        "section": "invoices", "found": found, "state": FollowUpState(found.state), "recoveries": list(Recovery),
        "remaining_ore": max(0, found.claimed_ore - found.recovered_ore),
        "recovery": Recovery(found.recovery).danish if found.recovery else "", "written": request.POST,
        "late": found.state == FollowUpState.OPEN.value and found.due_on < today,
    }  # fmt: skip
    return render(request, "invoices/followup.html", context, status=status)


def _handled(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    words = request.POST
    version = words.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 9 else 0  # noqa: PLR2004 - a version's figures
    given: dict[str, Any] = {"follow_up_id": follow_up_id, "seen_version": seen}
    acting: dict[str, Any] = {"actor_id": actor_of(request), "now": clock.now()}
    try:
        match words.get("handling"):
            case "afslut":
                settle_follow_up(
                    **given, **acting, recovery=Recovery(words.get("resultat", "")), evidence=words.get("bevis", ""),
                    recovered_ore=ore_of(words.get("hentet", "")),
                )  # fmt: skip
                tell(request, "Opfølgningen er afsluttet.")
            case "frafald":
                drop_follow_up(**given, **acting, reason=words.get("begrundelse", ""))
                tell(request, "Kravet er frafaldet.")
            case _:
                owner, due = UUID(words.get("ansvarlig", "")), date.fromisoformat(words.get("frist", ""))
                change_follow_up(**given, owner_id=owner, due_on=due, actor_id=actor_of(request), today=clock.today())
                tell(request, "Opfølgningen er ændret.")
    except (UnableToFollowUpError, ValueError) as error:
        warn(request, str(error) if isinstance(error, UnableToFollowUpError) else "Udfyld felterne, og prøv igen.")
        return _shown(request, follow_up_id, 422)
    return HttpResponseRedirect(reverse("followup", args=[follow_up_id]))
