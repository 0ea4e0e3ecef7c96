from django.urls import path

from styr.workspace.web.suppliers import merging, views

urlpatterns = [
    path("leverandoerer/", views.supplier_list, name="suppliers"),
    path("leverandoerer/<uuid:supplier_id>/", views.supplier, name="supplier"),
    path("leverandoerer/<uuid:supplier_id>/tilbud/", views.offers, name="supplier_offers"),
    path(
        "leverandoerer/<uuid:supplier_id>/konti/<uuid:account_id>/bekraeft/",
        views.account_confirm,
        name="supplier_account_confirm",
    ),
    path("leverandoerer/<uuid:supplier_id>/fusion/", merging.merge, name="supplier_merge"),
    path("leverandoerer/<uuid:supplier_id>/historik/", views.history, name="supplier_history"),
]
