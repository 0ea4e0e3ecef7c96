"""The addresses of the reconciliation, below /oekonomi/afstemning/."""

from django.urls import path

from styr.reconciliation.web import overview, takeover

urlpatterns = [
    path("", overview.reconciliation, name="reconciliation"),
    path("<uuid:finding_id>/", overview.difference, name="reconciliation_difference"),
    path("<uuid:finding_id>/overtag/", takeover.take_over, name="reconciliation_take_over"),
    path("<uuid:finding_id>/virkning/", takeover.effect, name="reconciliation_effect"),
    path("overtaget/<uuid:taken_id>/fortryd/", takeover.take_back, name="reconciliation_take_back"),
    path("<uuid:finding_id>/kladde/", takeover.draft, name="reconciliation_draft"),
]
