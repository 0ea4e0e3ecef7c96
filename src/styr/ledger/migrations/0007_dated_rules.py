"""Who changed which dated rule, and who has looked the program's up."""

import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_programs'),
        ('ledger', '0006_payment_policies'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleChange',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=30, verbose_name='regelsæt')),
                ('key', models.CharField(max_length=150, verbose_name='regel')),
                ('title', models.CharField(max_length=200, verbose_name='betegnelse')),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='før')),
                ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='efter')),
                ('made_at', models.DateTimeField(verbose_name='ændret')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='fortrudt')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ændret af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fortrudt af')),
            ],
            options={
                'verbose_name': 'regelændring',
                'verbose_name_plural': 'regelændringer',
            },
        ),
        migrations.CreateModel(
            name='RuleChangeEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('what', models.CharField(max_length=30, verbose_name='regelsæt')),
                ('key', models.CharField(max_length=150, verbose_name='regel')),
                ('title', models.CharField(max_length=200, verbose_name='betegnelse')),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='før')),
                ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='efter')),
                ('made_at', models.DateTimeField(verbose_name='ændret')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='fortrudt')),
                ('made_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ændret af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.rulechange')),
                ('undone_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fortrudt af')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RuleCheck',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=30, verbose_name='regelsæt')),
                ('key', models.CharField(max_length=170, verbose_name='regel')),
                ('content', models.CharField(max_length=64, verbose_name='indhold')),
                ('checked_on', models.DateField(verbose_name='kontrolleret')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kontrolleret af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'kontrolleret regel',
                'verbose_name_plural': 'kontrollerede regler',
            },
        ),
        migrations.CreateModel(
            name='RuleCheckEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('what', models.CharField(max_length=30, verbose_name='regelsæt')),
                ('key', models.CharField(max_length=170, verbose_name='regel')),
                ('content', models.CharField(max_length=64, verbose_name='indhold')),
                ('checked_on', models.DateField(verbose_name='kontrolleret')),
                ('checked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kontrolleret af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.rulecheck')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='rulechange',
            index=models.Index(fields=['municipality', 'what', '-made_at'], name='rule_change_latest'),
        ),
        migrations.AddConstraint(
            model_name='rulechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='rule_change_undone_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulechange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_rulechangeevent" ("after", "before", "id", "key", "made_at", "made_by_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "undone_at", "undone_by_id", "what") SELECT new_values."after", new_values."before", new_values."id", new_values."key", new_values."made_at", new_values."made_by_id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."title", new_values."undone_at", new_values."undone_by_id", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='47d7fae4578892df4aa479d7c107e644264a2090', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2afcd', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_rulechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulechange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_rulechangeevent" ("after", "before", "id", "key", "made_at", "made_by_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "undone_at", "undone_by_id", "what") SELECT new_values."after", new_values."before", new_values."id", new_values."key", new_values."made_at", new_values."made_by_id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."title", new_values."undone_at", new_values."undone_by_id", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='62dfb9e2a260089c5411c491696abc2856a379e4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4e590', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_rulechange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulechange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_rulechangeevent" ("after", "before", "id", "key", "made_at", "made_by_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "undone_at", "undone_by_id", "what") SELECT old_values."after", old_values."before", old_values."id", old_values."key", old_values."made_at", old_values."made_by_id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."title", old_values."undone_at", old_values."undone_by_id", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4e816bd7986d4ff7e059891afa0fdda4c2bb5957', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1123d', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_rulechange', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='rulecheck',
            constraint=models.UniqueConstraint(fields=('municipality', 'what', 'key'), name='rule_check_once'),
        ),
        migrations.AddConstraint(
            model_name='rulecheck',
            constraint=models.CheckConstraint(condition=models.Q(('content__regex', '^[0-9a-f]{64}$')), name='rule_check_content'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulecheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_rulecheckevent" ("checked_by_id", "checked_on", "content", "id", "key", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") SELECT new_values."checked_by_id", new_values."checked_on", new_values."content", new_values."id", new_values."key", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dd56919a9c60ba584c7ddb027076b708ae76f6e0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2b1a9', referencing='REFERENCING NEW TABLE AS new_values ', table='ledger_rulecheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulecheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_rulecheckevent" ("checked_by_id", "checked_on", "content", "id", "key", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") SELECT new_values."checked_by_id", new_values."checked_on", new_values."content", new_values."id", new_values."key", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bb31079e5a0f23aca7f03cd5d670b8bba148acac', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fbaea', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='ledger_rulecheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulecheck',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "ledger_rulecheckevent" ("checked_by_id", "checked_on", "content", "id", "key", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") SELECT old_values."checked_by_id", old_values."checked_on", old_values."content", old_values."id", old_values."key", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4bf1cb18c606cdbe53e527fbda801245e034dd43', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9e8b9', referencing='REFERENCING OLD TABLE AS old_values ', table='ledger_rulecheck', when='AFTER')),
        ),
    ]
