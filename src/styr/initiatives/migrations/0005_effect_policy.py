"""Close the measured effects, in their initiative's municipality."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_measured_effects")]
    operations = [
        EnableTenantPolicy("measuredeffect"),
        TieToParent("measuredeffect", "initiative", "initiative_id", unit=False),
    ]
