"""Django's entry to the domain."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.invoices"
    label = "invoices"
    verbose_name = "Fakturaer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls, that matching comes before them, and what may still be paid."""
        from styr.controls import rerunning, stopping
        from styr.invoices import controls, deciding, services

        controls.register_all()
        rerunning.use_procedure(services.control_everything)
        stopping.use_may_be_paid(deciding.may_be_paid)
