"""The addresses of transport, below /befordring/."""

from django.urls import path

from styr.transport.web import overview, registers, rides

urlpatterns = [
    path("", overview.transport, name="transport"),
    path("posteringer/", overview.transport_postings, name="transport_postings"),
    path("bevillinger/", rides.ride_grants, name="ride_grants"),
    path("bevillinger/<uuid:grant_id>/", rides.ride_grant, name="ride_grant"),
    path("bevillinger/<uuid:grant_id>/oplysninger/", rides.ride_grant_facts, name="ride_grant_facts"),
    path("bevillinger/<uuid:grant_id>/maal/", rides.ride_grant_measure, name="ride_grant_measure"),
    path("bevillinger/<uuid:grant_id>/afgoer/", rides.ride_grant_decide, name="ride_grant_decide"),
    path("registre/", registers.transport_registers, name="transport_registers"),
    path("registre/medfoelgende/", registers.transport_take_shipped, name="transport_take_shipped"),
    path("registre/steder/<uuid:record_id>/find/", registers.transport_place_find, name="transport_place_find"),
    path("registre/<str:register>/", registers.transport_register, name="transport_register"),
    path("registre/<str:register>/ny/", registers.transport_record_new, name="transport_record_new"),
    path("registre/<str:register>/<uuid:record_id>/", registers.transport_record, name="transport_record"),
]
