from django.apps import AppConfig


class UiConfig(AppConfig):
    """Design components: templates, style sheets and number formats; no models."""

    name = "styr.ui"
