"""Django's entry to the domain."""

from django.apps import AppConfig


class NegotiationsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.negotiations"
    label = "negotiations"
    verbose_name = "Forhandling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's control and its dated rules."""
        from styr.negotiations import controls  # noqa: F401 - importing it registers it
        from styr.negotiations.web import rule_kinds  # noqa: F401 - the same
