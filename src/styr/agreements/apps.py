"""Django's entry to the domain."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.agreements"
    label = "agreements"
    verbose_name = "Aftaler"
    default_auto_field = "django.db.models.BigAutoField"
