from django.urls import path

from styr.workspace.web.settings import views

urlpatterns = [
    path("", views.landing, name="settings"),
    path("paragraffer/", views.sections, name="sections"),
    path("samtidige-bevillinger/", views.duplicate_rules, name="duplicate_rules"),
    path("samtidige-bevillinger/<uuid:rule_id>/", views.duplicate_rule, name="duplicate_rule"),
    path("kalendere/", views.calendars, name="calendars"),
    path("kalendere/<uuid:calendar_id>/", views.calendar, name="calendar"),
    path("kalendere/<uuid:calendar_id>/aabn/", views.calendar_open, name="calendar_open"),
    path("helligdage/", views.holidays, name="holidays"),
]
