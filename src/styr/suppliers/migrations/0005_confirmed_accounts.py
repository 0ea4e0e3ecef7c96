"""Supplier accounts take two people: see 0005_confirmed_accounts.sql. Those that are there count as confirmed."""

from pathlib import Path

import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = """
CREATE OR REPLACE VIEW rel_supplier_account WITH (security_invoker = true) AS
SELECT supplier_id, account::text AS account, valid_from FROM suppliers_supplieraccount;
DROP TRIGGER styr_account_is_brought ON suppliers_supplieraccount;
DROP FUNCTION styr_account_is_brought();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('suppliers', '0004_statistics'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='supplieraccount',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='supplieraccount',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='supplieraccount',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='supplieraccount',
            name='brought_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='bragt'),
        ),
        migrations.AddField(
            model_name='supplieraccount',
            name='brought_by',
            field=models.UUIDField(editable=False, null=True, verbose_name='bragt af'),
        ),
        migrations.AddField(
            model_name='supplieraccount',
            name='confirmed_at',
            # The default fills the rows that are there, whatever the policies, and then goes.
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, null=True, verbose_name='bekræftet'),
        ),
        migrations.AlterField(
            model_name='supplieraccount',
            name='confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='bekræftet'),
        ),
        migrations.AddField(
            model_name='supplieraccount',
            name='confirmed_by',
            field=models.UUIDField(editable=False, null=True, verbose_name='bekræftet af'),
        ),
        migrations.AddField(
            model_name='supplieraccountevent',
            name='brought_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='bragt'),
        ),
        migrations.AddField(
            model_name='supplieraccountevent',
            name='brought_by',
            field=models.UUIDField(editable=False, null=True, verbose_name='bragt af'),
        ),
        migrations.AddField(
            model_name='supplieraccountevent',
            name='confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='bekræftet'),
        ),
        migrations.AddField(
            model_name='supplieraccountevent',
            name='confirmed_by',
            field=models.UUIDField(editable=False, null=True, verbose_name='bekræftet af'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplieraccount',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "suppliers_supplieraccountevent" ("account", "brought_at", "brought_by", "confirmed_at", "confirmed_by", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier_id", "valid_from") SELECT new_values."account", new_values."brought_at", new_values."brought_by", new_values."confirmed_at", new_values."confirmed_by", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."supplier_id", new_values."valid_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='28c1b97af87d0b5f3fa038da2619b6ce370107e8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fe2dc', referencing='REFERENCING NEW TABLE AS new_values ', table='suppliers_supplieraccount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplieraccount',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "suppliers_supplieraccountevent" ("account", "brought_at", "brought_by", "confirmed_at", "confirmed_by", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier_id", "valid_from") SELECT new_values."account", new_values."brought_at", new_values."brought_by", new_values."confirmed_at", new_values."confirmed_by", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."supplier_id", new_values."valid_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8db757917465e0a8c26b0468202ffc7a2d84ba5d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6a62c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='suppliers_supplieraccount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplieraccount',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "suppliers_supplieraccountevent" ("account", "brought_at", "brought_by", "confirmed_at", "confirmed_by", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier_id", "valid_from") SELECT old_values."account", old_values."brought_at", old_values."brought_by", old_values."confirmed_at", old_values."confirmed_by", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."supplier_id", old_values."valid_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d7ea90ee857b5bf874abbe48ce77298716fa0f2b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bee71', referencing='REFERENCING OLD TABLE AS old_values ', table='suppliers_supplieraccount', when='AFTER')),
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
