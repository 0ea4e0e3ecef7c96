"""The addresses of agreements, below /aftaler/."""

from django.urls import path

from styr.agreements.web.collection import views as collection
from styr.agreements.web.documents import acts, contracts, files
from styr.agreements.web.documents import views as documents

urlpatterns = [
    path("", documents.documents, name="agreement_documents"),
    path("ny/", documents.hand_in, name="agreement_document_new"),
    path("<uuid:document_id>/", documents.document, name="agreement_document"),
    path("<uuid:document_id>/side/<int:number>/", files.page, name="agreement_page"),
    path("<uuid:document_id>/fil/", files.original, name="agreement_original"),
    path("<uuid:document_id>/laes-igen/", acts.read_again, name="agreement_read_again"),
    path("<uuid:document_id>/del/", acts.part, name="agreement_part"),
    path("<uuid:document_id>/kvalitetssikret/", acts.assure, name="agreement_assure"),
    path("<uuid:document_id>/kontrakt/", contracts.contract, name="agreement_contract"),
    path("<uuid:document_id>/kontrakt/pris/", contracts.take_price, name="agreement_take_price"),
    path("indsamling/", collection.cases, name="collection"),
    path("indsamling/find/", collection.open_cases, name="collection_open"),
    path("indsamling/<uuid:case_id>/", collection.case, name="collection_case"),
    path("indsamling/<uuid:case_id>/brev/", collection.letter_file, name="collection_letter"),
    path("indsamling/<uuid:case_id>/sendt/", collection.send, name="collection_send"),
    path("indsamling/<uuid:case_id>/notat/", collection.note, name="collection_note"),
    path("indsamling/<uuid:case_id>/ansvarlig/", collection.owner, name="collection_owner"),
    path("felt/<uuid:field_id>/", documents.decide_field, name="agreement_field"),
    path("vilkaar/<uuid:clause_id>/", documents.judge_clause, name="agreement_clause"),
]
