"""Django's entry to the domain."""

from django.apps import AppConfig


class RefundsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.refunds"
    label = "refunds"
    verbose_name = "Refusion og mellemkommunal afregning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls and sets of dated rules."""
        from styr.refunds import controls  # noqa: F401 -- importing registers
        from styr.refunds.web import rule_kinds  # noqa: F401 -- as above
