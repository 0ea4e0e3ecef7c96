"""Django's entry to the domain."""

from django.apps import AppConfig


class RefundsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.refunds"
    label = "refunds"
    verbose_name = "Refusion og mellemkommunal afregning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls."""
        from styr.refunds import controls  # noqa: F401 -- importing registers
