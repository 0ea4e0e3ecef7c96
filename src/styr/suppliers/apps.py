"""Django's entry to the domain."""

from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.suppliers"
    label = "suppliers"
    verbose_name = "Leverandører"
    default_auto_field = "django.db.models.BigAutoField"
