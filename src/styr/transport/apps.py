"""Django's entry to the domain."""

from django.apps import AppConfig


class TransportConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.transport"
    label = "transport"
    verbose_name = "Befordring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's set of dated rules."""
        from styr.transport.web import rule_kinds  # noqa: F401 -- importing registers
