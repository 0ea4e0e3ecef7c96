"""Django's entry to the domain."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.ledger"
    label = "ledger"
    verbose_name = "Regnskab"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls and sets of dated rules, and tell invoices what is sent to be paid."""
        from styr.invoices.sent import asks_about_sent
        from styr.ledger import controls  # noqa: F401 - importing it registers them
        from styr.ledger.payable import sent_in
        from styr.ledger.web import rule_kinds  # noqa: F401 - as above

        asks_about_sent(sent_in)
