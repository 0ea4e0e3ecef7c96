"""Close the prepared figures: each sees those of their own units, and administrators none."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_prepared_figures"), ("access", "0018_two_for_a_role")]
    operations = [
        EnableTenantPolicy("prepared"),
        EnableTenantPolicy("figure", unit="unit_id", nullable_unit=True),
        HideCases("figure"),
    ]
