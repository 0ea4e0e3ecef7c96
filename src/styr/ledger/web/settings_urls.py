"""The ledger's addresses below /opsaetning/: every set of dated rules, whichever domain's, and the cost centres."""

from django.urls import path

from styr.ledger.web import rules, settings

urlpatterns = [
    path("regler/", rules.rules, name="rules"),
    path("regler/aendringer/<uuid:change_id>/fortryd/", rules.rule_take_back, name="rule_take_back"),
    path("regler/<slug:what>/", rules.rule_kind, name="rule_kind"),
    path("regler/<slug:what>/ophoer/", rules.rule_end, name="rule_end"),
    path("regler/<slug:what>/kontrolleret/", rules.rule_check, name="rule_check"),
    path("kontobehandling/", rules.rule_kind, {"what": "kontobehandling"}, name="account_treatments"),
    path("omkostningssteder/", settings.centres, name="cost_centres"),
    path("omkostningssteder/saet/", settings.centre_set, name="cost_centre_set"),
]
