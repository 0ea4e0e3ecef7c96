"""Django's entry to the domain."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """Names the app; the label is the domain's name."""

    name = "styr.budgets"
    label = "budgets"
    verbose_name = "Økonomi pr. borger"
    default_auto_field = "django.db.models.BigAutoField"
