"""Close the table of what was taken over, and hold its rows in their grant's unit."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

TIE = """
ALTER TABLE reconciliation_takenover ADD CONSTRAINT reconciliation_takenover_tied_by_grant_id
    FOREIGN KEY (grant_id, municipality_id, unit_id) REFERENCES grants_grant (id, municipality_id, unit_id)
    ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
LOOSE = "ALTER TABLE reconciliation_takenover DROP CONSTRAINT reconciliation_takenover_tied_by_grant_id;"


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0004_taken_over")]
    operations = [
        EnableTenantPolicy("takenover", unit="unit_id"),
        HideCases("takenover", {"grant_id": "grant"}),
        migrations.RunSQL(TIE, LOOSE),
    ]
