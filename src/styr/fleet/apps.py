"""Django's entry to the domain."""

from django.apps import AppConfig


class FleetConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.fleet"
    label = "fleet"
    verbose_name = "Egne vogne"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's set of dated rules, and its lines in the coordinator's week."""
        from styr.fleet.web import rule_kinds  # noqa: F401 -- importing registers
        from styr.fleet.web.week import half_empty_lines
        from styr.trips.week_lines import provide_week_lines

        provide_week_lines(half_empty_lines)
