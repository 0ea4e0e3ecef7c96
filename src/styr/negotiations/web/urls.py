"""The addresses of negotiations, below /forhandling/."""

from django.urls import path

from styr.negotiations.web import arguments, briefing, case_list, cases, papers, potential, savings

urlpatterns = [
    path("", case_list.listed, name="negotiations"),
    path("ny/", cases.new, name="negotiation_new"),
    path("potentiale/", potential.listed, name="potential"),
    path("potentiale/regn/", potential.renew, name="potential_renew"),
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
    path("<uuid:negotiation_id>/brev/ny/<slug:code>/", papers.letter_new, name="negotiation_letter_new"),
    path("<uuid:negotiation_id>/brev/<uuid:letter_id>/", papers.letter, name="negotiation_letter"),
    path("<uuid:negotiation_id>/brev/<uuid:letter_id>/word/", papers.letter_file, name="negotiation_letter_file"),
    path("<uuid:negotiation_id>/brev/<uuid:letter_id>/sendt/", papers.letter_sent, name="negotiation_letter_sent"),
    path("<uuid:negotiation_id>/moede/", papers.meeting_new, name="negotiation_meeting_new"),
    path("<uuid:negotiation_id>/tillaeg/", papers.supplement, name="negotiation_supplement"),
    path("<uuid:negotiation_id>/<slug:name>/", cases.act, name="negotiation_act"),
]
