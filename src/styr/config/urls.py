"""Every address of the program."""

from django.urls import URLPattern, URLResolver, include, path

from styr.config import api

handler403 = "styr.access.web.refused.permission_denied"
urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("styr.access.web.account.urls")),
    path("api/v1/", api.urls()),
    path("", include("styr.integrations.web.urls")),
    path("", include("styr.workspace.web.contracts.urls")),
    path("", include("styr.workspace.web.suppliers.urls")),
    path("fakturaer/", include("styr.invoices.web.urls")),
    path("kontrakter/", include("styr.texts.web.urls")),
    path("aftaler/", include("styr.agreements.web.urls")),
    path("udkast/", include("styr.drafting.web.urls")),
    path("opsaetning/skabeloner/", include("styr.drafting.web.settings_urls")),
    path("borgere/", include("styr.workspace.web.citizens.urls")),
    path("opsaetning/opbevaring/", include("styr.workspace.web.citizens.keeping_urls")),
    path("bevillinger/", include("styr.grants.web.urls")),
    path("oekonomi/", include("styr.budgets.web.urls")),
    path("oekonomi/", include("styr.planning.web.urls")),
    path("oekonomi/afstemning/", include("styr.reconciliation.web.urls")),
    path("oekonomi/", include("styr.refunds.web.urls")),
    path("oekonomi/", include("styr.ledger.web.urls")),
    path("opsaetning/", include("styr.ledger.web.settings_urls")),
    path("resultater/", include("styr.reports.web.urls")),
    path("indsatser/", include("styr.initiatives.web.urls")),
    path("befordring/", include("styr.trips.web.urls")),
    path("befordring/ruteplaner/", include("styr.routes.web.urls")),
    path("befordring/flaade/", include("styr.fleet.web.urls")),
    path("befordring/udbud/", include("styr.tenders.web.urls")),
    path("befordring/", include("styr.transport.web.urls")),
    path("forhandling/", include("styr.negotiations.web.urls")),
    path("", include("styr.access.web.staff.urls")),
    path("", include("styr.workspace.web.urls")),
]
