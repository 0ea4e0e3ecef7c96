"""Close what is handed in on pages: every row is seen by its own municipality alone."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent


class Migration(migrations.Migration):
    dependencies = [("integrations", "0003_uploads"), ("access", "0003_policies")]
    operations = [
        EnableTenantPolicy("importlanding"),
        EnableTenantPolicy("importupload"),
        EnableTenantPolicy("uploadedfile"),
        EnableTenantPolicy("columnmapping"),
        TieToParent("importlanding", "importrun", "run_id", unit=False),
        TieToParent("importupload", "importrun", "run_id", unit=False),
        TieToParent("uploadedfile", "importupload", "upload_id", unit=False),
    ]
