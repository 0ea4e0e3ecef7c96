"""A municipality's own rules of what happens at an age."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
import styr.planning.rule_models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_programs'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('planning', '0004_budget_policies'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnPensionAge',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('born_from', models.DateField(verbose_name='født fra')),
                ('months', models.IntegerField(verbose_name='alder i måneder')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'egen folkepensionsalder',
                'verbose_name_plural': 'egne folkepensionsaldre',
            },
        ),
        migrations.CreateModel(
            name='OwnPensionAgeEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('born_from', models.DateField(verbose_name='født fra')),
                ('months', models.IntegerField(verbose_name='alder i måneder')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.ownpensionage')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnTransition',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_section', models.CharField(max_length=20, verbose_name='paragraf')),
                ('age', models.CharField(max_length=10, verbose_name='alder')),
                ('to_section', models.CharField(blank=True, default='', max_length=20, verbose_name='afløses af')),
                ('share', models.IntegerField(verbose_name='andel af udgiften, procent')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'egen overgang ved alder',
                'verbose_name_plural': 'egne overgange ved alder',
            },
        ),
        migrations.CreateModel(
            name='OwnTransitionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('from_section', models.CharField(max_length=20, verbose_name='paragraf')),
                ('age', models.CharField(max_length=10, verbose_name='alder')),
                ('to_section', models.CharField(blank=True, default='', max_length=20, verbose_name='afløses af')),
                ('share', models.IntegerField(verbose_name='andel af udgiften, procent')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('valid_from', models.DateField(verbose_name='gyldig fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gyldig til (eksklusiv)')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.owntransition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='ownpensionage',
            constraint=models.UniqueConstraint(fields=('municipality', 'born_from'), name='own_pension_age_once'),
        ),
        migrations.AddConstraint(
            model_name='ownpensionage',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 600), ('months__lte', 1200)), name='own_pension_age_sane'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpensionage',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_ownpensionageevent" ("born_from", "id", "months", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."born_from", new_values."id", new_values."months", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a26d1d71f2fb00a1ef1482687e25f990abf863ce', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_67ab5', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_ownpensionage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpensionage',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_ownpensionageevent" ("born_from", "id", "months", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."born_from", new_values."id", new_values."months", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e0e5d12b3f4e7140274d246da5463e2cad65d6e2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8974f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_ownpensionage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownpensionage',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_ownpensionageevent" ("born_from", "id", "months", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."born_from", old_values."id", old_values."months", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ccf3dd89401fa8a6ad7dbaf060fd4a5986067085', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1c25b', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_ownpensionage', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='owntransition',
            constraint=models.CheckConstraint(condition=models.Q(('age__regex', '^(pension|[1-9][0-9]?)$')), name='own_transition_age'),
        ),
        migrations.AddConstraint(
            model_name='owntransition',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 0), ('share__lte', 300)), name='own_transition_share'),
        ),
        migrations.AddConstraint(
            model_name='owntransition',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='own_transition_positive'),
        ),
        migrations.AddConstraint(
            model_name='owntransition',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('municipality', '='), ('from_section', '='), ('age', '='), (styr.planning.rule_models.DateRange('valid_from', 'valid_to'), '&&')], name='own_transition_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owntransition',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_owntransitionevent" ("age", "from_section", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "to_section", "valid_from", "valid_to") SELECT new_values."age", new_values."from_section", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."share", new_values."source", new_values."to_section", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1968e17b6adf66d89db447853584f3221b2a7204', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0f60a', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_owntransition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owntransition',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_owntransitionevent" ("age", "from_section", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "to_section", "valid_from", "valid_to") SELECT new_values."age", new_values."from_section", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."share", new_values."source", new_values."to_section", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b57ac9fd88c7244a7f3a1c5f792719b7982770ed', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2a5e1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_owntransition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owntransition',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_owntransitionevent" ("age", "from_section", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source", "to_section", "valid_from", "valid_to") SELECT old_values."age", old_values."from_section", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."share", old_values."source", old_values."to_section", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9ec2a609e319a8f49aba89524db2ca0f8cccde81', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_aee30', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_owntransition', when='AFTER')),
        ),
    ]
