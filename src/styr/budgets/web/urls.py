"""The addresses of the economy's own pages, below /oekonomi/."""

from django.urls import include, path

from styr.budgets.web import actions, freshness, lists, overview, rounds, spread, taking

urlpatterns = [
    path("", overview.economy, name="economy"),
    path("enhed/<uuid:unit_id>/", overview.economy_unit, name="economy_unit"),
    path("borgere/", lists.economy_citizens, name="economy_citizens"),
    path("bevillinger/", lists.economy_grants, name="economy_grants"),
    path("koncentration/", spread.economy_spread, name="economy_spread"),
    path("historik/", spread.economy_history, name="economy_history"),
    path("stand/", freshness.economy_freshness, name="economy_freshness"),
    path("usikkerhed/", freshness.economy_range, name="economy_range"),
    path("regn/", freshness.economy_recompute, name="economy_recompute"),
    path("forudsaetninger/", include("styr.budgets.web.assumption_urls")),
    path("regneark.xlsx", taking.economy_workbook_, name="economy_workbook"),
    path("maanedsrapport.pdf", taking.month_report_, name="month_report"),
    path("opfoelgning/", rounds.rounds, name="rounds"),
    path("opfoelgning/ny/", rounds.round_new, name="round_new"),
    path("opfoelgning/<uuid:round_id>/", rounds.round_, name="round"),
    path("opfoelgning/<uuid:round_id>/referat/", rounds.round_minutes, name="round_minutes"),
    path("opfoelgning/<uuid:round_id>/notat/", rounds.round_note, name="round_note"),
    path("opfoelgning/<uuid:round_id>/aftale/", rounds.round_action, name="round_action"),
    path("opfoelgning/<uuid:round_id>/afslut/", rounds.round_close, name="round_close"),
    path("opfoelgning/handling/<uuid:action_id>/", actions.economy_action, name="economy_action"),
]
