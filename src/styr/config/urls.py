"""Every address of the program."""

from allauth.account.views import LoginView, LogoutView  # type: ignore[import-untyped]  # allauth ships no types
from django.urls import URLPattern, URLResolver, include, path

from styr.access.web.rules import public
from styr.config import api

handler403 = "styr.access.web.refused.permission_denied"
urlpatterns: list[URLPattern | URLResolver] = [
    # Of allauth's pages only these two: people are made by their administrator, not by themselves.
    path("konto/log-ind/", public(LoginView.as_view()), name="account_login"),
    path("konto/log-ud/", public(LogoutView.as_view()), name="account_logout"),
    path("api/v1/", api.urls()),
    path("", include("styr.integrations.web.urls")),
    path("", include("styr.workspace.web.contracts.urls")),
    path("", include("styr.workspace.web.suppliers.urls")),
    path("fakturaer/", include("styr.invoices.web.urls")),
    path("borgere/", include("styr.workspace.web.citizens.urls")),
    path("opsaetning/opbevaring/", include("styr.workspace.web.citizens.keeping_urls")),
    path("bevillinger/", include("styr.grants.web.urls")),
    path("", include("styr.access.web.staff.urls")),
    path("", include("styr.workspace.web.urls")),
]
