"""Django's entry to the domain."""

from django.apps import AppConfig


class TendersConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.tenders"
    label = "tenders"
    verbose_name = "Udbud af kørsel"
    default_auto_field = "django.db.models.BigAutoField"
