from django.urls import path

from styr.workspace.web.search import views

urlpatterns = [path("soeg/", views.search, name="search")]
