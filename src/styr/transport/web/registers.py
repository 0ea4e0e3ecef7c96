"""The registers of transport: what there is, what somebody must look at, and a form for every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.people import queries as people
from styr.transport.core.codes import PlaceKind
from styr.transport.register_queries import Wanted, offered, page_of, place_fault, summary
from styr.transport.registering import (
    RecordNotThereError,
    change_from,
    keep,
    place_by_register,
    record,
    take_shipped,
    version_of,
)
from styr.transport.web.register_forms import DatedForm, HomeForm, ProtectedHomeForm, RecordForm, RegisterFilterForm
from styr.transport.web.register_lists import REGISTERS, Register
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

PURPOSE: Final = "befordringssteder"


@requires(Permission.SEE_TRANSPORT)
@require_safe
def transport_registers(request: HttpRequest) -> HttpResponse:
    """The registers, with what somebody must look at."""
    context = {
        "section": "transport",
        "now": "transport_registers",
        "summary": summary(),
        "may_edit": _may_edit(request, None),
    }
    return render(request, "transport/registers.html", context)


@requires(Permission.SEE_TRANSPORT)
@require_safe
def transport_register(request: HttpRequest, register: str) -> HttpResponse:
    """One register as a list."""
    known = _register(register)

    def fetch(wanted: Wanted, sort: Sort, page: int, size: int) -> ListPage[Any]:
        order = known.sorts.get(sort.by, known.spec.default_sort)
        rows, total = page_of(
            known.rows(wanted), order=f"-{order}" if sort.falling else order, part=((page - 1) * size, size)
        )
        return ListPage.of(rows, page=page, size=size, total=total)

    context = {
        "section": "transport",
        "now": "transport_registers",
        "register": known,
        "registers": REGISTERS.values(),
        "may_edit": _may_edit(request, None),
    }
    form = RegisterFilterForm(request.GET)
    return list_response(request, known.spec, fetch, form, context, template="transport/register.html")


@requires(read=Permission.SEE_TRANSPORT, write=Permission.EDIT_TRANSPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def transport_record_new(request: HttpRequest, register: str) -> HttpResponse:
    """A new row of a register."""
    known = _register(register)
    fresh = {"fresh": True} if issubclass(known.form, DatedForm) else {}
    form = known.form(request.POST or None, offered=offered(suppliers=register == "operatoerer"), **fresh)
    if request.method == "POST" and form.is_valid():
        made = _kept(request, known, form, None)
        if made:
            tell(request, f"Gemt i »{known.title}«.")
            return redirect("transport_register", register)
    return render(request, "transport/record.html", _context(request, known, form, None))


@requires(read=Permission.SEE_TRANSPORT, write=Permission.EDIT_TRANSPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def transport_record(request: HttpRequest, register: str, record_id: UUID) -> HttpResponse:
    """One row of a register, to be corrected, or changed from a day."""
    known, row = _register(register), _row(register, record_id)
    citizen = _citizen(request, row)
    form_type = _form_type(known, row, citizen)
    given = {"offered": offered(suppliers=register == "operatoerer")}
    initial = {**form_type.begin(row), "version": version_of(row)}
    form = form_type(request.POST or None, initial=initial, **given)
    if request.method == "POST" and form.is_valid() and _kept(request, known, form, row):
        tell(request, f"Gemt i »{known.title}«.")
        return redirect("transport_register", register)
    return render(request, "transport/record.html", _context(request, known, form, row) | {"citizen": citizen})


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def transport_place_find(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Ask the address register where a place lies. The address of somebody under protection is sent nowhere."""
    row = _row("steder", record_id)
    citizen = _citizen(request, row)
    if row.kind == PlaceKind.HOME and (citizen is None or citizen.protected):
        warn(request, "Adressen er beskyttet og sendes ikke til adresseregistret. Skriv koordinaterne selv.")
        return redirect("transport_record", "steder", record_id)
    try:
        place_by_register(place_id=record_id, actor_id=person_of(request).id, now=clock.now())
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Stedet er fundet i adresseregistret og sat på kortet.")
    return redirect("transport_record", "steder", record_id)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def transport_take_shipped(request: HttpRequest) -> HttpResponse:
    """Take the program's areas and criteria into use."""
    person = person_of(request)
    if not _may_edit(request, None):
        warn(request, "Registrene er fælles: det kræver en rolle, der dækker hele kommunen.")
        return redirect("transport_registers")
    made = take_shipped(municipality_id=person.municipality_id, actor_id=person.id, now=clock.now())
    tell(request, f"{made} områder og kriterier er taget i brug. Kontrollér de mærkede mod loven." if made else
         "Alle medfølgende områder og kriterier er allerede i brug.")  # fmt: skip
    return redirect("transport_registers")


def _register(word: str) -> Register:
    if word not in REGISTERS:
        raise Http404("Registret findes ikke.")
    return REGISTERS[word]


def _row(register: str, record_id: UUID) -> Any:
    try:
        return record(register, record_id)
    except RecordNotThereError as missing:
        raise Http404(str(missing)) from missing


def _citizen(request: HttpRequest, row: Any) -> people.CitizenLine | None:
    """Whose home a place is; that it was shown is logged."""
    citizen_id = getattr(row, "citizen_id", None)
    if citizen_id is None:
        return None
    shown = people.citizen_lines(citizen_ids=[citizen_id], page=request.path, purpose=PURPOSE, today=clock.today())
    return shown.get(citizen_id)


def _form_type(known: Register, row: Any, citizen: people.CitizenLine | None) -> type[RecordForm]:
    if known.word != "steder" or row.kind != PlaceKind.HOME:
        return known.form
    return ProtectedHomeForm if citizen is None or citizen.protected else HomeForm


def _kept(request: HttpRequest, known: Register, form: RecordForm, row: Any) -> bool:
    """Keep what the form says; a refusal stands on the form."""
    person = person_of(request)
    told = {"register": known.word, "values": form.values(), "seen": form.cleaned_data["version"]}
    told |= {"municipality_id": person.municipality_id, "actor_id": person.id, "now": clock.now()}
    day = form.cleaned_data.get("from_day") if isinstance(form, DatedForm) and row else None
    try:
        if day:
            change_from(record_id=row.id, day=day, **told)
        else:
            keep(record_id=row.id if row else None, **told)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _may_edit(request: HttpRequest, unit_id: UUID | None) -> bool:
    person = person_of(request)
    return may_in(user_id=person.id, permission=Permission.EDIT_TRANSPORT, unit_id=unit_id, on=clock.today())


def _context(request: HttpRequest, known: Register, form: RecordForm, row: Any) -> dict[str, Any]:
    is_place = known.word == "steder" and row is not None
    return {
        "section": "transport",
        "now": "transport_registers",
        "register": known,
        "form": form,
        "row": row,
        "back": reverse("transport_register", args=[known.word]),
        "may_edit": _may_edit(request, getattr(row, "unit_id", None)),
        "is_place": is_place,
        "is_home": is_place and row.kind == PlaceKind.HOME,
        "fault": place_fault(row) if is_place else "",
    }
