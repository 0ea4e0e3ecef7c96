"""The addresses of the management page, below /resultater/."""

from django.urls import path

from styr.reports.web import views

urlpatterns = [
    path("", views.results, name="results"),
    path("regn/", views.results_renew, name="results_renew"),
    path("friskhed/", views.results_freshness, name="results_freshness"),
    path("rapport.pdf", views.results_report_, name="results_report"),
    path("regneark.xlsx", views.results_workbook_, name="results_workbook"),
]
