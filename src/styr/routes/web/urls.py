"""The addresses of route plans, below /befordring/ruteplaner/."""

from django.urls import path

from styr.routes.web import plans, rides

urlpatterns = [
    path("", plans.listed, name="route_plans"),
    path("ny/", plans.new, name="route_plan_new"),
    path("<uuid:route_plan_id>/", plans.one, name="route_plan"),
    path("<uuid:route_plan_id>/kort/", plans.on_the_map, name="route_plan_map"),
    path("<uuid:route_plan_id>/chauffoerer/", plans.drivers, name="route_plan_drivers"),
    path("<uuid:route_plan_id>/i-drift/", plans.publish, name="route_plan_publish"),
    path("<uuid:route_plan_id>/igen/", plans.again, name="route_plan_again"),
    path("<uuid:route_plan_id>/laeg-vaek/", plans.lay_away, name="route_plan_lay_away"),
    path("<uuid:route_plan_id>/ture/<uuid:ride_id>/", rides.move, name="route_plan_ride"),
    path("<uuid:route_plan_id>/ture/<uuid:ride_id>/laas/", rides.lock, name="route_plan_ride_lock"),
]
