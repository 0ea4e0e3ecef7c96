"""The addresses of agreements, below /aftaler/."""

from django.urls import path

from styr.agreements.web.documents import views as documents

urlpatterns = [
    path("", documents.documents, name="agreement_documents"),
    path("ny/", documents.hand_in, name="agreement_document_new"),
    path("<uuid:document_id>/", documents.document, name="agreement_document"),
    path("felt/<uuid:field_id>/", documents.decide_field, name="agreement_field"),
    path("vilkaar/<uuid:clause_id>/", documents.judge_clause, name="agreement_clause"),
]
