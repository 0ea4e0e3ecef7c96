"""Django's entry to the domain."""

from django.apps import AppConfig


class ControlsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.controls"
    label = "controls"
    verbose_name = "Kontroller"
    default_auto_field = "django.db.models.BigAutoField"
