from django.urls import path

from styr.workspace.web.start import deadlines, handing_over, views

urlpatterns = [
    path("", views.start, name="start"),
    path("frister/", deadlines.deadlines, name="deadlines"),
    path("frister/overdragelse/", handing_over.hand_over, name="hand_over"),
]
