"""Load the limits and the treatments of accounts that come with the program."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from styr.refunds.reference.load import limit_rows, treatment_rows

_MODELS = (("DefaultLimit", limit_rows), ("DefaultTreatment", treatment_rows))


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the tables."""
    for name, rows in _MODELS:
        model = apps.get_model("refunds", name)
        model.objects.using(schema_editor.connection.alias).bulk_create(model(**row) for row in rows())


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Empty them again."""
    for name, _ in _MODELS:
        apps.get_model("refunds", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("refunds", "0002_policies")]
    operations = [migrations.RunPython(load, empty)]
