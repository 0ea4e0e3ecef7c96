"""Django's entry to the domain."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.people"
    label = "people"
    verbose_name = "Borgere"
    default_auto_field = "django.db.models.BigAutoField"
