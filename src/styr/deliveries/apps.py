"""Django's entry to the domain."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.deliveries"
    label = "deliveries"
    verbose_name = "Leveret hjælp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's control."""
        from styr.deliveries import controls  # noqa: F401 - importing it registers it
