"""The addresses of tenders, below /befordring/udbud/."""

from django.urls import path

from styr.tenders.web import acts, bids, deciding, files, views

_ONE = "<uuid:tender_id>/"
_LOT = f"{_ONE}delaftaler/<uuid:lot_id>/"
_BID = f"{_ONE}tilbud/<uuid:bid_id>/"

urlpatterns = [
    path("", views.listed, name="tenders"),
    path("nyt/", views.new, name="tender_new"),
    path(_ONE, views.one, name="tender"),
    path(f"{_ONE}delaftaler/", acts.propose, name="tender_propose"),
    path(f"{_LOT}flyt/", acts.move, name="tender_move"),
    path(f"{_LOT}slaa-sammen/", acts.merge, name="tender_merge"),
    path(f"{_LOT}navn/", acts.rename, name="tender_rename"),
    path(f"{_LOT}maengde/", acts.volume, name="tender_volume"),
    path(f"{_ONE}bedoemmelse/", acts.terms, name="tender_terms"),
    path(f"{_ONE}krav/", acts.requirements, name="tender_requirements"),
    path(f"{_ONE}indbyd/", acts.invite, name="tender_invite"),
    path(f"{_ONE}offentliggoer/", acts.publish, name="tender_publish"),
    path(f"{_ONE}tilbage/", acts.take_back, name="tender_take_back"),
    path(f"{_ONE}frist/", acts.extend, name="tender_extend"),
    path(f"{_ONE}spoergsmaal/", acts.question, name="tender_question"),
    path(f"{_ONE}spoergsmaal/<uuid:tender_question_id>/", acts.answer, name="tender_answer"),
    path(f"{_ONE}tilbud/", bids.receive, name="tender_bid_new"),
    path(f"{_ONE}habilitet/", bids.declare, name="tender_declare"),
    path(f"{_ONE}aabn/", bids.open_all, name="tender_open"),
    path(f"{_BID}ret/", bids.mend, name="bid_mend"),
    path(f"{_BID}ud/", bids.leave_out, name="bid_out"),
    path(f"{_BID}ind/", bids.take_in, name="bid_in"),
    path(f"{_BID}forklaring/", bids.explain, name="bid_explain"),
    path(f"{_BID}beskrivelse/", files.attachment, name="bid_attachment"),
    path(f"{_BID}brev.<str:kind>", files.letter_file, name="bid_letter"),
    path(f"{_ONE}point/", bids.points, name="tender_points"),
    path(f"{_ONE}tildel/", deciding.award, name="tender_award"),
    path(f"{_ONE}fortryd/", deciding.award_undo, name="tender_award_undo"),
    path(f"{_ONE}underret/", deciding.tell_all, name="tender_tell"),
    path(f"{_ONE}indgaa/", deciding.conclude, name="tender_conclude"),
    path(f"{_ONE}annuller/", deciding.cancel, name="tender_cancel"),
    path(f"{_ONE}prisskema.xlsx", files.price_file, name="tender_price_sheet"),
    path(f"{_ONE}papirer/<str:name>.<str:kind>", files.paper_file, name="tender_paper"),
]
