"""The page behind a link: somebody chooses a password before they have ever logged in."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from styr.access import password_links
from styr.access.web.rules import public
from styr.kernel import clock
from styr.ui.toasts import tell

KEY = "noegle"


class PasswordForm(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label="Ny adgangskode",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Mindst tolv tegn, og ikke en almindelig adgangskode.",
    )
    again = forms.CharField(
        label="Gentag adgangskoden",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """Both must be the same."""
        given = super().clean() or {}
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", "De to adgangskoder er ikke ens.")
        return given


@public
@never_cache
@sensitive_post_parameters("password", "again", KEY)
@require_http_methods(["GET", "HEAD", "POST"])
def password_choose(request: HttpRequest) -> HttpResponse:
    """Choose a password; a link that is wrong, used or too old says so and nothing more.

    The secret stands after "#" in the link, where no server sees it. The page sends it on as a field, or the person
    writes the link into it.
    """
    secret = request.POST.get(KEY, "").rpartition("#")[2].strip()
    if not secret:
        return render(request, "access/password_key.html", {"asked": request.method == "POST"})
    form = PasswordForm(request.POST if "password" in request.POST else None)
    try:
        who = password_links.opened(secret, now=clock.now())
        if form.is_valid():
            password_links.choose_password(secret, password=form.cleaned_data["password"], now=clock.now())
            tell(request, "Adgangskoden er gemt. Log ind med den.")
            return redirect("account_login")
    except password_links.LinkNotValidError as refusal:
        return render(request, "access/link_not_valid.html", {"refusal": str(refusal)}, status=404)
    except ValidationError as weak:
        form.add_error("password", weak)
    context = {"form": form, "username": who.username, "key": secret, "rules": password_validators_help_texts()}
    return render(request, "access/password.html", context, status=422 if form.is_bound else 200)
