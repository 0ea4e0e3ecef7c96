"""Django's entry to the place where everything meets: commands and system checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Names the app."""

    name = "styr.config"
    label = "config"
    verbose_name = "Opsætning"
