"""Close the catalogue's tables, and hold every row in its initiative's municipality."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

SAME = """
ALTER TABLE initiatives_dependency ADD CONSTRAINT initiatives_needs_same_municipality
    FOREIGN KEY (needs_id, municipality_id) REFERENCES initiatives_initiative (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
NOT_SAME = "ALTER TABLE initiatives_dependency DROP CONSTRAINT initiatives_needs_same_municipality"
OF_INITIATIVE = ("step", "risk", "dependency")


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_catalogue"), ("access", "0018_two_for_a_role")]
    operations = [
        EnableTenantPolicy("catalogue"),
        EnableTenantPolicy("initiative"),
        *(EnableTenantPolicy(model) for model in OF_INITIATIVE),
        TieToParent("initiative", "catalogue", "catalogue_id", unit=False),
        *(TieToParent(model, "initiative", "initiative_id", unit=False) for model in OF_INITIATIVE),
        migrations.RunSQL(SAME, NOT_SAME),
    ]
