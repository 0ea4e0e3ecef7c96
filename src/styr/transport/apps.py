"""Django's entry to the domain."""

from django.apps import AppConfig


class TransportConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.transport"
    label = "transport"
    verbose_name = "Befordring"
    default_auto_field = "django.db.models.BigAutoField"
