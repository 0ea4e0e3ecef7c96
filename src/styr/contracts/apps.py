"""Django's entry to the domain."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.contracts"
    label = "contracts"
    verbose_name = "Kontrakter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls."""
        from styr.contracts import controls  # noqa: F401 - importing it registers them
