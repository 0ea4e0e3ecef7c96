from django.urls import path

from styr.workspace.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("afvigelser/", views.findings, name="findings"),
    path("indlaesninger/", views.imports, name="imports"),
    path("afvigelser/<uuid:finding_id>/", views.finding, name="finding"),
]
