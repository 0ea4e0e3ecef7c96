"""Django's entry to the domain."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.access"
    label = "access"
    verbose_name = "Adgang"
    default_auto_field = "django.db.models.BigAutoField"
