"""Close the new tables, and keep people from the scans and marks of cases that are not theirs."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_scans_and_collection")]
    operations = [
        EnableTenantPolicy("scannedpage", unit="unit_id", nullable_unit=True),
        HideCases("scannedpage", {"contract_ref": "contract"}),
        EnableTenantPolicy("qualitymark", unit="unit_id", nullable_unit=True),
        HideCases("qualitymark", {"contract_id": "contract"}),
        EnableTenantPolicy("collectioncase"),
        HideCases("collectioncase"),
        EnableTenantPolicy("collectionstep"),
        HideCases("collectionstep"),
    ]
