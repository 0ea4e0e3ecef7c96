"""The addresses of negotiations, below /forhandling/."""

from django.urls import path

from styr.negotiations.web import arguments, briefing, cases, potential, savings

urlpatterns = [
    path("", cases.listed, name="negotiations"),
    path("ny/", cases.new, name="negotiation_new"),
    path("potentiale/", potential.listed, name="potential"),
    path("argumenter/", arguments.listed, name="arguments"),
    path("besparelser/", savings.listed, name="savings"),
    path("besparelser/ny/", savings.new, name="saving_new"),
    path("besparelser/efterproev/", savings.verify, name="savings_verify"),
    path("besparelser/historisk/", savings.past_new, name="past_result_new"),
    path("besparelser/<uuid:saving_id>/", savings.one, name="saving"),
    path("besparelser/<uuid:saving_id>/<slug:name>/", savings.act, name="saving_act"),
    path("<uuid:negotiation_id>/", cases.one, name="negotiation"),
    path("<uuid:negotiation_id>/aftale/", cases.agree, name="negotiation_agree"),
    path("<uuid:negotiation_id>/oplaeg/<slug:what>/", briefing.brief, name="negotiation_brief"),
    path("<uuid:negotiation_id>/<slug:name>/", cases.act, name="negotiation_act"),
]
