"""The pages of negotiations: the list, one case, opening it, its log, and the agreement that closes it."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.negotiations import cases, reading
from styr.negotiations.apart import caseworkers
from styr.negotiations.core.codes import ArgumentOutcome, CaseStatus, EntryKind, Reason, SavingKind
from styr.negotiations.core.potential.telling import KIND, NEXT, told
from styr.negotiations.letters import letters_of
from styr.negotiations.meeting import meetings_of
from styr.negotiations.places import GrantPlace, grant_place, lines_of
from styr.negotiations.potential import about, stand
from styr.negotiations.reading import CaseCard
from styr.negotiations.reference.load import letters, shares
from styr.negotiations.saving import UnableToSaveError
from styr.negotiations.web.forms import AgreeForm, ArgumentForm, CaseForm, EntryForm
from styr.negotiations.web.savings import line_choices
from styr.negotiations.web.who import actor_of, ask_for_grant, asked_grant
from styr.ui.toasts import tell, warn

TONES: Final = {CaseStatus.OPEN: "info", CaseStatus.AGREED: "good", CaseStatus.GIVEN_UP: "quiet"}
_ENTRY_TONES: Final = {EntryKind.AGREED: "good", EntryKind.OFFER: "info", EntryKind.COUNTER: "warning"}
_SPECIAL: Final = (SavingKind.SPECIAL_RATE,)


@requires(Permission.SEE_RESULTS)
@require_safe
def one(request: HttpRequest, negotiation_id: UUID) -> HttpResponse:
    """One negotiation: goal, walk-away for those who negotiate, arguments, offers and what was agreed."""
    card = card_or_404(request, negotiation_id)
    context = {
        "section": "results",
        "card": card,
        "line": card.line,
        "tone": TONES[card.line.status],
        "open": card.line.status is CaseStatus.OPEN,
        "log": [(entry, _ENTRY_TONES.get(entry.kind, "")) for entry in card.entries],
        "entry_form": EntryForm(initial={"happened_on": clock.today()}),
        "argument_form": ArgumentForm(),
        "templates": reading.templates(),
        "outcomes": list(ArgumentOutcome),
        "caseworkers": caseworkers(grant_id=card.line.grant_id, contract_id=card.contract_id),
        "letters": letters_of(card.line.id),
        "letter_templates": letters(),
        "meetings": meetings_of(card.line.id),
        "draft": card.draft,
    }
    return render(request, "negotiations/negotiation.html", context)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """Open a negotiation about a grant (`?bevilling=`), from a reason of the potential (`?grund=`)."""
    if "bevilling" not in request.GET:
        return ask_for_grant(request)
    grant = asked_grant(request)
    form = CaseForm(request.POST or None, initial=_proposed(request, grant) if request.method == "GET" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        low, likely, high = (_whole(request.POST.get(name, "")) for name in ("low", "likely", "high"))
        wanted = cases.WantedCase(
            grant_id=grant.id, kind=SavingKind(said["kind"]), title=said["title"], goal=said["goal"],
            walk_away=said["walk_away"], amounts=(low, likely, high),
        )  # fmt: skip
        try:
            made = cases.open_negotiation(wanted=wanted, actor=actor_of(request))
        except cases.UnableToNegotiateError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Forhandlingen er åbnet.")
            return redirect("negotiation", made)
    return render(request, "negotiations/negotiation_new.html", {"section": "results", "form": form, "grant": grant})


@requires(Permission.NEGOTIATE)
@require_POST
@once
def act(request: HttpRequest, negotiation_id: UUID, name: str) -> HttpResponse:
    """Write in the log, argue, judge an argument, set the walk-away, or give up; go back to the case."""
    does = _ACTS.get(name)
    if does is None:
        raise Http404("Den handling findes ikke.")
    try:
        tell(request, does(request, negotiation_id))
    except cases.NegotiationNotThereError as missing:
        raise Http404(str(missing)) from missing
    except cases.UnableToNegotiateError as refused:
        warn(request, str(refused))
    return redirect("negotiation", negotiation_id)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
@once
def agree(request: HttpRequest, negotiation_id: UUID) -> HttpResponse:
    """Write the agreement: the saving, and the contract's price from its first day."""
    card = card_or_404(request, negotiation_id)
    grant, today = grant_place(card.line.grant_id), clock.today()
    form = AgreeForm(request.POST or None, lines=line_choices(grant, today), initial=_baseline(card, grant, today))
    if request.method == "POST" and form.is_valid():
        try:
            made, priced = cases.agree(
                negotiation_id=negotiation_id,
                wanted=form.wanted(grant.id, negotiation_id),
                agreed_on=form.cleaned_data["agreed_on"],
                actor=actor_of(request),
                by_text=form.cleaned_data["by_text"],
            )
        except (cases.UnableToNegotiateError, UnableToSaveError) as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"Aftalen er registreret. {priced}".strip())
            return redirect("negotiation", negotiation_id) if form.cleaned_data["by_text"] else redirect("saving", made)
    return render(request, "negotiations/agree.html", {"section": "results", "form": form, "card": card})


def card_or_404(request: HttpRequest, negotiation_id: UUID) -> CaseCard:
    """The negotiation, or 404 where there is none for the caller."""
    try:
        return reading.negotiation(negotiation_id, actor_id=person_of(request).id, today=clock.today())
    except cases.NegotiationNotThereError as missing:
        raise Http404(str(missing)) from missing


def _proposed(request: HttpRequest, grant: GrantPlace) -> dict[str, object]:
    """A first wording, from the reason that the list of potential shows."""
    asked = request.GET.get("grund", "")
    if asked not in Reason.values():
        return {"title": f"{grant.supplier_name}, bevilling {grant.number}"}
    reason = Reason(asked)
    found, standing = about(grant.id), stand(today=clock.today())
    why = next((one for one in found.reasons if one.reason is reason), None) if found else None
    estimates = standing.shares if standing else shares()
    words = f"{NEXT[reason]}\n\n{told(why, estimates)}" if why else NEXT[reason]
    return {
        "title": f"{reason.danish.capitalize()}: {grant.supplier_name}"[:200],
        "kind": KIND[reason].value,
        "goal": words,
        "amounts": (why.low_ore, why.likely_ore, why.high_ore) if why else None,
    }


def _baseline(card: CaseCard, grant: GrantPlace, today: date) -> dict[str, object]:
    """The line that the negotiation is most likely about, at today's price."""
    lines = lines_of(grant.id, on=today)
    wanted = [one for one in lines if (one.kind == "special") == (card.line.kind in _SPECIAL)] or lines
    first = wanted[0] if wanted else None
    return {
        "kind": card.line.kind.value,
        "line": str(first.id) if first else "",
        "baseline": first.price if first else None,
        "agreed_on": today,
    }


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None  # noqa: PLR2004 - 64 bits


def _checked(form: forms.Form) -> dict[str, object]:
    if not form.is_valid():
        said = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        raise cases.UnableToNegotiateError(f"Udfyld felterne: {said}")
    return form.cleaned_data


def _log(request: HttpRequest, negotiation_id: UUID) -> str:
    said = _checked(EntryForm(request.POST))
    cases.write_entry(
        negotiation_id=negotiation_id, kind=EntryKind(str(said["kind"])), happened_on=said["happened_on"],  # type: ignore[arg-type]  # what a day field gives
        words=str(said["words"]), amount=said["amount"], actor=actor_of(request),  # type: ignore[arg-type]  # what an amount field gives
    )  # fmt: skip
    return "Linjen er skrevet i forløbet."


def _argue(request: HttpRequest, negotiation_id: UUID) -> str:
    said = _checked(ArgumentForm(request.POST))
    cases.argue(
        negotiation_id=negotiation_id, reason=Reason(str(said["reason"])), words=str(said["words"]),
        evidence=str(said["evidence"]), actor=actor_of(request),
    )  # fmt: skip
    return "Argumentet er tilføjet."


def _judge(request: HttpRequest, negotiation_id: UUID) -> str:
    try:
        argument, outcome = UUID(request.POST.get("argument", "")), ArgumentOutcome(request.POST.get("udfald", ""))
    except ValueError:
        raise cases.UnableToNegotiateError("Vælg et argument og et udfald.") from None
    cases.judge_argument(negotiation_id=negotiation_id, argument_id=argument, outcome=outcome, actor=actor_of(request))
    return f"Argumentet {outcome.danish}."


def _walk_away(request: HttpRequest, negotiation_id: UUID) -> str:
    cases.set_walk_away(negotiation_id=negotiation_id, words=request.POST.get("ord", ""), actor=actor_of(request))
    return "Smertegrænsen er gemt. Kun de, der forhandler, kan se den."


def _give_up(request: HttpRequest, negotiation_id: UUID) -> str:
    cases.give_up(negotiation_id=negotiation_id, because=request.POST.get("ord", ""), actor=actor_of(request))
    return "Forhandlingen er afsluttet uden aftale."


_ACTS: Final[dict[str, Callable[[HttpRequest, UUID], str]]] = {
    "forloeb": _log,
    "argument": _argue,
    "udfald": _judge,
    "smertegraense": _walk_away,
    "afslut": _give_up,
}
