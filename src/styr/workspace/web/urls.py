from django.urls import include, path

urlpatterns = [
    path("", include("styr.workspace.web.start.urls")),
    path("", include("styr.workspace.web.personal.urls")),
    path("", include("styr.workspace.web.search.urls")),
    path("", include("styr.workspace.web.help.urls")),
    path("", include("styr.workspace.web.deliveries.urls")),
    path("afvigelser/", include("styr.workspace.web.findings.urls")),
    path("opsaetning/", include("styr.workspace.web.settings.urls")),
]
