"""Programs (systembrugere), which are let in by keys alone: see 0014_programs.sql."""

import re
from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = "".join(f"DROP POLICY {name} ON {table};" for name, table in re.findall(r"CREATE POLICY (\w+) ON (\w+)", SQL))


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0013_two_administrators'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='user',
            name='is_program',
            field=models.BooleanField(default=False, verbose_name='systembruger'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='is_program',
            field=models.BooleanField(default=False, verbose_name='systembruger'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_userevent" ("id", "is_active", "is_program", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."id", new_values."is_active", new_values."is_program", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1830649aafe28e7a7fa08fd4b3b1184ee2b8e820', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b2fac', referencing='REFERENCING NEW TABLE AS new_values ', table='access_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_userevent" ("id", "is_active", "is_program", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."id", new_values."is_active", new_values."is_program", new_values."municipality_id", new_values."name", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_program" IS DISTINCT FROM (new_values."is_program") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c1fe6a93095b95e72f338ea3526b6124baeb5dfa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5efde', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='access_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_userevent" ("id", "is_active", "is_program", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT old_values."id", old_values."is_active", old_values."is_program", old_values."municipality_id", old_values."name", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f574ead61ce83668a1cb64d3a69d51bc1228ff2d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dea43', referencing='REFERENCING OLD TABLE AS old_values ', table='access_user', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('is_program', False), ('password__startswith', '!'), _connector='OR'), name='program_has_no_password'),
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
