"""Scans read page by page, marks of quality assurance, and the drive that collects contracts."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_kept_from_nothing'),
        ('agreements', '0002_policies'),
        ('contracts', '0006_local_terms'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('suppliers', '0005_confirmed_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectionCase',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('open', 'ikke begyndt'), ('asked', 'anmodet'), ('reminded', 'rykket'), ('received', 'modtaget'), ('closed', 'afsluttet')], default='open', max_length=12, verbose_name='tilstand')),
                ('opened_at', models.DateTimeField(verbose_name='oprettet')),
                ('due_on', models.DateField(null=True, verbose_name='svarfrist')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='afsluttet')),
            ],
            options={
                'verbose_name': 'indsamlingssag',
                'verbose_name_plural': 'indsamlingssager',
            },
        ),
        migrations.CreateModel(
            name='CollectionCaseEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('state', models.CharField(choices=[('open', 'ikke begyndt'), ('asked', 'anmodet'), ('reminded', 'rykket'), ('received', 'modtaget'), ('closed', 'afsluttet')], default='open', max_length=12, verbose_name='tilstand')),
                ('opened_at', models.DateTimeField(verbose_name='oprettet')),
                ('due_on', models.DateField(null=True, verbose_name='svarfrist')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='afsluttet')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CollectionStep',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('opened', 'oprettet'), ('asked', 'anmodning sendt'), ('reminded', 'rykker sendt'), ('received', 'fil modtaget'), ('note', 'notat'), ('owner', 'ny ansvarlig'), ('closed', 'afsluttet'), ('reopened', 'genoptaget')], max_length=12, verbose_name='hvad')),
                ('at', models.DateTimeField(verbose_name='hvornår')),
                ('text', models.TextField(blank=True, default='', max_length=6000, verbose_name='tekst')),
            ],
            options={
                'verbose_name': 'trin i indsamling',
                'verbose_name_plural': 'trin i indsamling',
            },
        ),
        migrations.CreateModel(
            name='CollectionStepEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('opened', 'oprettet'), ('asked', 'anmodning sendt'), ('reminded', 'rykker sendt'), ('received', 'fil modtaget'), ('note', 'notat'), ('owner', 'ny ansvarlig'), ('closed', 'afsluttet'), ('reopened', 'genoptaget')], max_length=12, verbose_name='hvad')),
                ('at', models.DateTimeField(verbose_name='hvornår')),
                ('text', models.TextField(blank=True, default='', max_length=6000, verbose_name='tekst')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QualityMark',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('assured_on', models.DateField(verbose_name='kvalitetssikret')),
                ('source', models.CharField(max_length=200, verbose_name='på grundlag af')),
            ],
            options={
                'verbose_name': 'kvalitetssikring',
                'verbose_name_plural': 'kvalitetssikringer',
            },
        ),
        migrations.CreateModel(
            name='QualityMarkEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('assured_on', models.DateField(verbose_name='kvalitetssikret')),
                ('source', models.CharField(max_length=200, verbose_name='på grundlag af')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScannedPage',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('number', models.IntegerField(verbose_name='side')),
                ('text', models.BinaryField(verbose_name='tekst, krypteret')),
                ('picture', models.BinaryField(null=True, verbose_name='siden som PDF, krypteret')),
                ('fault', models.CharField(blank=True, default='', max_length=200, verbose_name='hvorfor den ikke kunne læses')),
            ],
            options={
                'verbose_name': 'læst scanning',
                'verbose_name_plural': 'læste scanninger',
            },
        ),
        migrations.CreateModel(
            name='ScannedPageEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('number', models.IntegerField(verbose_name='side')),
                ('fault', models.CharField(blank=True, default='', max_length=200, verbose_name='hvorfor den ikke kunne læses')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreementdocument',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreementdocument',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreementdocument',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='agreementdocument',
            name='agreement_document_once',
        ),
        migrations.RemoveConstraint(
            model_name='agreementdocument',
            name='agreement_document_read_or_told',
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='beginnings',
            field=models.JSONField(default=list, verbose_name='sider, hvor en kontrakt begynder'),
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='language',
            field=models.CharField(blank=True, default='', max_length=2, verbose_name='andet sprog end dansk'),
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='taken_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='agreements.agreementdocument', verbose_name='taget ud af'),
        ),
        migrations.AddField(
            model_name='agreementdocumentevent',
            name='beginnings',
            field=models.JSONField(default=list, verbose_name='sider, hvor en kontrakt begynder'),
        ),
        migrations.AddField(
            model_name='agreementdocumentevent',
            name='language',
            field=models.CharField(blank=True, default='', max_length=2, verbose_name='andet sprog end dansk'),
        ),
        migrations.AddField(
            model_name='agreementdocumentevent',
            name='taken_from',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.agreementdocument', verbose_name='taget ud af'),
        ),
        migrations.AlterField(
            model_name='agreementdocument',
            name='state',
            field=models.CharField(choices=[('reading', 'læses'), ('read', 'læst'), ('unreadable', 'kan ikke læses')], max_length=12, verbose_name='tilstand'),
        ),
        migrations.AlterField(
            model_name='agreementdocumentevent',
            name='state',
            field=models.CharField(choices=[('reading', 'læses'), ('read', 'læst'), ('unreadable', 'kan ikke læses')], max_length=12, verbose_name='tilstand'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementdocument',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementdocumentevent" ("beginnings", "collection_id", "contract_id", "id", "kind", "language", "macros", "message", "municipality_id", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "received_at", "received_by_id", "scanned", "sha256", "size", "state", "taken_from_id", "unit_id") SELECT new_values."beginnings", new_values."collection_id", new_values."contract_id", new_values."id", new_values."kind", new_values."language", new_values."macros", new_values."message", new_values."municipality_id", new_values."name", new_values."pages", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."playbook", new_values."received_at", new_values."received_by_id", new_values."scanned", new_values."sha256", new_values."size", new_values."state", new_values."taken_from_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6c46971e7917b6e341ac520d2c91433c685e0e4e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ccdea', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_agreementdocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementdocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementdocumentevent" ("beginnings", "collection_id", "contract_id", "id", "kind", "language", "macros", "message", "municipality_id", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "received_at", "received_by_id", "scanned", "sha256", "size", "state", "taken_from_id", "unit_id") SELECT new_values."beginnings", new_values."collection_id", new_values."contract_id", new_values."id", new_values."kind", new_values."language", new_values."macros", new_values."message", new_values."municipality_id", new_values."name", new_values."pages", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."playbook", new_values."received_at", new_values."received_by_id", new_values."scanned", new_values."sha256", new_values."size", new_values."state", new_values."taken_from_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."beginnings" IS DISTINCT FROM (new_values."beginnings") OR old_values."collection_id" IS DISTINCT FROM (new_values."collection_id") OR old_values."contract_id" IS DISTINCT FROM (new_values."contract_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."macros" IS DISTINCT FROM (new_values."macros") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."pages" IS DISTINCT FROM (new_values."pages") OR old_values."playbook" IS DISTINCT FROM (new_values."playbook") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."received_by_id" IS DISTINCT FROM (new_values."received_by_id") OR old_values."scanned" IS DISTINCT FROM (new_values."scanned") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."taken_from_id" IS DISTINCT FROM (new_values."taken_from_id") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8df926954d453ff27b93fa39107ed75190c2131b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8e88', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_agreementdocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementdocument',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_agreementdocumentevent" ("beginnings", "collection_id", "contract_id", "id", "kind", "language", "macros", "message", "municipality_id", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "received_at", "received_by_id", "scanned", "sha256", "size", "state", "taken_from_id", "unit_id") SELECT old_values."beginnings", old_values."collection_id", old_values."contract_id", old_values."id", old_values."kind", old_values."language", old_values."macros", old_values."message", old_values."municipality_id", old_values."name", old_values."pages", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."playbook", old_values."received_at", old_values."received_by_id", old_values."scanned", old_values."sha256", old_values."size", old_values."state", old_values."taken_from_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f5d74d1ca59d46da820dfb48cf60d3f0e788ede4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f78bf', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_agreementdocument', when='AFTER')),
        ),
        migrations.AddField(
            model_name='collectioncase',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='collectioncase',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig'),
        ),
        migrations.AddField(
            model_name='collectioncase',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier', verbose_name='leverandør'),
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='collection',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='agreements.collectioncase', verbose_name='indsamlingssag'),
        ),
        migrations.AddField(
            model_name='agreementdocumentevent',
            name='collection',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.collectioncase', verbose_name='indsamlingssag'),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.UniqueConstraint(fields=('municipality', 'sha256', 'contract', 'collection'), name='agreement_document_once_a_case', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['pdf', 'docx', 'text', 'picture', 'mail']), ('state__in', ['read', 'reading']), ('text__isnull', False)), models.Q(('state', 'unreadable'), ('text__isnull', True), models.Q(('message', ''), _negated=True)), _connector='OR'), name='agreement_document_read_being_read_or_told'),
        ),
        migrations.AddField(
            model_name='collectioncaseevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='collectioncaseevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig'),
        ),
        migrations.AddField(
            model_name='collectioncaseevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='collectioncaseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agreements.collectioncase'),
        ),
        migrations.AddField(
            model_name='collectioncaseevent',
            name='supplier',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier', verbose_name='leverandør'),
        ),
        migrations.AddField(
            model_name='collectionstep',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af'),
        ),
        migrations.AddField(
            model_name='collectionstep',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='agreements.collectioncase'),
        ),
        migrations.AddField(
            model_name='collectionstep',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='collectionstepevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af'),
        ),
        migrations.AddField(
            model_name='collectionstepevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.collectioncase'),
        ),
        migrations.AddField(
            model_name='collectionstepevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='collectionstepevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='collectionstepevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agreements.collectionstep'),
        ),
        migrations.AddField(
            model_name='qualitymark',
            name='assured_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af'),
        ),
        migrations.AddField(
            model_name='qualitymark',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='qualitymark',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='qualitymark',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='qualitymarkevent',
            name='assured_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af'),
        ),
        migrations.AddField(
            model_name='qualitymarkevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='kontrakt'),
        ),
        migrations.AddField(
            model_name='qualitymarkevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='qualitymarkevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='qualitymarkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agreements.qualitymark'),
        ),
        migrations.AddField(
            model_name='qualitymarkevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='scannedpage',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scanned_pages', to='agreements.agreementdocument'),
        ),
        migrations.AddField(
            model_name='scannedpage',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='scannedpage',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddField(
            model_name='scannedpageevent',
            name='document',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agreements.agreementdocument'),
        ),
        migrations.AddField(
            model_name='scannedpageevent',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='scannedpageevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='scannedpageevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agreements.scannedpage'),
        ),
        migrations.AddField(
            model_name='scannedpageevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed'),
        ),
        migrations.AddIndex(
            model_name='collectioncase',
            index=models.Index(fields=['municipality', 'state', 'due_on'], name='collection_due'),
        ),
        migrations.AddConstraint(
            model_name='collectioncase',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('municipality', 'supplier'), name='collection_one_open_a_supplier'),
        ),
        migrations.AddConstraint(
            model_name='collectioncase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='collection_closed_when_closed'),
        ),
        migrations.AddConstraint(
            model_name='collectioncase',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'asked', 'reminded', 'received', 'closed'])), name='collection_state_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectioncase',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectioncaseevent" ("closed_at", "due_on", "id", "municipality_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id") SELECT new_values."closed_at", new_values."due_on", new_values."id", new_values."municipality_id", new_values."opened_at", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."state", new_values."supplier_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8794a53bcafc62e0edad335753494622482780e6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3c8ca', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_collectioncase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectioncase',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectioncaseevent" ("closed_at", "due_on", "id", "municipality_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id") SELECT new_values."closed_at", new_values."due_on", new_values."id", new_values."municipality_id", new_values."opened_at", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."state", new_values."supplier_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d9d5288d630f245d8da14a02242fa687b4ee2ca3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b4195', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_collectioncase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectioncase',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectioncaseevent" ("closed_at", "due_on", "id", "municipality_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id") SELECT old_values."closed_at", old_values."due_on", old_values."id", old_values."municipality_id", old_values."opened_at", old_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."state", old_values."supplier_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='091b0be49eff7f03e0ffa844a563e43ef8f984ff', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_daa3d', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_collectioncase', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='collectionstep',
            index=models.Index(fields=['case', '-at'], name='collection_step_latest'),
        ),
        migrations.AddConstraint(
            model_name='collectionstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'asked', 'reminded', 'received', 'note', 'owner', 'closed', 'reopened'])), name='collection_step_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectionstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectionstepevent" ("at", "by_id", "case_id", "id", "kind", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."at", new_values."by_id", new_values."case_id", new_values."id", new_values."kind", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d2c0d9547746f7dd9d0f405a4752e06af32e0ae0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1553c', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_collectionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectionstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectionstepevent" ("at", "by_id", "case_id", "id", "kind", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."at", new_values."by_id", new_values."case_id", new_values."id", new_values."kind", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='152dfc6b2ed0d2bb2bda7a70c0190351714febdc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2a152', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_collectionstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='collectionstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_collectionstepevent" ("at", "by_id", "case_id", "id", "kind", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT old_values."at", old_values."by_id", old_values."case_id", old_values."id", old_values."kind", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dba435c4e70679c640d8890e3b513ee5884bd719', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_acd81', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_collectionstep', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='qualitymark',
            constraint=models.UniqueConstraint(fields=('contract',), name='quality_mark_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualitymark',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_qualitymarkevent" ("assured_by_id", "assured_on", "contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "unit_id") SELECT new_values."assured_by_id", new_values."assured_on", new_values."contract_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."source", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3ff6c008d140cde314ecd27f4888390a1c340b01', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5d09f', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_qualitymark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualitymark',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_qualitymarkevent" ("assured_by_id", "assured_on", "contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "unit_id") SELECT new_values."assured_by_id", new_values."assured_on", new_values."contract_id", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."source", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='842b40cfbcf353049d1fefa983700170967f6d87', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8b09f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_qualitymark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualitymark',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_qualitymarkevent" ("assured_by_id", "assured_on", "contract_id", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "unit_id") SELECT old_values."assured_by_id", old_values."assured_on", old_values."contract_id", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."source", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='25bb754eaf1b926133f9897ac66dcb55d4ce8b1e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8c7be', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_qualitymark', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='scannedpage',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='scanned_page_once'),
        ),
        migrations.AddConstraint(
            model_name='scannedpage',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='scanned_page_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scannedpage',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_scannedpageevent" ("contract_ref", "document_id", "fault", "id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."contract_ref", new_values."document_id", new_values."fault", new_values."id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='be65c2a21ae948715bfe1696b4b053b6bbf7e45e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_444e3', referencing='REFERENCING NEW TABLE AS new_values ', table='agreements_scannedpage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scannedpage',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_scannedpageevent" ("contract_ref", "document_id", "fault", "id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT new_values."contract_ref", new_values."document_id", new_values."fault", new_values."id", new_values."municipality_id", new_values."number", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."contract_ref" IS DISTINCT FROM (new_values."contract_ref") OR old_values."document_id" IS DISTINCT FROM (new_values."document_id") OR old_values."fault" IS DISTINCT FROM (new_values."fault") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8e3e3da5c31b9d7b620c7b4bb8a4583c096f0b11', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9f704', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='agreements_scannedpage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scannedpage',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "agreements_scannedpageevent" ("contract_ref", "document_id", "fault", "id", "municipality_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") SELECT old_values."contract_ref", old_values."document_id", old_values."fault", old_values."id", old_values."municipality_id", old_values."number", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='98f06b51b337c60ca9416338c38d1c3a8dbd252b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_422ed', referencing='REFERENCING OLD TABLE AS old_values ', table='agreements_scannedpage', when='AFTER')),
        ),
    ]
