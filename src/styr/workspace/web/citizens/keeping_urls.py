"""Addresses of retention, under the settings."""

from django.urls import path

from styr.workspace.web.citizens import keeping

urlpatterns = [
    path("", keeping.overview, name="retention"),
    path("regel/", keeping.set_rule, name="retention_rule"),
    path("borger/<uuid:citizen_id>/", keeping.propose, name="retention_propose"),
    path("<uuid:erasure_id>/", keeping.step, name="retention_step"),
    path("<uuid:erasure_id>/pakke/", keeping.package, name="retention_package"),
]
