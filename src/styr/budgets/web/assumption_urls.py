"""The addresses of the assumptions, below /oekonomi/forudsaetninger/."""

from django.urls import path

from styr.budgets.web import assumptions

urlpatterns = [
    path("", assumptions.economy_assumptions, name="economy_assumptions"),
    path("fremskrivning/", assumptions.index_new, name="economy_index_new"),
    path("fremskrivning/<int:year>/", assumptions.index_change, name="economy_index"),
    path("fremskrivning/<int:year>/fjern/", assumptions.index_remove, name="economy_index_remove"),
    path("puljer/ny/", assumptions.provision_new, name="economy_provision_new"),
    path("puljer/<uuid:provision_id>/", assumptions.provision_change, name="economy_provision"),
    path("puljer/<uuid:provision_id>/fjern/", assumptions.provision_remove, name="economy_provision_remove"),
]
