"""Django's entry to the domain."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.drafting"
    label = "drafting"
    verbose_name = "Udkast og underskrift"
    default_auto_field = "django.db.models.BigAutoField"
