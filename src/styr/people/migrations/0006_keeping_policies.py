"""Close the tables of handing out and letting go, and the one way in which rows of a case leave: `people_erase`."""

from pathlib import Path

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = "DROP FUNCTION people_erase(text, uuid[], uuid)"


class Migration(migrations.Migration):
    dependencies = [("people", "0005_keeping"), ("access", "0008_hidden_cases"), ("audit", "0004_erasing")]
    operations = [
        EnableTenantPolicy("datarequest", unit="unit_id"),
        EnableTenantPolicy("legalhold", unit="unit_id"),
        EnableTenantPolicy("retentionrule"),
        EnableTenantPolicy("erasure", unit="unit_id"),
        TieToParent("datarequest", "citizen", "citizen_id"),
        TieToParent("legalhold", "citizen", "citizen_id"),
        HideCases("datarequest", {"citizen_id": "citizen"}),
        HideCases("legalhold", {"citizen_id": "citizen"}),
        HideCases("erasure", {"citizen_id": "citizen"}),
        migrations.RunSQL(SQL, UNDO),
    ]
