"""Django's entry to the domain."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.audit"
    label = "audit"
    verbose_name = "Revisionsspor"
    default_auto_field = "django.db.models.BigAutoField"
