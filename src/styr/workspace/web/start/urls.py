from django.urls import path

from styr.workspace.web.start import views

urlpatterns = [
    path("", views.start, name="start"),
    path("frister/", views.deadlines, name="deadlines"),
]
