"""Django's entry to the domain."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.ledger"
    label = "ledger"
    verbose_name = "Regnskab"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls and sets of dated rules."""
        from styr.ledger import controls  # noqa: F401 - importing it registers them
        from styr.ledger.web import rule_kinds  # noqa: F401 - as above
