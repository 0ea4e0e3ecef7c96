from django.urls import path

from styr.invoices.web import acts, bulk, documents, follow_ups, letters, matching, views

urlpatterns = [
    path("", views.invoices, name="invoices"),
    path("opfoelgning/", follow_ups.followups, name="followups"),
    path("opfoelgning/<uuid:follow_up_id>/", follow_ups.followup, name="followup"),
    path("godkend-klar/", bulk.confirm, name="invoices_confirm_ready"),
    path("godkend-klar/godkend/", bulk.approve, name="invoices_approve_ready"),
    path("fortryd-samlet/<int:stamp>/", bulk.undo, name="invoices_undo_together"),
    path("fortryd/<uuid:decision_id>/", acts.undo, name="invoice_undo"),
    path("spoergsmaal/<uuid:question_id>/svar/", acts.answer, name="question_answer"),
    path("breve/<uuid:letter_id>/", letters.letter, name="letter"),
    path("breve/<uuid:letter_id>/hent/", letters.text, name="letter_text"),
    path("<uuid:invoice_id>/", views.invoice, name="invoice"),
    path("<uuid:invoice_id>/godkend/", acts.approve, name="invoice_approve"),
    path("<uuid:invoice_id>/afvis/", acts.reject, name="invoice_reject"),
    path("<uuid:invoice_id>/afklaring/", acts.ask, name="invoice_ask"),
    path("<uuid:invoice_id>/kreditnota/", acts.wait, name="invoice_wait"),
    path("<uuid:invoice_id>/bevilling/", matching.match, name="invoice_match"),
    path("<uuid:invoice_id>/aabn-original/", documents.reveal, name="invoice_reveal"),
    path("<uuid:invoice_id>/original/", documents.original, name="invoice_original"),
    path("<uuid:invoice_id>/bilag/<int:number>/", documents.enclosed, name="invoice_file"),
    path("<uuid:invoice_id>/bilag/<int:number>/side/<int:side>/", documents.page, name="invoice_file_page"),
]
