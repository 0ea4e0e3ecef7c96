"""Django's entry to the domain."""

from django.apps import AppConfig


class NegotiationsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.negotiations"
    label = "negotiations"
    verbose_name = "Forhandling"
    default_auto_field = "django.db.models.BigAutoField"
