"""Django's entry to the domain."""

from django.apps import AppConfig


class FleetConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.fleet"
    label = "fleet"
    verbose_name = "Egne vogne"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's set of dated rules."""
        from styr.fleet.web import rule_kinds  # noqa: F401 -- importing registers
