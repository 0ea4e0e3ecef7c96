"""Django's entry to the domain."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.initiatives"
    label = "initiatives"
    verbose_name = "Indsatser"
    default_auto_field = "django.db.models.BigAutoField"
