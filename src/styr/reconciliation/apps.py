"""Django's entry to the domain."""

from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.reconciliation"
    label = "reconciliation"
    verbose_name = "Afstemning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls."""
        from styr.reconciliation import controls  # noqa: F401 - importing it registers them
