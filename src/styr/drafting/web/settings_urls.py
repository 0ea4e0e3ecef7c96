"""The addresses of templates, below /opsaetning/skabeloner/."""

from django.urls import path

from styr.drafting.web.settings import views

urlpatterns = [
    path("", views.templates, name="contract_templates"),
    path("bibliotek/", views.bring, name="contract_templates_bring"),
    path("ny/", views.template_new, name="contract_template_new"),
    path("part/", views.own_party, name="contract_own_party"),
    path("<uuid:template_id>/", views.template, name="contract_template"),
    path("version/<uuid:template_version_id>/", views.download, name="contract_template_file"),
    path("version/<uuid:template_version_id>/brug/", views.take_into_use, name="contract_template_use"),
]
