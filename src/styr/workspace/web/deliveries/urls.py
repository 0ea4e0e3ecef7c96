from django.urls import path

from styr.workspace.web.deliveries import meetings, views

urlpatterns = [
    path("leverancer/", views.deliveries, name="deliveries"),
    path("leverancer/leverandoerer/", views.by_supplier, name="deliveries_suppliers"),
    path("leverancer/ny/", views.delivery_new, name="delivery_new"),
    path("leverancer/<uuid:delivery_id>/fjern/", views.delivery_remove, name="delivery_remove"),
    path("leverandoerer/<uuid:supplier_id>/leverancer/", views.of_supplier, name="supplier_deliveries"),
    path("leverandoerer/<uuid:supplier_id>/moede/", meetings.meeting_new, name="meeting_new"),
    path("moeder/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("moeder/<uuid:meeting_id>/handling/", meetings.action_new, name="meeting_action_new"),
    path("moeder/handling/<uuid:action_id>/udfoert/", meetings.action_done, name="meeting_action_done"),
]
