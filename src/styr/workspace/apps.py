from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Pages that cross the domains; no models of its own."""

    name = "styr.workspace"
