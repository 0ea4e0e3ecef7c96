"""Django's entry to the domain."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.reports"
    label = "reports"
    verbose_name = "Ledelsesinformation"
    default_auto_field = "django.db.models.BigAutoField"
