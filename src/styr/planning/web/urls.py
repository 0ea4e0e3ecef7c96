"""The addresses of scenarios and of the making of budgets, below /oekonomi/."""

from django.urls import path

from styr.planning.web import budgets, changing, lines, scenario, scenarios, year_bridge

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
    path("budgetlaegning/", budgets.listed, name="budget_versions"),
    path("budgetlaegning/ny/", budgets.new, name="budget_version_new"),
    path("budgetlaegning/sammenlign/", budgets.compare, name="budget_versions_compared"),
    path("budgetlaegning/<uuid:version_id>/", budgets.one, name="budget_version"),
    path("budgetlaegning/<uuid:version_id>/forskel/", year_bridge.one, name="budget_bridge"),
    path("budgetlaegning/<uuid:version_id>/fil/", budgets.export, name="budget_version_file"),
    path("budgetlaegning/<uuid:version_id>/linjer/", lines.listed, name="budget_lines"),
    path("budgetlaegning/<uuid:version_id>/linjer/ny/", lines.new, name="budget_line_new"),
    path("budgetlaegning/<uuid:version_id>/linjer/<uuid:line_id>/", lines.one, name="budget_line"),
    path("budgetlaegning/<uuid:version_id>/linjer/<uuid:line_id>/kommentar/", lines.comment, name="budget_line_note"),
    path("budgetlaegning/<uuid:version_id>/handling/<slug:name>/", budgets.act, name="budget_version_act"),
    path("budgetlaegning/<uuid:version_id>/afgoerelse/<slug:name>/", budgets.decide, name="budget_version_decide"),
]
