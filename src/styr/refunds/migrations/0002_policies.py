"""Close the tables, keep people from cases that are not theirs to see, and let nobody change what was claimed."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

OF_CITIZENS = ("householdmember", "coveredbeforeage", "refundmember", "municipalcost", "municipalclaim")
TIES = (
    "".join(
        f"ALTER TABLE refunds_{table} ADD CONSTRAINT refunds_{table}_tied_by_citizen_id "
        "FOREIGN KEY (citizen_id, municipality_id, unit_id) REFERENCES people_citizen (id, municipality_id, unit_id) "
        "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;\n"
        for table in OF_CITIZENS
    )
    + """
ALTER TABLE refunds_userpayment
    ADD CONSTRAINT refunds_userpayment_tied_by_citizen_id FOREIGN KEY (citizen_id, municipality_id)
        REFERENCES people_citizen (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT refunds_userpayment_tied_by_grant_id FOREIGN KEY (grant_id, municipality_id, unit_id)
        REFERENCES grants_grant (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
)
UNDO_TIES = (
    "".join(
        f"ALTER TABLE refunds_{table} DROP CONSTRAINT refunds_{table}_tied_by_citizen_id;\n" for table in OF_CITIZENS
    )
    + """
ALTER TABLE refunds_userpayment DROP CONSTRAINT refunds_userpayment_tied_by_citizen_id,
    DROP CONSTRAINT refunds_userpayment_tied_by_grant_id;
"""
)
# A claim that was made is never altered: what was wrong is the next claim's difference.
CLAIMED = """
REVOKE UPDATE, DELETE ON refunds_refundclaim, refunds_refundclaimline FROM styr_app;
GRANT SELECT ON refunds_defaultlimit, refunds_defaulttreatment TO styr_app, styr_backup;
"""
LET_GO = "GRANT UPDATE, DELETE ON refunds_refundclaim, refunds_refundclaimline TO styr_app"


class Migration(migrations.Migration):
    dependencies = [
        ("refunds", "0001_registers"),
        ("people", "0003_relations"),
        ("grants", "0010_account_rules"),
        ("access", "0008_hidden_cases"),
    ]
    operations = [
        EnableTenantPolicy("limit"),
        EnableTenantPolicy("household"),
        EnableTenantPolicy("refundrun"),
        EnableTenantPolicy("refundclaim"),
        EnableTenantPolicy("refundmonth", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("refundclaimline", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("householdmember", unit="unit_id"),
        EnableTenantPolicy("coveredbeforeage", unit="unit_id"),
        EnableTenantPolicy("refundmember", unit="unit_id"),
        EnableTenantPolicy("municipalcost", unit="unit_id"),
        EnableTenantPolicy("municipalclaim", unit="unit_id"),
        EnableTenantPolicy("municipalclaimmonth", unit="unit_id"),
        EnableTenantPolicy("userpayment", unit="unit_id"),
        TieToParent("householdmember", "household", "household_id", unit=False),
        TieToParent("refundmonth", "refundrun", "run_id", unit=False),
        TieToParent("refundmember", "refundrun", "run_id", unit=False),
        TieToParent("refundclaimline", "refundclaim", "claim_id", unit=False),
        TieToParent("municipalclaimmonth", "municipalclaim", "claim_id"),
        *(HideCases(model, {"citizen_id": "citizen"}) for model in (*OF_CITIZENS, "municipalclaimmonth")),
        *(HideCases(model, {"case_id": "citizen"}) for model in ("refundmonth", "refundclaimline")),
        HideCases("userpayment", {"citizen_id": "citizen", "grant_id": "grant"}),
        migrations.RunSQL(TIES, UNDO_TIES),
        migrations.RunSQL(CLAIMED, LET_GO),
    ]
