"""Close the journal of imports: every row is seen by its own municipality alone."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent


class Migration(migrations.Migration):
    dependencies = [("integrations", "0001_journal"), ("access", "0003_policies")]
    operations = [
        EnableTenantPolicy("importrun"),
        EnableTenantPolicy("importfile"),
        EnableTenantPolicy("importproblem"),
        TieToParent("importfile", "importrun", "run_id", unit=False),
        TieToParent("importproblem", "importfile", "file_id", unit=False),
    ]
