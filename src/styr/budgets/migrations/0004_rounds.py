"""Follow-up rounds: their figures, notes and agreed actions."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_programs'),
        ('budgets', '0003_relations'),
        ('people', '0006_keeping_policies'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUpRound',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.IntegerField(verbose_name='budgetår')),
                ('held_on', models.DateField(verbose_name='holdes')),
                ('state', models.CharField(choices=[('open', 'i gang'), ('closed', 'afsluttet')], max_length=10, verbose_name='tilstand')),
                ('attendees', models.TextField(blank=True, default='', verbose_name='deltagere')),
                ('summary', models.TextField(blank=True, default='', verbose_name='konklusion')),
                ('run_id', models.UUIDField(null=True, verbose_name='prognose')),
                ('computed_at', models.DateTimeField(null=True, verbose_name='prognosen er regnet')),
                ('actual_to', models.DateField(null=True, verbose_name='forbrug til (eksklusiv)')),
                ('budget_ore', models.BigIntegerField(null=True, verbose_name='budget i øre')),
                ('actual_ore', models.BigIntegerField(default=0, verbose_name='forbrug i øre')),
                ('forecast_ore', models.BigIntegerField(default=0, verbose_name='prognose i øre')),
                ('opened_at', models.DateTimeField(verbose_name='åbnet')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='afsluttet')),
                ('version', models.IntegerField(default=1, verbose_name='udgave')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afsluttet af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='åbnet af')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'opfølgningsrunde',
                'verbose_name_plural': 'opfølgningsrunder',
            },
        ),
        migrations.CreateModel(
            name='FollowUpRoundEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('year', models.IntegerField(verbose_name='budgetår')),
                ('held_on', models.DateField(verbose_name='holdes')),
                ('state', models.CharField(choices=[('open', 'i gang'), ('closed', 'afsluttet')], max_length=10, verbose_name='tilstand')),
                ('attendees', models.TextField(blank=True, default='', verbose_name='deltagere')),
                ('summary', models.TextField(blank=True, default='', verbose_name='konklusion')),
                ('run_id', models.UUIDField(null=True, verbose_name='prognose')),
                ('computed_at', models.DateTimeField(null=True, verbose_name='prognosen er regnet')),
                ('actual_to', models.DateField(null=True, verbose_name='forbrug til (eksklusiv)')),
                ('budget_ore', models.BigIntegerField(null=True, verbose_name='budget i øre')),
                ('actual_ore', models.BigIntegerField(default=0, verbose_name='forbrug i øre')),
                ('forecast_ore', models.BigIntegerField(default=0, verbose_name='prognose i øre')),
                ('opened_at', models.DateTimeField(verbose_name='åbnet')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='afsluttet')),
                ('version', models.IntegerField(default=1, verbose_name='udgave')),
                ('closed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afsluttet af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='åbnet af')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.followupround')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoundAction',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=300, verbose_name='handling')),
                ('due_on', models.DateField(verbose_name='frist')),
                ('effect_ore', models.BigIntegerField(null=True, verbose_name='forventet virkning i øre')),
                ('state', models.CharField(choices=[('open', 'aftalt'), ('done', 'udført'), ('dropped', 'opgivet')], max_length=10, verbose_name='tilstand')),
                ('outcome', models.TextField(blank=True, default='', verbose_name='resultat')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='afsluttet')),
                ('made_at', models.DateTimeField(verbose_name='skrevet')),
                ('version', models.IntegerField(default=1, verbose_name='udgave')),
                ('citizen', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.citizen', verbose_name='borger')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='budgets.followupround', verbose_name='runde')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afsluttet af')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'aftalt handling',
                'verbose_name_plural': 'aftalte handlinger',
            },
        ),
        migrations.CreateModel(
            name='RoundActionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('text', models.CharField(max_length=300, verbose_name='handling')),
                ('due_on', models.DateField(verbose_name='frist')),
                ('effect_ore', models.BigIntegerField(null=True, verbose_name='forventet virkning i øre')),
                ('state', models.CharField(choices=[('open', 'aftalt'), ('done', 'udført'), ('dropped', 'opgivet')], max_length=10, verbose_name='tilstand')),
                ('outcome', models.TextField(blank=True, default='', verbose_name='resultat')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='afsluttet')),
                ('made_at', models.DateTimeField(verbose_name='skrevet')),
                ('version', models.IntegerField(default=1, verbose_name='udgave')),
                ('citizen', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.citizen', verbose_name='borger')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.roundaction')),
                ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.followupround', verbose_name='runde')),
                ('settled_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afsluttet af')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoundLine',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('budget_ore', models.BigIntegerField(null=True, verbose_name='budget i øre')),
                ('actual_ore', models.BigIntegerField(verbose_name='forbrug i øre')),
                ('forecast_ore', models.BigIntegerField(verbose_name='prognose i øre')),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.citizen', verbose_name='borger')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budgets.followupround', verbose_name='runde')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'rundelinje',
                'verbose_name_plural': 'rundelinjer',
            },
        ),
        migrations.CreateModel(
            name='RoundLineEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('budget_ore', models.BigIntegerField(null=True, verbose_name='budget i øre')),
                ('actual_ore', models.BigIntegerField(verbose_name='forbrug i øre')),
                ('forecast_ore', models.BigIntegerField(verbose_name='prognose i øre')),
                ('citizen', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.citizen', verbose_name='borger')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.roundline')),
                ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.followupround', verbose_name='runde')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoundNote',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(verbose_name='notat')),
                ('written_at', models.DateTimeField(verbose_name='skrevet')),
                ('citizen', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.citizen', verbose_name='borger')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='budgets.followupround', verbose_name='runde')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af')),
            ],
            options={
                'verbose_name': 'notat',
                'verbose_name_plural': 'notater',
            },
        ),
        migrations.CreateModel(
            name='RoundNoteEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('text', models.TextField(verbose_name='notat')),
                ('written_at', models.DateTimeField(verbose_name='skrevet')),
                ('citizen', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.citizen', verbose_name='borger')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.roundnote')),
                ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.followupround', verbose_name='runde')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='followupround',
            index=models.Index(fields=['municipality', '-held_on'], name='round_latest'),
        ),
        migrations.AddConstraint(
            model_name='followupround',
            constraint=models.UniqueConstraint(fields=('municipality', 'unit', 'year', 'held_on'), name='round_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='followupround',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('municipality', 'unit', 'year'), name='round_one_open'),
        ),
        migrations.AddConstraint(
            model_name='followupround',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='round_state_known'),
        ),
        migrations.AddConstraint(
            model_name='followupround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('state', 'open')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed')), _connector='OR'), name='round_closed_has_who_and_when'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupround',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_followuproundevent" ("actual_ore", "actual_to", "attendees", "budget_ore", "closed_at", "closed_by_id", "computed_at", "forecast_ore", "held_on", "id", "municipality_id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_id", "state", "summary", "unit_id", "version", "year") SELECT new_values."actual_ore", new_values."actual_to", new_values."attendees", new_values."budget_ore", new_values."closed_at", new_values."closed_by_id", new_values."computed_at", new_values."forecast_ore", new_values."held_on", new_values."id", new_values."municipality_id", new_values."opened_at", new_values."opened_by_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."run_id", new_values."state", new_values."summary", new_values."unit_id", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8c55e484ae42dde1cd252e808e26aecb16ea764b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_eeec2', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_followupround', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupround',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_followuproundevent" ("actual_ore", "actual_to", "attendees", "budget_ore", "closed_at", "closed_by_id", "computed_at", "forecast_ore", "held_on", "id", "municipality_id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_id", "state", "summary", "unit_id", "version", "year") SELECT new_values."actual_ore", new_values."actual_to", new_values."attendees", new_values."budget_ore", new_values."closed_at", new_values."closed_by_id", new_values."computed_at", new_values."forecast_ore", new_values."held_on", new_values."id", new_values."municipality_id", new_values."opened_at", new_values."opened_by_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."run_id", new_values."state", new_values."summary", new_values."unit_id", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4b0b3fe021ab8609658c4b4bd89fd6f3a622057f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bbef4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_followupround', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followupround',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_followuproundevent" ("actual_ore", "actual_to", "attendees", "budget_ore", "closed_at", "closed_by_id", "computed_at", "forecast_ore", "held_on", "id", "municipality_id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_id", "state", "summary", "unit_id", "version", "year") SELECT old_values."actual_ore", old_values."actual_to", old_values."attendees", old_values."budget_ore", old_values."closed_at", old_values."closed_by_id", old_values."computed_at", old_values."forecast_ore", old_values."held_on", old_values."id", old_values."municipality_id", old_values."opened_at", old_values."opened_by_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."run_id", old_values."state", old_values."summary", old_values."unit_id", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9e53e830adc992e8b502405084caa64714ffeb98', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e7aaf', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_followupround', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='roundaction',
            index=models.Index(fields=['municipality', 'state', 'due_on'], name='round_action_due'),
        ),
        migrations.AddIndex(
            model_name='roundaction',
            index=models.Index(fields=['owner', 'state', 'due_on'], name='round_action_of_owner'),
        ),
        migrations.AddConstraint(
            model_name='roundaction',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='round_action_has_text'),
        ),
        migrations.AddConstraint(
            model_name='roundaction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'dropped'])), name='round_action_state_known'),
        ),
        migrations.AddConstraint(
            model_name='roundaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at__isnull', True), ('state', 'open')), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('state', 'open'), _negated=True), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='round_action_settled_tells_how'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundaction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundactionevent" ("citizen_id", "due_on", "effect_ore", "id", "made_at", "made_by_id", "municipality_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "settled_at", "settled_by_id", "state", "text", "unit_id", "version") SELECT new_values."citizen_id", new_values."due_on", new_values."effect_ore", new_values."id", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."outcome", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."round_id", new_values."settled_at", new_values."settled_by_id", new_values."state", new_values."text", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='361a0cff0a8c999ebe539588dea8d5e0ddcb876a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f8e65', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_roundaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundaction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundactionevent" ("citizen_id", "due_on", "effect_ore", "id", "made_at", "made_by_id", "municipality_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "settled_at", "settled_by_id", "state", "text", "unit_id", "version") SELECT new_values."citizen_id", new_values."due_on", new_values."effect_ore", new_values."id", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."outcome", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."round_id", new_values."settled_at", new_values."settled_by_id", new_values."state", new_values."text", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5481918217de549ac4371b89f030e923ca68b3b0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_56e46', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_roundaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundaction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundactionevent" ("citizen_id", "due_on", "effect_ore", "id", "made_at", "made_by_id", "municipality_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "settled_at", "settled_by_id", "state", "text", "unit_id", "version") SELECT old_values."citizen_id", old_values."due_on", old_values."effect_ore", old_values."id", old_values."made_at", old_values."made_by_id", old_values."municipality_id", old_values."outcome", old_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."round_id", old_values."settled_at", old_values."settled_by_id", old_values."state", old_values."text", old_values."unit_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9395a7c472d1cc7f3e5c9d299a2145671b86b295', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_10897', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_roundaction', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='roundline',
            constraint=models.UniqueConstraint(fields=('round', 'citizen'), name='round_line_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundlineevent" ("actual_ore", "budget_ore", "citizen_id", "forecast_ore", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "unit_id") SELECT new_values."actual_ore", new_values."budget_ore", new_values."citizen_id", new_values."forecast_ore", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."round_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bec642935136d694becebc70ab80a3f161e87457', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_409d4', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_roundline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundlineevent" ("actual_ore", "budget_ore", "citizen_id", "forecast_ore", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "unit_id") SELECT new_values."actual_ore", new_values."budget_ore", new_values."citizen_id", new_values."forecast_ore", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."round_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='155b1c04e3318d1afcd70fddcb8e58781d2df3ee', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_44a2c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_roundline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundlineevent" ("actual_ore", "budget_ore", "citizen_id", "forecast_ore", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "unit_id") SELECT old_values."actual_ore", old_values."budget_ore", old_values."citizen_id", old_values."forecast_ore", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."round_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f1012a9128684bc7fb31d9a7dc3d47a707f7a3d9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_54d1e', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_roundline', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='roundnote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='round_note_has_text'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundnote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundnoteevent" ("citizen_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "text", "unit_id", "written_at", "written_by_id") SELECT new_values."citizen_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."round_id", new_values."text", new_values."unit_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6323be3fa6c3d906aea7d7bb40ad36896e401eb7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4ff9b', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_roundnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundnote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundnoteevent" ("citizen_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "text", "unit_id", "written_at", "written_by_id") SELECT new_values."citizen_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."round_id", new_values."text", new_values."unit_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c85b3152069a6753890fdac559b0b6ea90e3d0c6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e1752', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_roundnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundnote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_roundnoteevent" ("citizen_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "text", "unit_id", "written_at", "written_by_id") SELECT old_values."citizen_id", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."round_id", old_values."text", old_values."unit_id", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f41fcd882e9e3cdc3ccfe142a7c475cec7541457', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d6295', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_roundnote', when='AFTER')),
        ),
    ]
