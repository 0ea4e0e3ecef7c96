"""Keep what it takes to take a step back."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0008_step_policies'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantstep',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantstep',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='grantstep',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='grantstep',
            name='before',
            field=models.JSONField(db_default=models.Value({}, output_field=models.JSONField()), default=dict, verbose_name='før skridtet'),
        ),
        migrations.AddField(
            model_name='grantstepevent',
            name='before',
            field=models.JSONField(db_default=models.Value({}, output_field=models.JSONField()), default=dict, verbose_name='før skridtet'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantstepevent" ("before", "grant_id", "id", "kind", "limit_ore", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_at", "taken_by_id", "unit_id", "year_cost_ore") SELECT new_values."before", new_values."grant_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."reason", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."year_cost_ore" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2fb00af16e6053b6a28c9069f1abe315648c7724', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6cd29', referencing='REFERENCING NEW TABLE AS new_values ', table='grants_grantstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantstepevent" ("before", "grant_id", "id", "kind", "limit_ore", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_at", "taken_by_id", "unit_id", "year_cost_ore") SELECT new_values."before", new_values."grant_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."reason", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."year_cost_ore" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='685ed808402caecbcebca1847fbf3a93eda287f3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aabc2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grants_grantstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grantstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_grantstepevent" ("before", "grant_id", "id", "kind", "limit_ore", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taken_at", "taken_by_id", "unit_id", "year_cost_ore") SELECT old_values."before", old_values."grant_id", old_values."id", old_values."kind", old_values."limit_ore", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."reason", old_values."taken_at", old_values."taken_by_id", old_values."unit_id", old_values."year_cost_ore" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='461e650c07f967da6f3978eff0836f44f1ef6fbe', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_feb9b', referencing='REFERENCING OLD TABLE AS old_values ', table='grants_grantstep', when='AFTER')),
        ),
    ]
