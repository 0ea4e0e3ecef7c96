from django.urls import path

from styr.workspace.web.settings import accounts, own_terms, terms, views

urlpatterns = [
    path("", views.landing, name="settings"),
    path("paragraffer/", terms.sections, name="sections"),
    path("paragraffer/ny/", own_terms.section_new, name="section_new"),
    path("ydelser/ny/", own_terms.service_new, name="service_new"),
    path("paragraffer/<str:code>/egen/", own_terms.section_own, name="section_own"),
    path("ydelser/<str:code>/egen/", own_terms.service_own, name="service_own"),
    path("paragraffer/<str:code>/", terms.section, name="section_term"),
    path("ydelser/<str:code>/", terms.service, name="service_term"),
    path("kontering/", accounts.account_rules, name="account_rules"),
    path("kontering/<uuid:rule_id>/", accounts.account_rule, name="account_rule"),
    path("kontering/<uuid:rule_id>/ophoer/", accounts.account_rule_end, name="account_rule_end"),
    path("samtidige-bevillinger/", views.duplicate_rules, name="duplicate_rules"),
    path("samtidige-bevillinger/<uuid:rule_id>/", views.duplicate_rule, name="duplicate_rule"),
    path("kalendere/", views.calendars, name="calendars"),
    path("kalendere/<uuid:calendar_id>/", views.calendar, name="calendar"),
    path("kalendere/<uuid:calendar_id>/aabn/", views.calendar_open, name="calendar_open"),
    path("helligdage/", views.holidays, name="holidays"),
]
