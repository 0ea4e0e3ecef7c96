"""Django's entry to the domain."""

from django.apps import AppConfig


class TripsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.trips"
    label = "trips"
    verbose_name = "Kørsler"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the domain's controls."""
        from styr.controls.rerunning import use_procedure
        from styr.transport.trip_totals import provide_trip_totals
        from styr.trips import controls  # noqa: F401 - importing it registers them
        from styr.trips.following import control_with_trips
        from styr.trips.queries import totals_by_area

        provide_trip_totals(totals_by_area)
        use_procedure(control_with_trips)
