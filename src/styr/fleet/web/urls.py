"""The addresses of the own vehicles, below /befordring/flaade/."""

from django.urls import path

from styr.fleet.web import files, pages, vehicle

urlpatterns = [
    path("", pages.fleet, name="fleet"),
    path("plan/", pages.fleet_plan, name="fleet_plan"),
    path("plan/oplaeg/<slug:what>/", files.fleet_paper, name="fleet_paper"),
    path("krav/", files.fleet_requirements, name="fleet_requirements"),
    path("vogne/<uuid:vehicle_id>/", vehicle.fleet_vehicle, name="fleet_vehicle"),
    path("vogne/<uuid:vehicle_id>/valg/", vehicle.fleet_choose, name="fleet_choose"),
    path("vogne/<uuid:vehicle_id>/udgift/", vehicle.fleet_cost, name="fleet_cost"),
    path("vogne/<uuid:vehicle_id>/fast/", vehicle.fleet_duty, name="fleet_duty"),
    path("vogne/<uuid:vehicle_id>/fast/slut/", vehicle.fleet_duty_end, name="fleet_duty_end"),
]
