"""Django's entry to the domain."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.grants"
    label = "grants"
    verbose_name = "Bevillinger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls."""
        from styr.grants import controls  # noqa: F401 - importing it registers them
