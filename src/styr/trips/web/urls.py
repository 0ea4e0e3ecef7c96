"""The addresses of trips, below /befordring/."""

from django.urls import path

from styr.trips.web import charges, complaint_list, complaints, orders, overview, settlements, trips

urlpatterns = [
    path("ugen/", overview.transport_week, name="transport_week"),
    path("ugen/linjer/", overview.transport_week_lines, name="transport_week_lines"),
    path("faste-ruter/", overview.flexroutes, name="flexroutes"),
    path("ture/", trips.trips, name="trips"),
    path("ture/afregninger/", settlements.settlements, name="settlements"),
    path("ture/afregninger/<uuid:settlement_id>/", settlements.settlement, name="settlement"),
    path("ture/afregninger/<uuid:settlement_id>/afgoer/", settlements.settlement_decide, name="settlement_decide"),
    path("ture/egenbetaling/", charges.ride_charges, name="ride_charges"),
    path("ture/egenbetaling/opkraev/", charges.ride_charges_make, name="ride_charges_make"),
    path("bestillinger/", orders.orders, name="orders"),
    path("bestillinger/lav/", orders.order_make, name="order_make"),
    path("bestillinger/aendringsark/", orders.change_sheet_make, name="change_sheet_make"),
    path("bestillinger/<uuid:order_id>/hent/", orders.order_fetch, name="order_fetch"),
    path("bestillinger/aendringer/<uuid:ride_place_id>/", orders.ride_changes, name="ride_changes"),
    path("klager/", complaint_list.complaints, name="complaints"),
    path("klager/ny/", complaints.complaint_new, name="complaint_new"),
    path("klager/<uuid:complaint_id>/", complaints.complaint, name="complaint"),
]
