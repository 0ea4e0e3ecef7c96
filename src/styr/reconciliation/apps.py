"""Django's entry to the domain."""

from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.reconciliation"
    label = "reconciliation"
    verbose_name = "Afstemning"
    default_auto_field = "django.db.models.BigAutoField"
