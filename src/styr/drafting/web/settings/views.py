"""Templates of contracts: which there are, their versions, and taking one into use."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.held import held_address
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.agreements.core.templates.tags import TAGS
from styr.contracts.queries import sections_on
from styr.controls.core.explain import section
from styr.drafting import template_queries as queries
from styr.drafting import template_services as services
from styr.drafting.web.drafts.files import WORD, as_file
from styr.drafting.web.who import by_of
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.ui.toasts import tell, warn
from styr.ui.unchanged import UnchangedForm


class VersionForm(forms.Form):
    """A version of a template, as it was edited in Word."""

    file = forms.FileField(label="Word-fil", help_text="DOCX, højst 10 MB.")
    note = forms.CharField(label="Hvad er ændret?", max_length=300)


class NewTemplateForm(forms.Form):
    """A template of the municipality's own: for which section, its title, and its first version."""

    law = forms.ChoiceField(label="Paragraf", help_text="Nye paragraffer oprettes under Paragraffer og ydelser.")
    title = forms.CharField(label="Titel", max_length=200, help_text="Fx Kontrakt om specialundervisning.")
    file = forms.FileField(label="Word-fil", help_text="DOCX, højst 10 MB. Begynd fx med en af de andre skabeloner.")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [(code, f"{section(code)} {fact.name}") for code, fact in sections_on(clock.today()).items()]
        self.fields["law"].choices = [("", "Vælg paragraf"), *choices]  # type: ignore[attr-defined]  # a choice field


class OwnPartyForm(UnchangedForm):
    """What the municipality is called as a party."""

    cvr = forms.CharField(label="Kommunens CVR-nummer", max_length=12)
    ean = forms.CharField(
        label="EAN-nummer", max_length=16, required=False, help_text="Bruges, når borgerens enhed ikke har sit eget."
    )


@requires(Permission.SEE_CONTRACTS)
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """Every template, which version is in use, and what the municipality is called as a party."""
    return render(request, "drafting/templates.html", _listed(request))


def _listed(request: HttpRequest) -> dict[str, object]:
    own = queries.own_party()
    form = OwnPartyForm(request.POST or None, initial={} if own is None else {"cvr": own.cvr, "ean": own.ean})
    return {
        "section": "settings",
        "templates": queries.templates(),
        "own": own,
        "form": form,
        "may_decide": may(request, Permission.DECIDE_TERMS),
    }


@requires(Permission.DECIDE_TERMS)
@require_POST
@once
def bring(request: HttpRequest) -> HttpResponse:
    """Make templates of the clause library."""
    try:
        made = services.bring_library(by_of(request))
    except services.UnableToChangeTemplateError as refused:
        warn(request, str(refused))
    else:
        tell(
            request,
            f"{made} skabeloner er hentet. Tag dem i brug, når I har læst dem igennem."
            if made
            else "Intet nyt at hente.",
        )
    return redirect("contract_templates")


@requires(Permission.DECIDE_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def template_new(request: HttpRequest) -> HttpResponse:
    """A template for an area that the library has none for."""
    form = NewTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = services.Handed(given["file"].name or "", given["file"].read())
        try:
            made = services.add_template(section=given["law"], title=given["title"], file=file, by=by_of(request))
        except services.UnableToChangeTemplateError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Skabelonen er indlæst. Tag den i brug, når I har læst den igennem.")
            return redirect("contract_template", made)
    return render(request, "drafting/template_new.html", {"section": "settings", "form": form})


@requires(Permission.DECIDE_TERMS)
@require_POST
@once
@held_address
def own_party(request: HttpRequest) -> HttpResponse:
    """Say what the municipality is called as a party; its fields stand on the list."""
    context = _listed(request)
    form = context["form"]
    assert isinstance(form, OwnPartyForm)  # noqa: S101 - made above
    if form.is_valid():
        try:
            services.name_own_party(cvr=form.cleaned_data["cvr"], ean=form.cleaned_data["ean"], by=by_of(request))
        except services.UnableToChangeTemplateError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Kommunens oplysninger er gemt.")
            return redirect("contract_templates")
    return render(request, "drafting/templates.html", context)


@requires(read=Permission.SEE_CONTRACTS, write=Permission.DECIDE_TERMS)
@require_http_methods(["GET", "POST"])
@once
def template(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """One template with its versions; a POST hands a new one in."""
    form = VersionForm(request.POST or None, request.FILES or None)
    try:
        if request.method == "POST" and form.is_valid():
            sent = form.cleaned_data["file"]
            assert isinstance(sent, UploadedFile)  # noqa: S101 - what a file field gives
            file = services.Handed(sent.name or "", sent.read())
            services.hand_in_version(
                template_id=template_id, file=file, note=form.cleaned_data["note"], by=by_of(request)
            )
            return redirect("contract_template", template_id)
        line = queries.template(template_id)
    except services.TemplateNotThereError as missing:
        raise Http404(str(missing)) from missing
    except Refusal as refused:
        form.add_error("file", str(refused))
        line = queries.template(template_id)
    context = {
        "section": "settings",
        "template": line,
        "form": form,
        "tags": [("{{ " + tag + " }}", text) for tag, text in TAGS.items()],
        "may_decide": may(request, Permission.DECIDE_TERMS),
    }
    return render(request, "drafting/template.html", context)


@requires(Permission.SEE_CONTRACTS)
@require_safe
def download(request: HttpRequest, template_version_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A version's Word file."""
    try:
        name, data = queries.version_bytes(template_version_id)
    except services.TemplateNotThereError as missing:
        raise Http404(str(missing)) from missing
    return as_file(name, data, WORD)


@requires(Permission.DECIDE_TERMS)
@require_POST
@once
def take_into_use(request: HttpRequest, template_version_id: UUID) -> HttpResponse:
    """Let new drafts be made from a version."""
    try:
        template_id = services.take_into_use(version_id=template_version_id, by=by_of(request))
    except services.TemplateNotThereError as missing:
        raise Http404(str(missing)) from missing
    except services.UnableToChangeTemplateError as refused:
        warn(request, str(refused))
        return redirect("contract_templates")
    tell(request, "Versionen er taget i brug. Nye udkast dannes af den.")
    return redirect("contract_template", template_id)
