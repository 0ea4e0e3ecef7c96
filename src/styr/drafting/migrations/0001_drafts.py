"""Templates and drafts of contracts: versions, steps, checklist, the signed file."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import styr.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0017_contract_limits'),
        ('contracts', '0006_local_terms'),
        ('grants', '0010_account_rules'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContractDraft',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('facts', models.BinaryField(verbose_name='oplysninger, krypteret')),
                ('state', models.CharField(choices=[('work', 'hos os'), ('out', 'hos leverandøren'), ('approval', 'til godkendelse'), ('approved', 'godkendt'), ('ready', 'til underskrift'), ('signed', 'underskrevet'), ('given_up', 'opgivet')], default='work', max_length=12, verbose_name='tilstand')),
                ('latest', models.IntegerField(default=0, verbose_name='seneste udgave')),
                ('made_at', models.DateTimeField(verbose_name='oprettet')),
                ('changed_at', models.DateTimeField(verbose_name='ændret')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='kontrakt')),
                ('grant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'kontraktudkast',
                'verbose_name_plural': 'kontraktudkast',
            },
        ),
        migrations.CreateModel(
            name='ContractTemplate',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'kontraktskabelon',
                'verbose_name_plural': 'kontraktskabeloner',
            },
        ),
        migrations.CreateModel(
            name='ContractTemplateEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.contracttemplate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DraftStep',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('kind', models.CharField(choices=[('made', 'Udkast dannet af skabelonen'), ('revised', 'Ny udgave fra os'), ('sent', 'Sendt til leverandøren'), ('received', 'Udgave modtaget fra leverandøren'), ('submitted', 'Sendt til godkendelse'), ('approved_amount', 'Beløbet godkendt'), ('approved_terms', 'Afvigelserne godkendt'), ('sent_back', 'Sendt tilbage'), ('ready', 'Kvalitetssikret og sendt til underskrift'), ('called_back', 'Trukket tilbage fra underskrift'), ('signed', 'Underskrevet'), ('given_up', 'Opgivet')], max_length=20, verbose_name='trin')),
                ('note', models.CharField(blank=True, default='', max_length=500, verbose_name='bemærkning')),
                ('year_ore', models.BigIntegerField(null=True, verbose_name='beløb pr. år i øre')),
                ('limit_ore', models.BigIntegerField(null=True, verbose_name='beløbsgrænse i øre')),
                ('deviations', models.IntegerField(null=True, verbose_name='afvigelser')),
                ('taken_at', models.DateTimeField(verbose_name='tidspunkt')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='drafting.contractdraft', verbose_name='udkast')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'trin i udkast',
                'verbose_name_plural': 'trin i udkast',
            },
        ),
        migrations.CreateModel(
            name='DraftVersion',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('number', models.IntegerField(verbose_name='udgave')),
                ('party', models.CharField(choices=[('ours', 'vores'), ('theirs', 'leverandørens')], max_length=10, verbose_name='part')),
                ('name', models.CharField(max_length=255, verbose_name='filnavn')),
                ('kind', models.CharField(max_length=10, verbose_name='filtype')),
                ('content', models.BinaryField(verbose_name='indhold, krypteret')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('read', models.BinaryField(verbose_name='tekst og vurdering, krypteret')),
                ('red', models.IntegerField(verbose_name='risici')),
                ('missing', models.IntegerField(verbose_name='mangler')),
                ('playbook', models.CharField(max_length=20, verbose_name='vilkårshåndbogens version')),
                ('pdf', models.BinaryField(null=True, verbose_name='PDF, krypteret')),
                ('redline', models.BinaryField(null=True, verbose_name='rettelser, krypteret')),
                ('making', models.CharField(choices=[('waiting', 'dannes'), ('done', 'dannet'), ('failed', 'kunne ikke dannes')], default='waiting', max_length=10, verbose_name='dannelse')),
                ('message', models.CharField(blank=True, default='', max_length=300, verbose_name='besked')),
                ('made_at', models.DateTimeField(verbose_name='modtaget')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='drafting.contractdraft', verbose_name='udkast')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt ind af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'udgave',
                'verbose_name_plural': 'udgaver',
            },
        ),
        migrations.CreateModel(
            name='DraftStepEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('kind', models.CharField(choices=[('made', 'Udkast dannet af skabelonen'), ('revised', 'Ny udgave fra os'), ('sent', 'Sendt til leverandøren'), ('received', 'Udgave modtaget fra leverandøren'), ('submitted', 'Sendt til godkendelse'), ('approved_amount', 'Beløbet godkendt'), ('approved_terms', 'Afvigelserne godkendt'), ('sent_back', 'Sendt tilbage'), ('ready', 'Kvalitetssikret og sendt til underskrift'), ('called_back', 'Trukket tilbage fra underskrift'), ('signed', 'Underskrevet'), ('given_up', 'Opgivet')], max_length=20, verbose_name='trin')),
                ('note', models.CharField(blank=True, default='', max_length=500, verbose_name='bemærkning')),
                ('year_ore', models.BigIntegerField(null=True, verbose_name='beløb pr. år i øre')),
                ('limit_ore', models.BigIntegerField(null=True, verbose_name='beløbsgrænse i øre')),
                ('deviations', models.IntegerField(null=True, verbose_name='afvigelser')),
                ('taken_at', models.DateTimeField(verbose_name='tidspunkt')),
                ('draft', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='drafting.contractdraft', verbose_name='udkast')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.draftstep')),
                ('taken_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='af')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('version', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='drafting.draftversion', verbose_name='udgave')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='draftstep',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='drafting.draftversion', verbose_name='udgave'),
        ),
        migrations.CreateModel(
            name='DraftVersionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('number', models.IntegerField(verbose_name='udgave')),
                ('party', models.CharField(choices=[('ours', 'vores'), ('theirs', 'leverandørens')], max_length=10, verbose_name='part')),
                ('name', models.CharField(max_length=255, verbose_name='filnavn')),
                ('kind', models.CharField(max_length=10, verbose_name='filtype')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('red', models.IntegerField(verbose_name='risici')),
                ('missing', models.IntegerField(verbose_name='mangler')),
                ('playbook', models.CharField(max_length=20, verbose_name='vilkårshåndbogens version')),
                ('making', models.CharField(choices=[('waiting', 'dannes'), ('done', 'dannet'), ('failed', 'kunne ikke dannes')], default='waiting', max_length=10, verbose_name='dannelse')),
                ('message', models.CharField(blank=True, default='', max_length=300, verbose_name='besked')),
                ('made_at', models.DateTimeField(verbose_name='modtaget')),
                ('draft', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='drafting.contractdraft', verbose_name='udkast')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt ind af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.draftversion')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnParty',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('cvr', models.CharField(max_length=8, verbose_name='CVR-nummer')),
                ('ean', models.CharField(blank=True, default='', max_length=13, verbose_name='EAN-nummer')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'kommunen som part',
                'verbose_name_plural': 'kommunen som part',
            },
        ),
        migrations.CreateModel(
            name='OwnPartyEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('cvr', models.CharField(max_length=8, verbose_name='CVR-nummer')),
                ('ean', models.CharField(blank=True, default='', max_length=13, verbose_name='EAN-nummer')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.ownparty')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QualityAnswer',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('code', models.CharField(max_length=40, verbose_name='punkt')),
                ('answer', models.CharField(choices=[('yes', 'i orden'), ('not_relevant', 'ikke relevant')], max_length=20, verbose_name='svar')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('answered_at', models.DateTimeField(verbose_name='besvaret')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvaret af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='drafting.draftversion', verbose_name='udgave')),
            ],
            options={
                'verbose_name': 'kvalitetssikring',
                'verbose_name_plural': 'kvalitetssikring',
            },
        ),
        migrations.CreateModel(
            name='QualityAnswerEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('code', models.CharField(max_length=40, verbose_name='punkt')),
                ('answer', models.CharField(choices=[('yes', 'i orden'), ('not_relevant', 'ikke relevant')], max_length=20, verbose_name='svar')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('answered_at', models.DateTimeField(verbose_name='besvaret')),
                ('answered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvaret af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.qualityanswer')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='drafting.draftversion', verbose_name='udgave')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignedFile',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('name', models.CharField(max_length=255, verbose_name='filnavn')),
                ('content', models.BinaryField(verbose_name='indhold, krypteret')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('standing', models.CharField(choices=[('valid', 'gyldig underskrift'), ('unknown_issuer', 'ukendt udsteder'), ('unsigned', 'ingen elektronisk underskrift'), ('broken', 'ændret efter underskrift')], max_length=20, verbose_name='underskrifternes værdi')),
                ('signatures', models.JSONField(default=list, verbose_name='underskrifter')),
                ('differences', models.IntegerField(null=True, verbose_name='ændrede sætninger')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('signed_on', models.DateField(verbose_name='underskrevet')),
                ('received_at', models.DateTimeField(verbose_name='modtaget')),
                ('draft', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signed', to='drafting.contractdraft', verbose_name='udkast')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtaget af')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'underskrevet kontrakt',
                'verbose_name_plural': 'underskrevne kontrakter',
            },
        ),
        migrations.CreateModel(
            name='SignedFileEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('contract_ref', models.UUIDField(verbose_name='kontrakt')),
                ('name', models.CharField(max_length=255, verbose_name='filnavn')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('standing', models.CharField(choices=[('valid', 'gyldig underskrift'), ('unknown_issuer', 'ukendt udsteder'), ('unsigned', 'ingen elektronisk underskrift'), ('broken', 'ændret efter underskrift')], max_length=20, verbose_name='underskrifternes værdi')),
                ('signatures', models.JSONField(default=list, verbose_name='underskrifter')),
                ('differences', models.IntegerField(null=True, verbose_name='ændrede sætninger')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='bemærkning')),
                ('signed_on', models.DateField(verbose_name='underskrevet')),
                ('received_at', models.DateTimeField(verbose_name='modtaget')),
                ('draft', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='drafting.contractdraft', verbose_name='udkast')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.signedfile')),
                ('received_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtaget af')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField(verbose_name='version')),
                ('origin', models.CharField(max_length=255, verbose_name='kilde')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='hvad der er ændret')),
                ('content', models.BinaryField(verbose_name='indhold, krypteret')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('faults', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), default=list, size=None, verbose_name='fejl')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='fletfelter')),
                ('state', models.CharField(choices=[('faulty', 'har fejl'), ('clean', 'klar til brug'), ('in_use', 'i brug'), ('retired', 'afløst')], max_length=12, verbose_name='tilstand')),
                ('made_at', models.DateTimeField(verbose_name='modtaget')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='taget i brug')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtaget af')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taget i brug af')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='drafting.contracttemplate', verbose_name='skabelon')),
            ],
            options={
                'verbose_name': 'skabelonversion',
                'verbose_name_plural': 'skabelonversioner',
            },
        ),
        migrations.CreateModel(
            name='ContractDraftEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('state', models.CharField(choices=[('work', 'hos os'), ('out', 'hos leverandøren'), ('approval', 'til godkendelse'), ('approved', 'godkendt'), ('ready', 'til underskrift'), ('signed', 'underskrevet'), ('given_up', 'opgivet')], default='work', max_length=12, verbose_name='tilstand')),
                ('latest', models.IntegerField(default=0, verbose_name='seneste udgave')),
                ('made_at', models.DateTimeField(verbose_name='oprettet')),
                ('changed_at', models.DateTimeField(verbose_name='ændret')),
                ('contract', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='kontrakt')),
                ('grant', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.grant', verbose_name='bevilling')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.contractdraft')),
                ('unit', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.unit', verbose_name='enhed')),
                ('template_version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='drafting.templateversion', verbose_name='skabelonversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='contractdraft',
            name='template_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='drafting.templateversion', verbose_name='skabelonversion'),
        ),
        migrations.CreateModel(
            name='TemplateVersionEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, serialize=False)),
                ('number', models.IntegerField(verbose_name='version')),
                ('origin', models.CharField(max_length=255, verbose_name='kilde')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='hvad der er ændret')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
                ('size', models.IntegerField(verbose_name='bytes')),
                ('faults', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), default=list, size=None, verbose_name='fejl')),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='fletfelter')),
                ('state', models.CharField(choices=[('faulty', 'har fejl'), ('clean', 'klar til brug'), ('in_use', 'i brug'), ('retired', 'afløst')], max_length=12, verbose_name='tilstand')),
                ('made_at', models.DateTimeField(verbose_name='modtaget')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='taget i brug')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modtaget af')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='drafting.templateversion')),
                ('taken_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taget i brug af')),
                ('template', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='drafting.contracttemplate', verbose_name='skabelon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='contracttemplate',
            constraint=models.UniqueConstraint(fields=('municipality', 'code'), name='contract_template_code_unique'),
        ),
        migrations.AddConstraint(
            model_name='contracttemplate',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='contract_template_has_title'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contracttemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_contracttemplateevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") SELECT new_values."code", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99d1c5de9155673441f036ca5c671d59b6f57eea', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d6377', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_contracttemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contracttemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_contracttemplateevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") SELECT new_values."code", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bdd12b7e0cccbb80a2fc0b756d6641a76faee8c0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1ec2e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_contracttemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contracttemplate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_contracttemplateevent" ("code", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") SELECT old_values."code", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='32b0a4826cb3d9f65a06290e24c266341de551aa', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_32757', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_contracttemplate', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='draftversion',
            constraint=models.UniqueConstraint(fields=('draft', 'number'), name='draft_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='draftversion',
            constraint=models.CheckConstraint(condition=models.Q(('making__in', ['waiting', 'done', 'failed']), ('party__in', ['ours', 'theirs'])), name='draft_version_codes_known'),
        ),
        migrations.AddConstraint(
            model_name='draftversion',
            constraint=models.CheckConstraint(condition=models.Q(('missing__gte', 0), ('number__gt', 0), ('red__gte', 0), ('size__gt', 0)), name='draft_version_numbers'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftversionevent" ("contract_ref", "draft_id", "id", "kind", "made_at", "made_by_id", "making", "message", "missing", "municipality_id", "name", "number", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "red", "sha256", "size", "unit_id") SELECT new_values."contract_ref", new_values."draft_id", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."making", new_values."message", new_values."missing", new_values."municipality_id", new_values."name", new_values."number", new_values."party", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."playbook", new_values."red", new_values."sha256", new_values."size", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='42c1d8f872c714bf7ae74722c89861dc7da0853d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2590c', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_draftversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftversionevent" ("contract_ref", "draft_id", "id", "kind", "made_at", "made_by_id", "making", "message", "missing", "municipality_id", "name", "number", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "red", "sha256", "size", "unit_id") SELECT new_values."contract_ref", new_values."draft_id", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."making", new_values."message", new_values."missing", new_values."municipality_id", new_values."name", new_values."number", new_values."party", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."playbook", new_values."red", new_values."sha256", new_values."size", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."contract_ref" IS DISTINCT FROM (new_values."contract_ref") OR old_values."draft_id" IS DISTINCT FROM (new_values."draft_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."making" IS DISTINCT FROM (new_values."making") OR old_values."message" IS DISTINCT FROM (new_values."message") OR old_values."missing" IS DISTINCT FROM (new_values."missing") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."party" IS DISTINCT FROM (new_values."party") OR old_values."playbook" IS DISTINCT FROM (new_values."playbook") OR old_values."red" IS DISTINCT FROM (new_values."red") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77e9dd0c22982542090524d7bab4cc9c9e98d0b4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5f0e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_draftversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftversionevent" ("contract_ref", "draft_id", "id", "kind", "made_at", "made_by_id", "making", "message", "missing", "municipality_id", "name", "number", "party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "playbook", "red", "sha256", "size", "unit_id") SELECT old_values."contract_ref", old_values."draft_id", old_values."id", old_values."kind", old_values."made_at", old_values."made_by_id", old_values."making", old_values."message", old_values."missing", old_values."municipality_id", old_values."name", old_values."number", old_values."party", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."playbook", old_values."red", old_values."sha256", old_values."size", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='275db352f52507da48ea01e804f769e3c1f8f264', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d2f33', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_draftversion', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='draftstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['made', 'revised', 'sent', 'received', 'submitted', 'approved_amount', 'approved_terms', 'sent_back', 'ready', 'called_back', 'signed', 'given_up'])), name='draft_step_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='draftstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['sent_back', 'given_up']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='draft_step_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftstepevent" ("contract_ref", "deviations", "draft_id", "id", "kind", "limit_ore", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "unit_id", "version_id", "year_ore") SELECT new_values."contract_ref", new_values."deviations", new_values."draft_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."version_id", new_values."year_ore" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fb279c4f863be7af1f508c0399de0007996ed927', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_957dd', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_draftstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftstepevent" ("contract_ref", "deviations", "draft_id", "id", "kind", "limit_ore", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "unit_id", "version_id", "year_ore") SELECT new_values."contract_ref", new_values."deviations", new_values."draft_id", new_values."id", new_values."kind", new_values."limit_ore", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."taken_at", new_values."taken_by_id", new_values."unit_id", new_values."version_id", new_values."year_ore" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c565bf1bec40968f8c42ff131878f966a40678ac', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_00253', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_draftstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draftstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_draftstepevent" ("contract_ref", "deviations", "draft_id", "id", "kind", "limit_ore", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taken_at", "taken_by_id", "unit_id", "version_id", "year_ore") SELECT old_values."contract_ref", old_values."deviations", old_values."draft_id", old_values."id", old_values."kind", old_values."limit_ore", old_values."municipality_id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."taken_at", old_values."taken_by_id", old_values."unit_id", old_values."version_id", old_values."year_ore" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='af88dec08037ae53251852c1ba69177ea8c24ad3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_172a6', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_draftstep', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ownparty',
            constraint=models.UniqueConstraint(fields=('municipality',), name='own_party_once'),
        ),
        migrations.AddConstraint(
            model_name='ownparty',
            constraint=models.CheckConstraint(condition=models.Q(('cvr__regex', '^[1-9][0-9]{7}$')), name='own_party_cvr'),
        ),
        migrations.AddConstraint(
            model_name='ownparty',
            constraint=models.CheckConstraint(condition=models.Q(('ean', ''), ('ean__regex', '^[0-9]{13}$'), _connector='OR'), name='own_party_ean'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownparty',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_ownpartyevent" ("cvr", "ean", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cvr", new_values."ean", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9919e5e9fa9f1c90019bed4d6a3b9fddd35d3813', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dc5d1', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_ownparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownparty',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_ownpartyevent" ("cvr", "ean", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cvr", new_values."ean", new_values."id", new_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3bf9633eebe3015ebc90c2b3ff925474a4bfd649', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e717a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_ownparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownparty',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_ownpartyevent" ("cvr", "ean", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."cvr", old_values."ean", old_values."id", old_values."municipality_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6e8603c025eb03c65fd8a62c109116502114ea47', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_da36e', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_ownparty', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='qualityanswer',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='quality_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='qualityanswer',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['yes', 'not_relevant'])), name='quality_answer_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualityanswer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_qualityanswerevent" ("answer", "answered_at", "answered_by_id", "code", "contract_ref", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."code", new_values."contract_ref", new_values."id", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."unit_id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5edcdc6649b46c1f74f93e4abc8d4392f9c87d6b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0f393', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_qualityanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualityanswer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_qualityanswerevent" ("answer", "answered_at", "answered_by_id", "code", "contract_ref", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."code", new_values."contract_ref", new_values."id", new_values."municipality_id", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."unit_id", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='25660d5436c645af7b04539c9cf8328cd0c3cf73', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c7a8f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_qualityanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='qualityanswer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_qualityanswerevent" ("answer", "answered_at", "answered_by_id", "code", "contract_ref", "id", "municipality_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version_id") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."code", old_values."contract_ref", old_values."id", old_values."municipality_id", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."unit_id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='df12e004d48ca8f03a017ff3ed0658e2b38b3719', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8a0f0', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_qualityanswer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='signedfile',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['valid', 'unknown_issuer', 'unsigned', 'broken']), models.Q(('standing', 'broken'), _negated=True)), name='signed_file_is_not_broken'),
        ),
        migrations.AddConstraint(
            model_name='signedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('differences', 0), ('standing', 'valid')), models.Q(('note', ''), _negated=True), _connector='OR'), name='signed_file_says_why'),
        ),
        migrations.AddConstraint(
            model_name='signedfile',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='signed_file_has_bytes'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedfile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_signedfileevent" ("contract_ref", "differences", "draft_id", "id", "municipality_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "signatures", "signed_on", "size", "standing", "unit_id") SELECT new_values."contract_ref", new_values."differences", new_values."draft_id", new_values."id", new_values."municipality_id", new_values."name", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."received_at", new_values."received_by_id", new_values."sha256", new_values."signatures", new_values."signed_on", new_values."size", new_values."standing", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='28b079a5a6a1f751a486404d0ce5b7c3b4d6ada2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8830f', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_signedfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedfile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_signedfileevent" ("contract_ref", "differences", "draft_id", "id", "municipality_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "signatures", "signed_on", "size", "standing", "unit_id") SELECT new_values."contract_ref", new_values."differences", new_values."draft_id", new_values."id", new_values."municipality_id", new_values."name", new_values."note", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."received_at", new_values."received_by_id", new_values."sha256", new_values."signatures", new_values."signed_on", new_values."size", new_values."standing", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."contract_ref" IS DISTINCT FROM (new_values."contract_ref") OR old_values."differences" IS DISTINCT FROM (new_values."differences") OR old_values."draft_id" IS DISTINCT FROM (new_values."draft_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."received_by_id" IS DISTINCT FROM (new_values."received_by_id") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."signatures" IS DISTINCT FROM (new_values."signatures") OR old_values."signed_on" IS DISTINCT FROM (new_values."signed_on") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."standing" IS DISTINCT FROM (new_values."standing") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9df5daa47ffe6c0f36f56cd0f8f0069496adc2a7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_88204', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_signedfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signedfile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_signedfileevent" ("contract_ref", "differences", "draft_id", "id", "municipality_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "signatures", "signed_on", "size", "standing", "unit_id") SELECT old_values."contract_ref", old_values."differences", old_values."draft_id", old_values."id", old_values."municipality_id", old_values."name", old_values."note", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."received_at", old_values."received_by_id", old_values."sha256", old_values."signatures", old_values."signed_on", old_values."size", old_values."standing", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='94ad971963ad6eda9c285ade88cc1089db7ec4e1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_87f3b', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_signedfile', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='templateversion',
            constraint=models.UniqueConstraint(fields=('template', 'number'), name='template_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='templateversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in_use')), fields=('template',), name='template_version_one_in_use'),
        ),
        migrations.AddConstraint(
            model_name='templateversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['faulty', 'clean', 'in_use', 'retired'])), name='template_version_state_known'),
        ),
        migrations.AddConstraint(
            model_name='templateversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'faulty'), models.Q(('faults', []), _negated=True)), models.Q(models.Q(('state', 'faulty'), _negated=True), ('faults', [])), _connector='OR'), name='template_version_usable_without_faults'),
        ),
        migrations.AddConstraint(
            model_name='templateversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['in_use', 'retired']), ('taken_at__isnull', False), ('taken_by__isnull', False)), models.Q(models.Q(('state__in', ['in_use', 'retired']), _negated=True), ('taken_at__isnull', True), ('taken_by__isnull', True)), _connector='OR'), name='template_version_taken_by_someone'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templateversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_templateversionevent" ("faults", "id", "made_at", "made_by_id", "municipality_id", "note", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "state", "tags", "taken_at", "taken_by_id", "template_id") SELECT new_values."faults", new_values."id", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."note", new_values."number", new_values."origin", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."sha256", new_values."size", new_values."state", new_values."tags", new_values."taken_at", new_values."taken_by_id", new_values."template_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='96639f73913263e72470355b1bea5d6f8d11bae5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_de2fb', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_templateversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templateversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_templateversionevent" ("faults", "id", "made_at", "made_by_id", "municipality_id", "note", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "state", "tags", "taken_at", "taken_by_id", "template_id") SELECT new_values."faults", new_values."id", new_values."made_at", new_values."made_by_id", new_values."municipality_id", new_values."note", new_values."number", new_values."origin", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."sha256", new_values."size", new_values."state", new_values."tags", new_values."taken_at", new_values."taken_by_id", new_values."template_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."faults" IS DISTINCT FROM (new_values."faults") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."origin" IS DISTINCT FROM (new_values."origin") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."tags" IS DISTINCT FROM (new_values."tags") OR old_values."taken_at" IS DISTINCT FROM (new_values."taken_at") OR old_values."taken_by_id" IS DISTINCT FROM (new_values."taken_by_id") OR old_values."template_id" IS DISTINCT FROM (new_values."template_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b415ec46dc7e3d1443cfe0898fa6c6a1a89cd3c2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0b53d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_templateversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='templateversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_templateversionevent" ("faults", "id", "made_at", "made_by_id", "municipality_id", "note", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "state", "tags", "taken_at", "taken_by_id", "template_id") SELECT old_values."faults", old_values."id", old_values."made_at", old_values."made_by_id", old_values."municipality_id", old_values."note", old_values."number", old_values."origin", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."sha256", old_values."size", old_values."state", old_values."tags", old_values."taken_at", old_values."taken_by_id", old_values."template_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='02786c4f48999e2d52bdfcdf716604375550fe5a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e517c', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_templateversion', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='contractdraft',
            index=models.Index(fields=['municipality', '-changed_at'], name='contract_draft_latest'),
        ),
        migrations.AddConstraint(
            model_name='contractdraft',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['work', 'out', 'approval', 'approved', 'ready', 'signed', 'given_up'])), name='contract_draft_state_known'),
        ),
        migrations.AddConstraint(
            model_name='contractdraft',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['signed', 'given_up']), _negated=True), fields=('contract',), name='contract_draft_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='contractdraft',
            constraint=models.CheckConstraint(condition=models.Q(('changed_at__gte', models.F('made_at')), ('latest__gte', 0)), name='contract_draft_sensible'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractdraft',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_contractdraftevent" ("changed_at", "contract_id", "grant_id", "id", "latest", "made_at", "municipality_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "template_version_id", "unit_id") SELECT new_values."changed_at", new_values."contract_id", new_values."grant_id", new_values."id", new_values."latest", new_values."made_at", new_values."municipality_id", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'insert\', new_values."id", new_values."state", new_values."template_version_id", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='18aeca91ec5a8cba069acea3d6280a85a4389c0c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4124e', referencing='REFERENCING NEW TABLE AS new_values ', table='drafting_contractdraft', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractdraft',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_contractdraftevent" ("changed_at", "contract_id", "grant_id", "id", "latest", "made_at", "municipality_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "template_version_id", "unit_id") SELECT new_values."changed_at", new_values."contract_id", new_values."grant_id", new_values."id", new_values."latest", new_values."made_at", new_values."municipality_id", new_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'update\', new_values."id", new_values."state", new_values."template_version_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."contract_id" IS DISTINCT FROM (new_values."contract_id") OR old_values."grant_id" IS DISTINCT FROM (new_values."grant_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."latest" IS DISTINCT FROM (new_values."latest") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."template_version_id" IS DISTINCT FROM (new_values."template_version_id") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='11111f9fabaf8de47cca9a28584bafe1ec4f848c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3bc6b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='drafting_contractdraft', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractdraft',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "drafting_contractdraftevent" ("changed_at", "contract_id", "grant_id", "id", "latest", "made_at", "municipality_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "template_version_id", "unit_id") SELECT old_values."changed_at", old_values."contract_id", old_values."grant_id", old_values."id", old_values."latest", old_values."made_at", old_values."municipality_id", old_values."owner_id", _pgh_attached_context.value, clock_timestamp(), \'delete\', old_values."id", old_values."state", old_values."template_version_id", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='65ead62da9c8bbfd3544d131f50261ea4f5ba83e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_de917', referencing='REFERENCING OLD TABLE AS old_values ', table='drafting_contractdraft', when='AFTER')),
        ),
    ]
