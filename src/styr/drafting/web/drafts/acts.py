"""What people do with a draft: send, take in, approve, answer the checklist, sign, give up."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.drafting import approving, quality, rounds, signing, text_and_register
from styr.drafting.core.codes import CheckAnswer, Party
from styr.drafting.steps import DraftNotVisibleError, UnableToMoveDraftError
from styr.drafting.versions import File
from styr.drafting.web.drafts.files import card_or_404
from styr.drafting.web.drafts.forms import SignForm, VersionForm
from styr.drafting.web.who import actor_of
from styr.kernel import clock
from styr.ui.toasts import tell, warn

Act = Callable[[HttpRequest, UUID], str]


@requires(read=Permission.SEE_CONTRACTS, write=Permission.SEE_CONTRACTS)
@require_POST
@once
def act(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponse:
    """One step of the draft; who may take it is the service's to say. Go back to the draft."""
    does = _ACTS.get(name)
    if does is None:
        raise Http404("Den handling findes ikke.")
    try:
        tell(request, does(request, draft_id))
    except DraftNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except UnableToMoveDraftError as refused:
        warn(request, str(refused))
    return redirect("draft", draft_id)


def _send(request: HttpRequest, draft_id: UUID) -> str:
    rounds.send_out(draft_id=draft_id, to=_words(request), actor=actor_of(request))
    return "Udkastet er hos leverandøren. Indlæs svaret, når det kommer."


def _submit(request: HttpRequest, draft_id: UUID) -> str:
    approving.submit(draft_id=draft_id, actor=actor_of(request))
    return "Udkastet er sendt til godkendelse."


def _approve_amount(request: HttpRequest, draft_id: UUID) -> str:
    done = approving.approve_amount(draft_id=draft_id, actor=actor_of(request))
    return "Udkastet er godkendt." if done else "Beløbet er godkendt. Afvigelserne venter på den, der bestemmer vilkår."


def _approve_terms(request: HttpRequest, draft_id: UUID) -> str:
    done = approving.approve_terms(draft_id=draft_id, reason=_words(request), actor=actor_of(request))
    return "Udkastet er godkendt." if done else "Afvigelserne er godkendt. Beløbet venter på godkendelse."


def _send_back(request: HttpRequest, draft_id: UUID) -> str:
    approving.send_back(draft_id=draft_id, reason=_words(request), actor=actor_of(request))
    return "Udkastet er sendt tilbage."


def _ready(request: HttpRequest, draft_id: UUID) -> str:
    quality.send_to_signing(draft_id=draft_id, actor=actor_of(request))
    return "Kontrakten er kvalitetssikret og sendt til underskrift."


def _call_back(request: HttpRequest, draft_id: UUID) -> str:
    rounds.call_back(draft_id=draft_id, reason=_words(request), actor=actor_of(request))
    return "Udkastet er trukket tilbage og er hos os igen."


def _give_up(request: HttpRequest, draft_id: UUID) -> str:
    rounds.give_up(draft_id=draft_id, reason=_words(request), actor=actor_of(request))
    return "Udkastet er opgivet. Alle udgaver og trin er bevaret."


def _register_text(request: HttpRequest, draft_id: UUID) -> str:
    text_and_register.register_text(draft_id=draft_id, actor=actor_of(request))
    return "Registret svarer nu til teksten. Er udkastet godkendt, skal det godkendes igen."


def _accept_text(request: HttpRequest, draft_id: UUID) -> str:
    text_and_register.accept_differences(draft_id=draft_id, reason=_words(request), actor=actor_of(request))
    return "Forskellen mellem tekst og register er accepteret."


def _files(request: HttpRequest, draft_id: UUID) -> str:
    rounds.make_files_again(draft_id=draft_id, actor=actor_of(request))
    return "Filerne dannes igen."


_ACTS: Final[dict[str, Act]] = {
    "send": _send,
    "godkendelse": _submit,
    "godkend-beloeb": _approve_amount,
    "godkend-afvigelser": _approve_terms,
    "tilbage": _send_back,
    "klar": _ready,
    "traek-tilbage": _call_back,
    "opgiv": _give_up,
    "filer": _files,
    "ret-registret": _register_text,
    "accepter-forskel": _accept_text,
}


def _words(request: HttpRequest) -> str:
    return request.POST.get("ord", "")


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Answer an item of the checklist, and go back to it."""
    code, said = request.POST.get("punkt", ""), request.POST.get("svar", "")
    try:
        answer = CheckAnswer(said) if said else None
        note, actor = request.POST.get("bemaerkning", ""), actor_of(request)
        quality.answer(draft_id=draft_id, code=code, said=answer, note=note, actor=actor)
    except DraftNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except ValueError:
        raise Http404("Det svar findes ikke.") from None
    except UnableToMoveDraftError as refused:
        warn(request, str(refused))
    return redirect(reverse("draft_quality", args=[draft_id]) + f"#punkt-{code}")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def hand_in(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take in a version: as the supplier sent it back, or as we edited it."""
    card = card_or_404(draft_id)
    initial = {"party": Party.THEIRS if card.state == "out" else request.GET.get("part", Party.THEIRS)}
    form = VersionForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rounds.take_back_in(
                draft_id=draft_id, file=_file(given["file"]), party=Party(given["party"]), note=given["note"],
                actor=actor_of(request),
            )  # fmt: skip
        except UnableToMoveDraftError as refused:
            form.add_error("file", str(refused))
        else:
            tell(request, "Udgaven er læst og vurderet. Her er forskellene fra den forrige.")
            return redirect("draft_version", draft_id, card.latest + 1)
    return render(request, "drafting/hand_in.html", {"section": "contracts", "card": card, "form": form})


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def sign(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take in the signed contract."""
    card = card_or_404(draft_id)
    form = SignForm(request.POST or None, request.FILES or None, initial={"signed_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = signing.Said(given["signed_on"], given["note"])
        try:
            looked = signing.take_signed(
                draft_id=draft_id, file=_file(given["file"]), said=said, actor=actor_of(request)
            )
        except UnableToMoveDraftError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"Kontrakten er underskrevet: {looked.standing.danish}.")
            return redirect("draft", draft_id)
    return render(request, "drafting/sign.html", {"section": "contracts", "card": card, "form": form})


def _file(sent: object) -> File:
    assert isinstance(sent, UploadedFile)  # noqa: S101 - what a file field gives
    return File(sent.name or "", sent.read())
