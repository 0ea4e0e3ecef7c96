"""Addresses of the citizens' pages; no address holds a CPR number."""

from django.urls import path

from styr.workspace.web.citizens import facts, listing, private, reads, requests, tabs

urlpatterns = [
    path("", listing.citizens, name="citizens"),
    path("find/", listing.find, name="citizen_find"),
    path("<uuid:citizen_id>/", tabs.overview, name="citizen"),
    path("<uuid:citizen_id>/oekonomi/", tabs.economy, name="citizen_economy"),
    path("<uuid:citizen_id>/bevillinger/", tabs.grants, name="citizen_grants"),
    path("<uuid:citizen_id>/kontrakter/", tabs.contracts, name="citizen_contracts"),
    path("<uuid:citizen_id>/fakturaer/", tabs.invoices, name="citizen_invoices"),
    path("<uuid:citizen_id>/fravaer/", tabs.absence, name="citizen_absence"),
    path("<uuid:citizen_id>/koersel/", tabs.transport, name="citizen_transport"),
    path("<uuid:citizen_id>/dokumenter/", tabs.documents, name="citizen_documents"),
    path("<uuid:citizen_id>/historik/", tabs.history, name="citizen_history"),
    path("<uuid:citizen_id>/opslag/", reads.reads, name="citizen_reads"),
    path("<uuid:citizen_id>/cpr/", private.reveal_cpr, name="citizen_cpr"),
    path("<uuid:citizen_id>/adresse/", private.reveal_address, name="citizen_address"),
    path("<uuid:citizen_id>/indsigt/", requests.ordering, name="citizen_request"),
    path("<uuid:citizen_id>/indsigt/<uuid:request_id>/", requests.state, name="citizen_request_state"),
    path("<uuid:citizen_id>/indsigt/<uuid:request_id>/fil/", requests.fetch, name="citizen_request_file"),
    path("<uuid:citizen_id>/ret/", facts.edit, name="citizen_edit"),
    path("<uuid:citizen_id>/vaerge/", facts.add_guardian, name="citizen_guardian"),
    path("<uuid:citizen_id>/vaerge/<uuid:guardian_id>/ophoer/", facts.end_guardian, name="citizen_guardian_end"),
    path("<uuid:citizen_id>/samtykke/", facts.add_consent, name="citizen_consent"),
    path(
        "<uuid:citizen_id>/samtykke/<uuid:consent_id>/traek/", facts.withdraw_consent, name="citizen_consent_withdraw"
    ),
]
