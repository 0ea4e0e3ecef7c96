from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Pages that cross the domains, and what belongs to the person at them."""

    name = "styr.workspace"
