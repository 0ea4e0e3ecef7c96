"""Django's entry to the domain."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.contracts"
    label = "contracts"
    verbose_name = "Kontrakter"
    default_auto_field = "django.db.models.BigAutoField"
