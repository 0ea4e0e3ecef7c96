"""Every address of the program."""

from allauth.account.views import LoginView, LogoutView  # type: ignore[import-untyped]  # allauth ships no types
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    # Of allauth's pages only these two: people are made by their administrator, not by themselves.
    path("konto/log-ind/", LoginView.as_view(), name="account_login"),
    path("konto/log-ud/", LogoutView.as_view(), name="account_logout"),
    path("", include("styr.workspace.web.urls")),
]
