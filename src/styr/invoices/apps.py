"""Django's entry to the domain."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.invoices"
    label = "invoices"
    verbose_name = "Fakturaer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls."""
        from styr.invoices import controls

        controls.register_all()
