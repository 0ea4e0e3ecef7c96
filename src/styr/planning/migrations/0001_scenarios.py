"""Scenarios, their changes, and the negotiations that come of them."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0014_programs'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('suppliers', '0005_confirmed_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlannedNegotiation',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('rate', 'Takster op eller ned'), ('special', 'Særtakster fjernes eller aftrappes'), ('hours', 'Timer op eller ned'), ('end', 'Bevillinger stoppes'), ('index', 'Fremskrivning hvert år'), ('move', 'Borgere flyttes til et andet tilbud'), ('arrivals', 'Nye borgere kommer til')], max_length=20, verbose_name='ændring')),
                ('from_month', models.DateField(verbose_name='fra måned')),
                ('section', models.CharField(blank=True, default='', max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=40, verbose_name='ydelse')),
                ('grant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='bevillinger')),
                ('percent', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='procent')),
                ('months', models.IntegerField(default=1, verbose_name='måneder')),
                ('price', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='pris')),
                ('count', models.IntegerField(default=0, verbose_name='borgere pr. måned')),
                ('until', models.DateField(null=True, verbose_name='tilgang til (eksklusiv)')),
                ('title', models.CharField(max_length=200, verbose_name='emne')),
                ('status', models.CharField(choices=[('planned', 'planlagt'), ('dropped', 'opgivet'), ('closed', 'afsluttet')], default='planned', max_length=20, verbose_name='status')),
                ('first_year_ore', models.BigIntegerField(verbose_name='forventet virkning i første år, øre')),
                ('full_year_ore', models.BigIntegerField(verbose_name='forventet virkning på et helt år, øre')),
                ('planned_at', models.DateTimeField(verbose_name='planlagt')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='planlagt af')),
                ('provider_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.providerunit', verbose_name='tilbud')),
                ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier', verbose_name='leverandør')),
                ('to_provider_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.providerunit', verbose_name='til tilbud')),
                ('touched_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'planlagt forhandling',
                'verbose_name_plural': 'planlagte forhandlinger',
            },
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('note', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                ('shared', models.CharField(choices=[('private', 'kun mig'), ('unit', 'min enhed'), ('municipality', 'hele kommunen')], default='private', max_length=20, verbose_name='deles med')),
                ('goes_on', models.BooleanField(default=True, verbose_name='bevillinger fortsætter efter deres slutdato')),
                ('made_at', models.DateTimeField(verbose_name='oprettet')),
                ('changed_at', models.DateTimeField(verbose_name='ændret')),
                ('put_away_at', models.DateTimeField(null=True, verbose_name='lagt væk')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ejer')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='delt med enhed')),
            ],
            options={
                'verbose_name': 'scenarie',
                'verbose_name_plural': 'scenarier',
            },
        ),
        migrations.CreateModel(
            name='PlannedNegotiationEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('rate', 'Takster op eller ned'), ('special', 'Særtakster fjernes eller aftrappes'), ('hours', 'Timer op eller ned'), ('end', 'Bevillinger stoppes'), ('index', 'Fremskrivning hvert år'), ('move', 'Borgere flyttes til et andet tilbud'), ('arrivals', 'Nye borgere kommer til')], max_length=20, verbose_name='ændring')),
                ('from_month', models.DateField(verbose_name='fra måned')),
                ('section', models.CharField(blank=True, default='', max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=40, verbose_name='ydelse')),
                ('grant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='bevillinger')),
                ('percent', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='procent')),
                ('months', models.IntegerField(default=1, verbose_name='måneder')),
                ('price', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='pris')),
                ('count', models.IntegerField(default=0, verbose_name='borgere pr. måned')),
                ('until', models.DateField(null=True, verbose_name='tilgang til (eksklusiv)')),
                ('title', models.CharField(max_length=200, verbose_name='emne')),
                ('status', models.CharField(choices=[('planned', 'planlagt'), ('dropped', 'opgivet'), ('closed', 'afsluttet')], default='planned', max_length=20, verbose_name='status')),
                ('first_year_ore', models.BigIntegerField(verbose_name='forventet virkning i første år, øre')),
                ('full_year_ore', models.BigIntegerField(verbose_name='forventet virkning på et helt år, øre')),
                ('planned_at', models.DateTimeField(verbose_name='planlagt')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.plannednegotiation')),
                ('planned_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='planlagt af')),
                ('provider_unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.providerunit', verbose_name='tilbud')),
                ('supplier', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier', verbose_name='leverandør')),
                ('to_provider_unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.providerunit', verbose_name='til tilbud')),
                ('touched_unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('scenario', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='planning.scenario', verbose_name='scenarie')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='plannednegotiation',
            name='scenario',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='negotiations', to='planning.scenario', verbose_name='scenarie'),
        ),
        migrations.CreateModel(
            name='ScenarioChange',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('rate', 'Takster op eller ned'), ('special', 'Særtakster fjernes eller aftrappes'), ('hours', 'Timer op eller ned'), ('end', 'Bevillinger stoppes'), ('index', 'Fremskrivning hvert år'), ('move', 'Borgere flyttes til et andet tilbud'), ('arrivals', 'Nye borgere kommer til')], max_length=20, verbose_name='ændring')),
                ('from_month', models.DateField(verbose_name='fra måned')),
                ('section', models.CharField(blank=True, default='', max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=40, verbose_name='ydelse')),
                ('grant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='bevillinger')),
                ('percent', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='procent')),
                ('months', models.IntegerField(default=1, verbose_name='måneder')),
                ('price', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='pris')),
                ('count', models.IntegerField(default=0, verbose_name='borgere pr. måned')),
                ('until', models.DateField(null=True, verbose_name='tilgang til (eksklusiv)')),
                ('place', models.IntegerField(verbose_name='plads')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('provider_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.providerunit', verbose_name='tilbud')),
                ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='planning.scenario', verbose_name='scenarie')),
                ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier', verbose_name='leverandør')),
                ('to_provider_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.providerunit', verbose_name='til tilbud')),
                ('touched_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'ændring i scenarie',
                'verbose_name_plural': 'ændringer i scenarier',
            },
        ),
        migrations.CreateModel(
            name='ScenarioChangeEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('rate', 'Takster op eller ned'), ('special', 'Særtakster fjernes eller aftrappes'), ('hours', 'Timer op eller ned'), ('end', 'Bevillinger stoppes'), ('index', 'Fremskrivning hvert år'), ('move', 'Borgere flyttes til et andet tilbud'), ('arrivals', 'Nye borgere kommer til')], max_length=20, verbose_name='ændring')),
                ('from_month', models.DateField(verbose_name='fra måned')),
                ('section', models.CharField(blank=True, default='', max_length=20, verbose_name='paragraf')),
                ('service', models.CharField(blank=True, default='', max_length=40, verbose_name='ydelse')),
                ('grant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='bevillinger')),
                ('percent', models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name='procent')),
                ('months', models.IntegerField(default=1, verbose_name='måneder')),
                ('price', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='pris')),
                ('count', models.IntegerField(default=0, verbose_name='borgere pr. måned')),
                ('until', models.DateField(null=True, verbose_name='tilgang til (eksklusiv)')),
                ('place', models.IntegerField(verbose_name='plads')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.scenariochange')),
                ('provider_unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.providerunit', verbose_name='tilbud')),
                ('scenario', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='planning.scenario', verbose_name='scenarie')),
                ('supplier', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier', verbose_name='leverandør')),
                ('to_provider_unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.providerunit', verbose_name='til tilbud')),
                ('touched_unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScenarioEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('note', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                ('shared', models.CharField(choices=[('private', 'kun mig'), ('unit', 'min enhed'), ('municipality', 'hele kommunen')], default='private', max_length=20, verbose_name='deles med')),
                ('goes_on', models.BooleanField(default=True, verbose_name='bevillinger fortsætter efter deres slutdato')),
                ('made_at', models.DateTimeField(verbose_name='oprettet')),
                ('changed_at', models.DateTimeField(verbose_name='ændret')),
                ('put_away_at', models.DateTimeField(null=True, verbose_name='lagt væk')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ejer')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='planning.scenario')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='delt med enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='scenario',
            index=models.Index(fields=['municipality', '-changed_at'], name='scenario_latest'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='scenario_has_name'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(('shared__in', ['private', 'unit', 'municipality'])), name='scenario_sharing_known'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shared', 'unit'), ('unit__isnull', False)), models.Q(models.Q(('shared', 'unit'), _negated=True), ('unit__isnull', True)), _connector='OR'), name='scenario_unit_if_shared_with_it'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_scenarioevent" ("changed_at", "goes_on", "id", "made_at", "municipality_id", "name", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_away_at", "shared", "unit_id") SELECT new_values."changed_at", new_values."goes_on", new_values."id", new_values."made_at", new_values."municipality_id", new_values."name", new_values."note", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."put_away_at", new_values."shared", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4a448cff74af7aa6054317d2d1f591e2016357df', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b21d8', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_scenarioevent" ("changed_at", "goes_on", "id", "made_at", "municipality_id", "name", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_away_at", "shared", "unit_id") SELECT new_values."changed_at", new_values."goes_on", new_values."id", new_values."made_at", new_values."municipality_id", new_values."name", new_values."note", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."put_away_at", new_values."shared", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5eaa63e0b5fbd4784f91669c1fe5b56307d41f3f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_35d05', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_scenarioevent" ("changed_at", "goes_on", "id", "made_at", "municipality_id", "name", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_away_at", "shared", "unit_id") SELECT old_values."changed_at", old_values."goes_on", old_values."id", old_values."made_at", old_values."municipality_id", old_values."name", old_values."note", old_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."put_away_at", old_values."shared", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='00a9c8444f9e1859701767ef13cb25d52508abd6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f3f8f', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_scenario', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['rate', 'special', 'hours', 'end', 'index', 'move', 'arrivals'])), name='negotiation_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('from_month__day', 1)), name='negotiation_from_a_month'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('percent__gte', -100), ('percent__lte', 900)), name='negotiation_percent_sane'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 120)), name='negotiation_months_sane'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 0), ('count__lte', 10000)), name='negotiation_count_sane'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gte', 0), _connector='OR'), name='negotiation_price_sane'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='negotiation_has_title'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'dropped', 'closed'])), name='negotiation_status_known'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.CheckConstraint(condition=models.Q(('supplier__isnull', False)), name='negotiation_has_supplier'),
        ),
        migrations.AddConstraint(
            model_name='plannednegotiation',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'planned')), fields=('scenario', 'kind', 'supplier', 'unit', 'from_month'), name='negotiation_planned_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannednegotiation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_plannednegotiationevent" ("count", "first_year_ore", "from_month", "full_year_ore", "grant_ids", "id", "kind", "months", "municipality_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "price", "provider_unit_id", "scenario_id", "section", "service", "status", "supplier_id", "title", "to_provider_unit_id", "touched_unit_id", "unit_id", "until") SELECT new_values."count", new_values."first_year_ore", new_values."from_month", new_values."full_year_ore", new_values."grant_ids", new_values."id", new_values."kind", new_values."months", new_values."municipality_id", new_values."percent", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."planned_at", new_values."planned_by_id", new_values."price", new_values."provider_unit_id", new_values."scenario_id", new_values."section", new_values."service", new_values."status", new_values."supplier_id", new_values."title", new_values."to_provider_unit_id", new_values."touched_unit_id", new_values."unit_id", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='97c6712442fe865d59494db2ac4a649a74dfdcd8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_43d6b', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_plannednegotiation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannednegotiation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_plannednegotiationevent" ("count", "first_year_ore", "from_month", "full_year_ore", "grant_ids", "id", "kind", "months", "municipality_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "price", "provider_unit_id", "scenario_id", "section", "service", "status", "supplier_id", "title", "to_provider_unit_id", "touched_unit_id", "unit_id", "until") SELECT new_values."count", new_values."first_year_ore", new_values."from_month", new_values."full_year_ore", new_values."grant_ids", new_values."id", new_values."kind", new_values."months", new_values."municipality_id", new_values."percent", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."planned_at", new_values."planned_by_id", new_values."price", new_values."provider_unit_id", new_values."scenario_id", new_values."section", new_values."service", new_values."status", new_values."supplier_id", new_values."title", new_values."to_provider_unit_id", new_values."touched_unit_id", new_values."unit_id", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='04b1cf55df0622585199acbe51c878bc01c5bdeb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c6e79', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_plannednegotiation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plannednegotiation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_plannednegotiationevent" ("count", "first_year_ore", "from_month", "full_year_ore", "grant_ids", "id", "kind", "months", "municipality_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "price", "provider_unit_id", "scenario_id", "section", "service", "status", "supplier_id", "title", "to_provider_unit_id", "touched_unit_id", "unit_id", "until") SELECT old_values."count", old_values."first_year_ore", old_values."from_month", old_values."full_year_ore", old_values."grant_ids", old_values."id", old_values."kind", old_values."months", old_values."municipality_id", old_values."percent", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."planned_at", old_values."planned_by_id", old_values."price", old_values."provider_unit_id", old_values."scenario_id", old_values."section", old_values."service", old_values."status", old_values."supplier_id", old_values."title", old_values."to_provider_unit_id", old_values."touched_unit_id", old_values."unit_id", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='35f41e792369841304a880881d1acde4fe7e1d2e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ea8da', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_plannednegotiation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['rate', 'special', 'hours', 'end', 'index', 'move', 'arrivals'])), name='scenario_change_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('from_month__day', 1)), name='scenario_change_from_a_month'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('percent__gte', -100), ('percent__lte', 900)), name='scenario_change_percent_sane'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 120)), name='scenario_change_months_sane'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 0), ('count__lte', 10000)), name='scenario_change_count_sane'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gte', 0), _connector='OR'), name='scenario_change_price_sane'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('scenario', 'place'), name='scenario_change_place'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('place__gte', 0), ('place__lt', 12)), name='scenario_change_place_sane'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_scenariochangeevent" ("count", "from_month", "grant_ids", "id", "kind", "months", "municipality_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "provider_unit_id", "scenario_id", "section", "service", "supplier_id", "to_provider_unit_id", "touched_unit_id", "until") SELECT new_values."count", new_values."from_month", new_values."grant_ids", new_values."id", new_values."kind", new_values."months", new_values."municipality_id", new_values."percent", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."place", new_values."price", new_values."provider_unit_id", new_values."scenario_id", new_values."section", new_values."service", new_values."supplier_id", new_values."to_provider_unit_id", new_values."touched_unit_id", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ec93ab43423e18584bea4709fdd78407b315cbe2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_909ce', referencing='REFERENCING NEW TABLE AS new_values ', table='planning_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_scenariochangeevent" ("count", "from_month", "grant_ids", "id", "kind", "months", "municipality_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "provider_unit_id", "scenario_id", "section", "service", "supplier_id", "to_provider_unit_id", "touched_unit_id", "until") SELECT new_values."count", new_values."from_month", new_values."grant_ids", new_values."id", new_values."kind", new_values."months", new_values."municipality_id", new_values."percent", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."place", new_values."price", new_values."provider_unit_id", new_values."scenario_id", new_values."section", new_values."service", new_values."supplier_id", new_values."to_provider_unit_id", new_values."touched_unit_id", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6eee1ea5a25876529bebbe360d6a6c1faf0941dd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9d1ac', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='planning_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "planning_scenariochangeevent" ("count", "from_month", "grant_ids", "id", "kind", "months", "municipality_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "price", "provider_unit_id", "scenario_id", "section", "service", "supplier_id", "to_provider_unit_id", "touched_unit_id", "until") SELECT old_values."count", old_values."from_month", old_values."grant_ids", old_values."id", old_values."kind", old_values."months", old_values."municipality_id", old_values."percent", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."place", old_values."price", old_values."provider_unit_id", old_values."scenario_id", old_values."section", old_values."service", old_values."supplier_id", old_values."to_provider_unit_id", old_values."touched_unit_id", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='377b5238c69564256d02b20b20616f9739e0f4c0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3e180', referencing='REFERENCING OLD TABLE AS old_values ', table='planning_scenariochange', when='AFTER')),
        ),
    ]
