"""Contracts as files: documents, what was read in them, and what people said of it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0015_quicker_scope'),
        ('contracts', '0006_local_terms'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementDocument',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=255, verbose_name='filnavn')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('kind', models.CharField(blank=True, default='', max_length=10, verbose_name='filtype')),
                ('pages', models.IntegerField(default=0, verbose_name='sider')),
                ('scanned', models.IntegerField(default=0, verbose_name='sider uden tekst')),
                ('macros', models.BooleanField(default=False, verbose_name='makroer')),
                ('state', models.CharField(choices=[('read', 'læst'), ('unreadable', 'kan ikke læses')], max_length=12, verbose_name='tilstand')),
                ('message', models.CharField(blank=True, default='', max_length=300, verbose_name='besked')),
                ('playbook', models.CharField(blank=True, default='', max_length=20, verbose_name='vilkårshåndbogens version')),
                ('content', models.BinaryField(verbose_name='indhold, krypteret')),
                ('text', models.BinaryField(null=True, verbose_name='tekst, krypteret')),
                ('received_at', models.DateTimeField(verbose_name='modtaget')),
                ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='kontrakt')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtaget af')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'kontraktdokument',
                'verbose_name_plural': 'kontraktdokumenter',
            },
        ),
        migrations.CreateModel(
            name='AgreementDocumentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('name', models.CharField(max_length=255, verbose_name='filnavn')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('kind', models.CharField(blank=True, default='', max_length=10, verbose_name='filtype')),
                ('pages', models.IntegerField(default=0, verbose_name='sider')),
                ('scanned', models.IntegerField(default=0, verbose_name='sider uden tekst')),
                ('macros', models.BooleanField(default=False, verbose_name='makroer')),
                ('state', models.CharField(choices=[('read', 'læst'), ('unreadable', 'kan ikke læses')], max_length=12, verbose_name='tilstand')),
                ('message', models.CharField(blank=True, default='', max_length=300, verbose_name='besked')),
                ('playbook', models.CharField(blank=True, default='', max_length=20, verbose_name='vilkårshåndbogens version')),
                ('received_at', models.DateTimeField(verbose_name='modtaget')),
                ('contract', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='kontrakt')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agreements.agreementdocument')),
                ('received_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtaget af')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProposedField',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('position', models.IntegerField(verbose_name='nummer')),
                ('page', models.IntegerField(verbose_name='side')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='afgjort')),
                ('name', models.CharField(max_length=30, verbose_name='felt')),
                ('value', models.CharField(max_length=200, verbose_name='foreslået værdi')),
                ('state', models.CharField(choices=[('proposed', 'foreslået'), ('confirmed', 'bekræftet'), ('corrected', 'rettet'), ('dropped', 'udeladt')], default='proposed', max_length=12, verbose_name='tilstand')),
                ('final', models.CharField(blank=True, default='', max_length=200, verbose_name='bekræftet værdi')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='agreements.agreementdocument')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'foreslået oplysning',
                'verbose_name_plural': 'foreslåede oplysninger',
            },
        ),
        migrations.CreateModel(
            name='ProposedFieldEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('position', models.IntegerField(verbose_name='nummer')),
                ('page', models.IntegerField(verbose_name='side')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='afgjort')),
                ('name', models.CharField(max_length=30, verbose_name='felt')),
                ('value', models.CharField(max_length=200, verbose_name='foreslået værdi')),
                ('state', models.CharField(choices=[('proposed', 'foreslået'), ('confirmed', 'bekræftet'), ('corrected', 'rettet'), ('dropped', 'udeladt')], default='proposed', max_length=12, verbose_name='tilstand')),
                ('final', models.CharField(blank=True, default='', max_length=200, verbose_name='bekræftet værdi')),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.agreementdocument')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agreements.proposedfield')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReviewedClause',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('position', models.IntegerField(verbose_name='nummer')),
                ('page', models.IntegerField(verbose_name='side')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='afgjort')),
                ('clause', models.CharField(max_length=30, verbose_name='vilkår')),
                ('verdict', models.CharField(max_length=10, verbose_name='vurdering')),
                ('rule', models.CharField(blank=True, default='', max_length=60, verbose_name='regel')),
                ('sentence', models.IntegerField(null=True, verbose_name='sætning')),
                ('state', models.CharField(choices=[('open', 'ikke vurderet'), ('negotiate', 'skal forhandles'), ('accepted', 'accepteret')], default='open', max_length=12, verbose_name='tilstand')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='agreements.agreementdocument')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'vurderet vilkår',
                'verbose_name_plural': 'vurderede vilkår',
            },
        ),
        migrations.CreateModel(
            name='ReviewedClauseEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('position', models.IntegerField(verbose_name='nummer')),
                ('page', models.IntegerField(verbose_name='side')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='afgjort')),
                ('clause', models.CharField(max_length=30, verbose_name='vilkår')),
                ('verdict', models.CharField(max_length=10, verbose_name='vurdering')),
                ('rule', models.CharField(blank=True, default='', max_length=60, verbose_name='regel')),
                ('sentence', models.IntegerField(null=True, verbose_name='sætning')),
                ('state', models.CharField(choices=[('open', 'ikke vurderet'), ('negotiate', 'skal forhandles'), ('accepted', 'accepteret')], default='open', max_length=12, verbose_name='tilstand')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgjort af')),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.agreementdocument')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agreements.reviewedclause')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='agreementdocument',
            index=models.Index(fields=['municipality', '-received_at'], name='agreement_document_latest'),
        ),
        migrations.AddIndex(
            model_name='agreementdocument',
            index=models.Index(fields=['contract'], name='agreement_document_contract'),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.UniqueConstraint(fields=('municipality', 'sha256', 'contract'), name='agreement_document_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['pdf', 'docx', 'text']), ('state', 'read'), ('text__isnull', False)), models.Q(('state', 'unreadable'), ('text__isnull', True), models.Q(('message', ''), _negated=True)), _connector='OR'), name='agreement_document_read_or_told'),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.CheckConstraint(condition=models.Q(('pages__gte', 0), ('scanned__gte', 0), ('scanned__lte', models.F('pages')), ('size__gt', 0)), name='agreement_document_sizes'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementdocument',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementdocumentevent" ("contract_id", "id", "kind", "macros", "message", "municipality_id", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "received_at", "received_by_id", "scanned", "sha256", "size", "state", "unit_id") SELECT new_values."contract_id", new_values."id", new_values."kind", new_values."macros", new_values."message", new_values."municipality_id", new_values."name", new_values."pages", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."playbook", new_values."received_at", new_values."received_by_id", new_values."scanned", new_values."sha256", new_values."size", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9e6543cd58b1cf1140207461877798d304a727a8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ccdea', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_agreementdocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementdocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementdocumentevent" ("contract_id", "id", "kind", "macros", "message", "municipality_id", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "received_at", "received_by_id", "scanned", "sha256", "size", "state", "unit_id") SELECT new_values."contract_id", new_values."id", new_values."kind", new_values."macros", new_values."message", new_values."municipality_id", new_values."name", new_values."pages", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."playbook", new_values."received_at", new_values."received_by_id", new_values."scanned", new_values."sha256", new_values."size", new_values."state", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."contract_id" IS DISTINCT FROM (new_values."contract_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."macros" IS DISTINCT FROM (new_values."macros") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."pages" IS DISTINCT FROM (new_values."pages") OR old_values."playbook" IS DISTINCT FROM (new_values."playbook") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."received_by_id" IS DISTINCT FROM (new_values."received_by_id") OR old_values."scanned" IS DISTINCT FROM (new_values."scanned") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2c46cdefc9b87bb137eeaef84e9bfe100869f1fc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8e88', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_agreementdocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementdocument',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementdocumentevent" ("contract_id", "id", "kind", "macros", "message", "municipality_id", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "received_at", "received_by_id", "scanned", "sha256", "size", "state", "unit_id") SELECT old_values."contract_id", old_values."id", old_values."kind", old_values."macros", old_values."message", old_values."municipality_id", old_values."name", old_values."pages", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."playbook", old_values."received_at", old_values."received_by_id", old_values."scanned", old_values."sha256", old_values."size", old_values."state", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ede585c2e2a2b95404ba651a911f249b324ef303', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f78bf', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_agreementdocument', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='proposedfield',
            constraint=models.UniqueConstraint(fields=('document', 'position'), name='proposed_field_position_once'),
        ),
        migrations.AddConstraint(
            model_name='proposedfield',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'confirmed', 'corrected', 'dropped'])), name='proposed_field_state_known'),
        ),
        migrations.AddConstraint(
            model_name='proposedfield',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='proposed_field_decided_by_someone'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedfield',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_proposedfieldevent" ("contract_ref", "decided_at", "decided_by_id", "document_id", "final", "id", "municipality_id", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "state", "unit_id", "value") SELECT new_values."contract_ref", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."final", new_values."id", new_values."municipality_id", new_values."name", new_values."page", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."state", new_values."unit_id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0fabc67b56ee10ae34bdefa1c930f5f915181b4a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1882f', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_proposedfield', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedfield',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_proposedfieldevent" ("contract_ref", "decided_at", "decided_by_id", "document_id", "final", "id", "municipality_id", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "state", "unit_id", "value") SELECT new_values."contract_ref", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."final", new_values."id", new_values."municipality_id", new_values."name", new_values."page", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."state", new_values."unit_id", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f765948cda21c58878c4340cdd5b35b2421d2963', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e2a19', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_proposedfield', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedfield',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_proposedfieldevent" ("contract_ref", "decided_at", "decided_by_id", "document_id", "final", "id", "municipality_id", "name", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "state", "unit_id", "value") SELECT old_values."contract_ref", old_values."decided_at", old_values."decided_by_id", old_values."document_id", old_values."final", old_values."id", old_values."municipality_id", old_values."name", old_values."page", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."state", old_values."unit_id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='158d332ddbba6ecd38233f9ec705c65db93112f1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2a774', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_proposedfield', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reviewedclause',
            constraint=models.UniqueConstraint(fields=('document', 'position'), name='reviewed_clause_position_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewedclause',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'negotiate', 'accepted'])), name='reviewed_clause_state_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewedclause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='reviewed_clause_decided_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='reviewedclause',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['ok', 'missing', 'red'])), name='reviewed_clause_verdict_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewedclause',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_reviewedclauseevent" ("clause", "contract_ref", "decided_at", "decided_by_id", "document_id", "id", "municipality_id", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rule", "sentence", "state", "unit_id", "verdict") SELECT new_values."clause", new_values."contract_ref", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."id", new_values."municipality_id", new_values."note", new_values."page", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."rule", new_values."sentence", new_values."state", new_values."unit_id", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='96e10c1ba1bf9297fa208ab1877a6c59d9a78f0a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9e3c3', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_reviewedclause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewedclause',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_reviewedclauseevent" ("clause", "contract_ref", "decided_at", "decided_by_id", "document_id", "id", "municipality_id", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rule", "sentence", "state", "unit_id", "verdict") SELECT new_values."clause", new_values."contract_ref", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."id", new_values."municipality_id", new_values."note", new_values."page", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."rule", new_values."sentence", new_values."state", new_values."unit_id", new_values."verdict" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1617970d61ad7357d617fe9353aa5f6d59856dc3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_76cae', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_reviewedclause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewedclause',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_reviewedclauseevent" ("clause", "contract_ref", "decided_at", "decided_by_id", "document_id", "id", "municipality_id", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rule", "sentence", "state", "unit_id", "verdict") SELECT old_values."clause", old_values."contract_ref", old_values."decided_at", old_values."decided_by_id", old_values."document_id", old_values."id", old_values."municipality_id", old_values."note", old_values."page", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."rule", old_values."sentence", old_values."state", old_values."unit_id", old_values."verdict" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c592066a7a76d9d5baebd798e6c229195a3b390d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_16ecf', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_reviewedclause', when='AFTER')),
        ),
    ]
