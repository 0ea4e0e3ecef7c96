"""Load what comes with the program: the law's sections, the kinds of service, the standard opening days."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from styr.contracts.opening import standard_days
from styr.contracts.reference.load import sections, service_kinds


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the three tables."""
    using = schema_editor.connection.alias
    section = apps.get_model("contracts", "Section")
    section.objects.using(using).bulk_create(section(**row) for row in sections())
    kind = apps.get_model("contracts", "ServiceKind")
    kind.objects.using(using).bulk_create(kind(**row) for row in service_kinds())
    day = apps.get_model("contracts", "StandardDay")
    day.objects.using(using).bulk_create(
        (day(day=date, open_before=count) for date, count in standard_days()), batch_size=5000
    )


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Empty them again."""
    for model in ("Section", "ServiceKind", "StandardDay"):
        apps.get_model("contracts", model).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_policies")]
    operations = [migrations.RunPython(load, empty)]
