"""Budget versions, their lines, and what is written about a line."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_programs'),
        ('grants', '0010_account_rules'),
        ('people', '0006_keeping_policies'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('planning', '0002_policies'),
        ('suppliers', '0005_confirmed_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetVersion',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('year', models.IntegerField(verbose_name='budgetår')),
                ('state', models.CharField(choices=[('draft', 'kladde'), ('awaiting', 'sendt til godkendelse'), ('approved', 'godkendt'), ('replaced', 'afløst'), ('put_away', 'lagt væk')], max_length=20, verbose_name='tilstand')),
                ('index_percent', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='fremskrivning i procent')),
                ('goes_on', models.BooleanField(default=True, verbose_name='bevillinger fortsætter efter deres slutdato')),
                ('transitions', models.BooleanField(default=True, verbose_name='overgange ved alder')),
                ('negotiations', models.BooleanField(default=True, verbose_name='planlagte forhandlinger')),
                ('note', models.TextField(blank=True, default='', max_length=4000, verbose_name='note')),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sendt')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='afgjort')),
                ('answer', models.TextField(blank=True, default='', max_length=4000, verbose_name='svar')),
                ('based_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.budgetversion', verbose_name='kopi af')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lavet af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sendt af')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'budgetversion',
                'verbose_name_plural': 'budgetversioner',
            },
        ),
        migrations.CreateModel(
            name='BudgetVersionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('year', models.IntegerField(verbose_name='budgetår')),
                ('state', models.CharField(choices=[('draft', 'kladde'), ('awaiting', 'sendt til godkendelse'), ('approved', 'godkendt'), ('replaced', 'afløst'), ('put_away', 'lagt væk')], max_length=20, verbose_name='tilstand')),
                ('index_percent', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='fremskrivning i procent')),
                ('goes_on', models.BooleanField(default=True, verbose_name='bevillinger fortsætter efter deres slutdato')),
                ('transitions', models.BooleanField(default=True, verbose_name='overgange ved alder')),
                ('negotiations', models.BooleanField(default=True, verbose_name='planlagte forhandlinger')),
                ('note', models.TextField(blank=True, default='', max_length=4000, verbose_name='note')),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sendt')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='afgjort')),
                ('answer', models.TextField(blank=True, default='', max_length=4000, verbose_name='svar')),
                ('based_on', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='planning.budgetversion', verbose_name='kopi af')),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lavet af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.budgetversion')),
                ('sent_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sendt af')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LineNote',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(max_length=4000, verbose_name='tekst')),
                ('before_ore', models.BigIntegerField(null=True, verbose_name='før i øre')),
                ('after_ore', models.BigIntegerField(null=True, verbose_name='efter i øre')),
                ('written_at', models.DateTimeField(verbose_name='skrevet')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
            ],
            options={
                'verbose_name': 'note til budgetlinje',
                'verbose_name_plural': 'noter til budgetlinjer',
            },
        ),
        migrations.CreateModel(
            name='VersionLine',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('grant', 'bevilling'), ('negotiation', 'forhandling'), ('index', 'fremskrivning'), ('transition', 'overgang'), ('manual', 'tilføjet')], max_length=20, verbose_name='del')),
                ('section', models.CharField(blank=True, default='', max_length=20, verbose_name='paragraf')),
                ('account', models.CharField(blank=True, default='', max_length=16, verbose_name='kontostreng')),
                ('text', models.CharField(blank=True, default='', max_length=200, verbose_name='tekst')),
                ('months_ore', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=12, verbose_name='måneder i øre')),
                ('total_ore', models.BigIntegerField(verbose_name='i alt i øre')),
                ('made_ore', models.BigIntegerField(verbose_name='som beregnet i øre')),
                ('edited', models.BooleanField(default=False, verbose_name='rettet')),
                ('citizen', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen', verbose_name='borger')),
                ('grant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier', verbose_name='leverandør')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='planning.budgetversion', verbose_name='budgetversion')),
            ],
            options={
                'verbose_name': 'budgetlinje i version',
                'verbose_name_plural': 'budgetlinjer i version',
            },
        ),
        migrations.CreateModel(
            name='LineNoteEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('text', models.TextField(max_length=4000, verbose_name='tekst')),
                ('before_ore', models.BigIntegerField(null=True, verbose_name='før i øre')),
                ('after_ore', models.BigIntegerField(null=True, verbose_name='efter i øre')),
                ('written_at', models.DateTimeField(verbose_name='skrevet')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.linenote')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='planning.versionline', verbose_name='budgetlinje')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='linenote',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='planning.versionline', verbose_name='budgetlinje'),
        ),
        migrations.CreateModel(
            name='VersionLineEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('part', models.CharField(choices=[('grant', 'bevilling'), ('negotiation', 'forhandling'), ('index', 'fremskrivning'), ('transition', 'overgang'), ('manual', 'tilføjet')], max_length=20, verbose_name='del')),
                ('section', models.CharField(blank=True, default='', max_length=20, verbose_name='paragraf')),
                ('account', models.CharField(blank=True, default='', max_length=16, verbose_name='kontostreng')),
                ('text', models.CharField(blank=True, default='', max_length=200, verbose_name='tekst')),
                ('months_ore', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=12, verbose_name='måneder i øre')),
                ('total_ore', models.BigIntegerField(verbose_name='i alt i øre')),
                ('made_ore', models.BigIntegerField(verbose_name='som beregnet i øre')),
                ('edited', models.BooleanField(default=False, verbose_name='rettet')),
                ('citizen', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.citizen', verbose_name='borger')),
                ('grant', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.versionline')),
                ('supplier', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier', verbose_name='leverandør')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='planning.budgetversion', verbose_name='budgetversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='budgetversion',
            index=models.Index(fields=['municipality', 'year', '-made_at'], name='budget_version_latest'),
        ),
        migrations.AddConstraint(
            model_name='budgetversion',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='budget_version_has_name'),
        ),
        migrations.AddConstraint(
            model_name='budgetversion',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='budget_version_year_sane'),
        ),
        migrations.AddConstraint(
            model_name='budgetversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'awaiting', 'approved', 'replaced', 'put_away'])), name='budget_version_state_known'),
        ),
        migrations.AddConstraint(
            model_name='budgetversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'replaced']), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('made_by')), _negated=True), models.Q(('decided_by', models.F('sent_by')), _negated=True)), _connector='OR'), name='budget_version_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='budgetversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('municipality', 'year', 'unit'), name='budget_version_one_approved', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_budgetversionevent" ("answer", "based_on_id", "decided_at", "decided_by_id", "goes_on", "id", "index_percent", "made_at", "made_by_id", "municipality_id", "name", "negotiations", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "state", "transitions", "unit_id", "year") SELECT new_values."answer", new_values."based_on_id", new_values."decided_at", new_values."decided_by_id", new_values."goes_on", new_values."id", new_values."index_percent", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."name", new_values."negotiations", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."state", new_values."transitions", new_values."unit_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5312e07395a3d006b9dedaa77affb64fa24ac71f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ca441', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_budgetversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_budgetversionevent" ("answer", "based_on_id", "decided_at", "decided_by_id", "goes_on", "id", "index_percent", "made_at", "made_by_id", "municipality_id", "name", "negotiations", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "state", "transitions", "unit_id", "year") SELECT new_values."answer", new_values."based_on_id", new_values."decided_at", new_values."decided_by_id", new_values."goes_on", new_values."id", new_values."index_percent", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."name", new_values."negotiations", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."state", new_values."transitions", new_values."unit_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c18bc6393e2c4eae7c32e8c5312c0ee66aafda3b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d3916', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_budgetversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_budgetversionevent" ("answer", "based_on_id", "decided_at", "decided_by_id", "goes_on", "id", "index_percent", "made_at", "made_by_id", "municipality_id", "name", "negotiations", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "state", "transitions", "unit_id", "year") SELECT old_values."answer", old_values."based_on_id", old_values."decided_at", old_values."decided_by_id", old_values."goes_on", old_values."id", old_values."index_percent", old_values."made_at", old_values."made_by_id", old_values."municipality_id", old_values."name", old_values."negotiations", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."sent_at", old_values."sent_by_id", old_values."state", old_values."transitions", old_values."unit_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6f90fff69c11b6a261a79ec7d6d64eea4c8ae4ac', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_21366', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_budgetversion', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='versionline',
            index=models.Index(fields=['version', 'section'], name='version_line_by_section'),
        ),
        migrations.AddConstraint(
            model_name='versionline',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['grant', 'negotiation', 'index', 'transition', 'manual'])), name='version_line_part_known'),
        ),
        migrations.AddConstraint(
            model_name='versionline',
            constraint=models.CheckConstraint(condition=models.Q(('account', ''), ('account__regex', '^[0-9]{16}$'), _connector='OR'), name='version_line_account_is_digits'),
        ),
        migrations.AddConstraint(
            model_name='versionline',
            constraint=models.CheckConstraint(condition=models.Q(('months_ore__len', 12)), name='version_line_twelve_months'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='versionline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_versionlineevent" ("account", "citizen_id", "edited", "grant_id", "id", "made_ore", "months_ore", "municipality_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "supplier_id", "text", "total_ore", "unit_id", "version_id") SELECT new_values."account", new_values."citizen_id", new_values."edited", new_values."grant_id", new_values."id", new_values."made_ore", new_values."months_ore", new_values."municipality_id", new_values."part", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."section", new_values."supplier_id", new_values."text", new_values."total_ore", new_values."unit_id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='022fb70db117d00df5b295a6d3b7f944598d96e0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7aee3', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_versionline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='versionline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_versionlineevent" ("account", "citizen_id", "edited", "grant_id", "id", "made_ore", "months_ore", "municipality_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "supplier_id", "text", "total_ore", "unit_id", "version_id") SELECT new_values."account", new_values."citizen_id", new_values."edited", new_values."grant_id", new_values."id", new_values."made_ore", new_values."months_ore", new_values."municipality_id", new_values."part", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."section", new_values."supplier_id", new_values."text", new_values."total_ore", new_values."unit_id", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9df82e2510e1e717eefe78b5d4dc95579f221aca', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3d84f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_versionline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='versionline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_versionlineevent" ("account", "citizen_id", "edited", "grant_id", "id", "made_ore", "months_ore", "municipality_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "supplier_id", "text", "total_ore", "unit_id", "version_id") SELECT old_values."account", old_values."citizen_id", old_values."edited", old_values."grant_id", old_values."id", old_values."made_ore", old_values."months_ore", old_values."municipality_id", old_values."part", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."section", old_values."supplier_id", old_values."text", old_values."total_ore", old_values."unit_id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cc4df1aaa29266f131d5842a578e760dfd6e4e8b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_693e0', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_versionline', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='linenote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='line_note_says_something'),
        ),
        migrations.AddConstraint(
            model_name='linenote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('after_ore__isnull', True), ('before_ore__isnull', True)), models.Q(('after_ore__isnull', False), ('before_ore__isnull', False)), _connector='OR'), name='line_note_before_and_after'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linenote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_linenoteevent" ("after_ore", "before_ore", "id", "line_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "written_at", "written_by_id") SELECT new_values."after_ore", new_values."before_ore", new_values."id", new_values."line_id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."text", new_values."unit_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='01a548d4460070dda63294246477a0ac04d4bcfb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bf018', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_linenote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linenote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_linenoteevent" ("after_ore", "before_ore", "id", "line_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "written_at", "written_by_id") SELECT new_values."after_ore", new_values."before_ore", new_values."id", new_values."line_id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."text", new_values."unit_id", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c881ce5c6b09058da63572561c54e2da44ef2882', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_662c0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_linenote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linenote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_linenoteevent" ("after_ore", "before_ore", "id", "line_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "unit_id", "written_at", "written_by_id") SELECT old_values."after_ore", old_values."before_ore", old_values."id", old_values."line_id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."text", old_values."unit_id", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bc06ce21fb4500205bbf5087dde8f0ab8a4ce2ee', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a4135', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_linenote', when='AFTER')),
        ),
    ]
