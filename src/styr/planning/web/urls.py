"""The addresses of scenarios and of the making of budgets, below /oekonomi/."""

from django.urls import path

from styr.planning.web import changing, scenario, scenarios

urlpatterns = [
    path("scenarier/", scenarios.listed, name="scenarios"),
    path("scenarier/ny/", scenarios.new, name="scenario_new"),
    path("scenarier/sammenlign/", scenario.compare, name="scenarios_compared"),
    path("scenarier/<uuid:scenario_id>/", scenario.scenario, name="scenario"),
    path("scenarier/<uuid:scenario_id>/excel/", scenario.excel, name="scenario_excel"),
    path("scenarier/<uuid:scenario_id>/ret/", scenarios.edit, name="scenario_edit"),
    path("scenarier/<uuid:scenario_id>/kopi/", scenarios.copy, name="scenario_copy"),
    path("scenarier/<uuid:scenario_id>/laeg-vaek/", scenarios.put_away, name="scenario_put_away"),
    path("scenarier/<uuid:scenario_id>/aendring/", changing.add, name="scenario_change_new"),
    path("scenarier/<uuid:scenario_id>/aendring/<uuid:change_id>/", changing.edit, name="scenario_change"),
    path(
        "scenarier/<uuid:scenario_id>/aendring/<uuid:change_id>/fjern/", changing.remove, name="scenario_change_remove"
    ),
    path("scenarier/<uuid:scenario_id>/aendring/<uuid:change_id>/op/", changing.up, name="scenario_change_up"),
    path(
        "scenarier/<uuid:scenario_id>/aendring/<uuid:change_id>/forhandling/",
        changing.negotiate,
        name="scenario_negotiate",
    ),
    path("forhandlinger/<uuid:negotiation_id>/opgiv/", changing.drop_negotiation, name="negotiation_drop"),
]
