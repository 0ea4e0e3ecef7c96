"""That everything somebody kept was handed over, and notices of dates that come near."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0017_contract_limits'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workspace', '0005_notices_of_happenings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login'), ('second', 'Venter på din godkendelse'), ('granted', 'Godkendt'), ('import_failed', 'Indlæsning mislykket'), ('import_undone', 'Indlæsning fortrudt'), ('changed', 'Afvigelse ændret'), ('deadline', 'Frist nærmer sig'), ('overdue', 'Frist ikke holdt')], max_length=30, verbose_name='slags'),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login'), ('second', 'Venter på din godkendelse'), ('granted', 'Godkendt'), ('import_failed', 'Indlæsning mislykket'), ('import_undone', 'Indlæsning fortrudt'), ('changed', 'Afvigelse ændret'), ('deadline', 'Frist nærmer sig'), ('overdue', 'Frist ikke holdt')], max_length=30, verbose_name='slags'),
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='tidspunkt')),
                ('counts', models.JSONField(default=dict, verbose_name='overdraget')),
                ('kept', models.JSONField(default=dict, verbose_name='ikke overdraget')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='overdraget af')),
                ('from_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fra')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('to_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='til')),
            ],
            options={
                'verbose_name': 'overdragelse',
                'verbose_name_plural': 'overdragelser',
            },
        ),
        migrations.CreateModel(
            name='HandOverEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('at', models.DateTimeField(verbose_name='tidspunkt')),
                ('counts', models.JSONField(default=dict, verbose_name='overdraget')),
                ('kept', models.JSONField(default=dict, verbose_name='ikke overdraget')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='overdraget af')),
                ('from_user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fra')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workspace.handover')),
                ('to_user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='til')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['municipality', '-at'], name='hand_over_by_time'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('from_user', models.F('to_user')), _negated=True), name='hand_over_to_another'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_handoverevent" ("at", "by_id", "counts", "from_user_id", "id", "kept", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_user_id") SELECT new_values."at", new_values."by_id", new_values."counts", new_values."from_user_id", new_values."id", new_values."kept", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."to_user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c1b07d47d5638ed94b3900f96566cc13d11378d8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_227f2', referencing='REFERENCING NEW TABLE AS new_values ', table='workspace_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_handoverevent" ("at", "by_id", "counts", "from_user_id", "id", "kept", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_user_id") SELECT new_values."at", new_values."by_id", new_values."counts", new_values."from_user_id", new_values."id", new_values."kept", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."to_user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='160c1671463de96d615edece9536420ec82c8271', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_87d43', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workspace_handover', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workspace_handoverevent" ("at", "by_id", "counts", "from_user_id", "id", "kept", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_user_id") SELECT old_values."at", old_values."by_id", old_values."counts", old_values."from_user_id", old_values."id", old_values."kept", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."to_user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='728924e81821b98ffbeb9f3e84787703cf24f0b3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b3373', referencing='REFERENCING OLD TABLE AS old_values ', table='workspace_handover', when='AFTER')),
        ),
        EnableTenantPolicy("handover"),
        HideCases("handover"),
    ]
