"""Close the tables of a municipality's own rules of ages."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy


class Migration(migrations.Migration):
    dependencies = [("planning", "0005_own_age_rules")]
    operations = [EnableTenantPolicy("owntransition"), EnableTenantPolicy("ownpensionage")]
