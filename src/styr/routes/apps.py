"""Django's entry to the domain."""

from django.apps import AppConfig


class RoutesConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.routes"
    label = "routes"
    verbose_name = "Ruteplaner"
    default_auto_field = "django.db.models.BigAutoField"
