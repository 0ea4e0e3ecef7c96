"""Close the tables to other municipalities; suppliers say nothing about citizens, so every unit sees them."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0001_registers")]
    operations = [
        EnableTenantPolicy("supplier"),
        EnableTenantPolicy("supplieraccount"),
        EnableTenantPolicy("providerunit"),
        EnableTenantPolicy("portalrate"),
        TieToParent("supplieraccount", "supplier", "supplier_id", unit=False),
        TieToParent("providerunit", "supplier", "supplier_id", unit=False),
        TieToParent("portalrate", "providerunit", "provider_unit_id", unit=False),
    ]
