"""Load the treatments of accounts that come with the program."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from styr.ledger.reference.load import account_treatments


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the table."""
    treatment = apps.get_model("ledger", "DefaultAccountTreatment")
    rows = [treatment(**row) for row in account_treatments()]
    treatment.objects.using(schema_editor.connection.alias).bulk_create(rows)


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Empty it again."""
    apps.get_model("ledger", "DefaultAccountTreatment").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_policies")]
    operations = [migrations.RunPython(load, empty)]
