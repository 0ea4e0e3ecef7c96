"""What no administrator does alone: see 0013_two_administrators.sql."""

import re
from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

HERE = Path(__file__)
SQL = HERE.with_suffix(".sql").read_text(encoding="utf-8")
_BEFORE = re.search(
    r"CREATE FUNCTION styr_reset_factors\(.*?\$\$;",
    HERE.with_name("0011_second_factor.sql").read_text(encoding="utf-8"),
    re.DOTALL,
)
if _BEFORE is None:
    raise LookupError("styr_reset_factors")
UNDO = "".join(
    f"DROP POLICY {name} ON {table};" for name, table in re.findall(r"CREATE POLICY (\w+) ON (\w+)", SQL)
) + _BEFORE[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0012_sign_on'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='passwordlink',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='passwordlink',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='passwordlink',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='passwordlink',
            name='made_by',
            field=models.UUIDField(null=True, verbose_name='lavet af'),
        ),
        migrations.AddField(
            model_name='passwordlinkevent',
            name='made_by',
            field=models.UUIDField(null=True, verbose_name='lavet af'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passwordlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_passwordlinkevent" ("expires_at", "id", "made_at", "made_by", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at", "user_id") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."made_by", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."used_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='20ec660f971748a12bef8626d34d773b0dbf60ae', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1eb98', referencing='REFERENCING NEW TABLE AS new_values ', table='access_passwordlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passwordlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_passwordlinkevent" ("expires_at", "id", "made_at", "made_by", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at", "user_id") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."made_by", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."used_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d8ca84f400c4d0078a724c5fa2e1a132715cf50c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dc4fa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_passwordlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passwordlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_passwordlinkevent" ("expires_at", "id", "made_at", "made_by", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "used_at", "user_id") SELECT old_values."expires_at", old_values."id", old_values."made_at", old_values."made_by", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."used_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7a7d3e459b2101569ec95a64ba94d8dc2a581e86', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f161d', referencing='REFERENCING OLD TABLE AS old_values ', table='access_passwordlink', when='AFTER')),
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
