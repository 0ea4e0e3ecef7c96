"""The fingerprint of the contract that somebody approved: what is signed is held against it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafting', '0003_follow_the_contract'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='draftstep',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='draftstep',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='draftstep',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='draftstep',
            name='agreed',
            field=models.CharField(blank=True, default='', max_length=32, verbose_name='kontraktens aftryk'),
        ),
        migrations.AddField(
            model_name='draftstepevent',
            name='agreed',
            field=models.CharField(blank=True, default='', max_length=32, verbose_name='kontraktens aftryk'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftstepevent" ("agreed", "contract_ref", "deviations", "draft_id", "id", "kind", "limit_ore", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "unit_id", "version_id", "year_ore") SELECT new_values."agreed", new_values."contract_ref", new_values."deviations", new_values."draft_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."version_id", new_values."year_ore" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='29261f70ac33c88ea85b953dd196ea3f0e534afc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_957dd', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_draftstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftstepevent" ("agreed", "contract_ref", "deviations", "draft_id", "id", "kind", "limit_ore", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "unit_id", "version_id", "year_ore") SELECT new_values."agreed", new_values."contract_ref", new_values."deviations", new_values."draft_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."version_id", new_values."year_ore" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ab2137ec9b97d4cd126bf9ba0228eeae4acb3f3a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_00253', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_draftstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftstepevent" ("agreed", "contract_ref", "deviations", "draft_id", "id", "kind", "limit_ore", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "unit_id", "version_id", "year_ore") SELECT old_values."agreed", old_values."contract_ref", old_values."deviations", old_values."draft_id", old_values."id", old_values."kind", old_values."limit_ore", old_values."municipality_id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."taken_at", old_values."taken_by_id", old_values."unit_id", old_values."version_id", old_values."year_ore" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b98a550fbab4f0154653b21fafd15f0338ea36b2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_172a6', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_draftstep', when='AFTER')),
        ),
    ]
