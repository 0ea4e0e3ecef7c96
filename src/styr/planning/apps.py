"""Django's entry to the domain."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.planning"
    label = "planning"
    verbose_name = "Budgetlægning og scenarier"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's sets of dated rules."""
        from styr.planning.web import rule_kinds  # noqa: F401 - importing it registers them
