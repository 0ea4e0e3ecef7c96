"""A budget version may begin with the forecast of its year, and hold what that holds beside the grants."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("planning", "0006_age_rule_policies")]
    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='budgetversion',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='budgetversion',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='budgetversion',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='versionline',
            name='version_line_part_known',
        ),
        migrations.AddField(
            model_name='budgetversion',
            name='from_forecast',
            field=models.BooleanField(default=False, verbose_name='begynder med prognosen'),
        ),
        migrations.AddField(
            model_name='budgetversionevent',
            name='from_forecast',
            field=models.BooleanField(default=False, verbose_name='begynder med prognosen'),
        ),
        migrations.AlterField(
            model_name='versionline',
            name='part',
            field=models.CharField(choices=[('grant', 'bevilling'), ('negotiation', 'forhandling'), ('index', 'fremskrivning'), ('transition', 'overgang'), ('forecast', 'prognose'), ('manual', 'tilføjet')], max_length=20, verbose_name='del'),
        ),
        migrations.AlterField(
            model_name='versionlineevent',
            name='part',
            field=models.CharField(choices=[('grant', 'bevilling'), ('negotiation', 'forhandling'), ('index', 'fremskrivning'), ('transition', 'overgang'), ('forecast', 'prognose'), ('manual', 'tilføjet')], max_length=20, verbose_name='del'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_budgetversionevent" ("answer", "based_on_id", "decided_at", "decided_by_id", "from_forecast", "goes_on", "id", "index_percent", "made_at", "made_by_id", "municipality_id", "name", "negotiations", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "state", "transitions", "unit_id", "year") SELECT new_values."answer", new_values."based_on_id", new_values."decided_at", new_values."decided_by_id", new_values."from_forecast", new_values."goes_on", new_values."id", new_values."index_percent", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."name", new_values."negotiations", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."state", new_values."transitions", new_values."unit_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e56f179bcf57132301db0156e2f28e077ee95f8b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ca441', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_budgetversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_budgetversionevent" ("answer", "based_on_id", "decided_at", "decided_by_id", "from_forecast", "goes_on", "id", "index_percent", "made_at", "made_by_id", "municipality_id", "name", "negotiations", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "state", "transitions", "unit_id", "year") SELECT new_values."answer", new_values."based_on_id", new_values."decided_at", new_values."decided_by_id", new_values."from_forecast", new_values."goes_on", new_values."id", new_values."index_percent", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."name", new_values."negotiations", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."state", new_values."transitions", new_values."unit_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d3e700ed95139e12ebbc4aff9e7b5a94a01d8a81', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d3916', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_budgetversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_budgetversionevent" ("answer", "based_on_id", "decided_at", "decided_by_id", "from_forecast", "goes_on", "id", "index_percent", "made_at", "made_by_id", "municipality_id", "name", "negotiations", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "state", "transitions", "unit_id", "year") SELECT old_values."answer", old_values."based_on_id", old_values."decided_at", old_values."decided_by_id", old_values."from_forecast", old_values."goes_on", old_values."id", old_values."index_percent", old_values."made_at", old_values."made_by_id", old_values."municipality_id", old_values."name", old_values."negotiations", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."sent_at", old_values."sent_by_id", old_values."state", old_values."transitions", old_values."unit_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6e119626da40b77f64501c7d18712c50f0a0a9bc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_21366', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_budgetversion', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='versionline',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['grant', 'negotiation', 'index', 'transition', 'forecast', 'manual'])), name='version_line_part_known'),
        ),
    ]
