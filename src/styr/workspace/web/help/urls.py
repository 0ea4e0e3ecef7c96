from django.urls import path

from styr.workspace.web.help import views

urlpatterns = [
    path("hjaelp/", views.landing, name="help"),
    path("hjaelp/ordliste/", views.words, name="glossary"),
    path("hjaelp/kontroller/", views.controls, name="help_controls"),
    path("hjaelp/genveje/", views.shortcuts, name="help_shortcuts"),
    path("hjaelp/rundvisning/", views.tour, name="tour"),
    path("hjaelp/rundvisning/trin/", views.tour_steps, name="tour_steps"),
    path("hjaelp/saadan/<slug:slug>/", views.guide, name="help_guide"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
]
