"""The addresses of the ledger, below /oekonomi/."""

from django.urls import path

from styr.ledger.web import balances, payments, postings

urlpatterns = [
    path("posteringer/", postings.postings, name="postings"),
    path("efterreguleringer/", balances.balances, name="month_balances"),
    path("betalinger/", payments.payments, name="payments"),
    path("betalinger/lav/", payments.payment_make, name="payment_make"),
    path("betalinger/<uuid:file_id>/", payments.payment_file, name="payment_file"),
    path("betalinger/<uuid:file_id>/hent/", payments.payment_file_fetch, name="payment_file_fetch"),
    path("betalinger/<uuid:file_id>/kvittering/", payments.payment_file_answer, name="payment_file_answer"),
    path(
        "betalinger/<uuid:file_id>/linjer/<uuid:line_id>/igen/", payments.payment_send_again, name="payment_send_again"
    ),
]
