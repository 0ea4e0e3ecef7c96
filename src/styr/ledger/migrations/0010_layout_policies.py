"""Close the table of which layout payment files are written in."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_payment_layouts")]
    operations = [EnableTenantPolicy("paymentlayoutchoice")]
