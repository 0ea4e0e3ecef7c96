from django.urls import path

from styr.workspace.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("afvigelser/", views.findings, name="findings"),
    path("afvigelser/<uuid:finding_id>/", views.finding, name="finding"),
]
