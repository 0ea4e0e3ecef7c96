"""Django's entry to the domain."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.texts"
    label = "texts"
    verbose_name = "Kontrakternes tekst"
    default_auto_field = "django.db.models.BigAutoField"
