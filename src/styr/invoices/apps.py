"""Django's entry to the domain."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.invoices"
    label = "invoices"
    verbose_name = "Fakturaer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls, and that matching comes before them."""
        from styr.controls import rerunning
        from styr.invoices import controls, services

        controls.register_all()
        rerunning.use_procedure(services.control_everything)
