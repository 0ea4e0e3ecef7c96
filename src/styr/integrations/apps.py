"""Django's entry to the domain."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.integrations"
    label = "integrations"
    verbose_name = "Kilder"
    default_auto_field = "django.db.models.BigAutoField"
