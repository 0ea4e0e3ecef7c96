"""Django's entry to the place where everything meets: commands and system checks."""

from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    """Names the app, and has the program looked over before it starts."""

    name = "styr.config"
    label = "config"
    verbose_name = "Opsætning"

    def ready(self) -> None:
        """Register what must hold at every start."""
        from styr.config.checks import role_is_weak_enough

        register(role_is_weak_enough)
