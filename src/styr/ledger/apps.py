"""Django's entry to the domain."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.ledger"
    label = "ledger"
    verbose_name = "Regnskab"
    default_auto_field = "django.db.models.BigAutoField"
