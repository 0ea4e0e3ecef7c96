"""Load the rules on grants at the same time that come with the program."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from styr.grants.reference.load import duplicate_rules


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the table."""
    rule = apps.get_model("grants", "DefaultDuplicateRule")
    rule.objects.using(schema_editor.connection.alias).bulk_create(rule(**row) for row in duplicate_rules())


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Empty it again."""
    apps.get_model("grants", "DefaultDuplicateRule").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_policies")]
    operations = [migrations.RunPython(load, empty)]
