"""The addresses of the contracts' texts, below /kontrakter/."""

from django.urls import path

from styr.texts.web import views

urlpatterns = [
    path("soeg/", views.search, name="contract_search"),
    path("vilkaar/", views.clauses, name="contract_clauses"),
    path("aabne-data/", views.open_data, name="contract_open_data"),
]
