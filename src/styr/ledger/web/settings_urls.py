"""The ledger's addresses below /opsaetning/."""

from django.urls import path

from styr.ledger.web import settings

urlpatterns = [
    path("kontobehandling/", settings.account_treatments, name="account_treatments"),
    path("omkostningssteder/", settings.centres, name="cost_centres"),
    path("omkostningssteder/saet/", settings.centre_set, name="cost_centre_set"),
]
