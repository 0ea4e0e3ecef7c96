"""Words and facts of clauses, made from contract documents."""

import django.contrib.postgres.search
import django.db.models.deletion
import styr.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    dependencies = [
        ('access', '0008_hidden_cases'),
        ('agreements', '0002_policies'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClauseFact',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('clause', models.CharField(max_length=30, verbose_name='vilkår')),
                ('verdict', models.CharField(max_length=10, verbose_name='vurdering')),
                ('said', models.BinaryField(null=True, verbose_name='sætning, krypteret')),
                ('page', models.IntegerField(verbose_name='side')),
                ('least_days', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='færrest dage')),
                ('most_days', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='flest dage')),
                ('percent', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='procent')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agreements.agreementdocument')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'oplysning om et vilkår',
                'verbose_name_plural': 'oplysninger om vilkår',
                'indexes': [models.Index(fields=['clause', 'contract_ref'], name='clause_fact_compared')],
                'constraints': [models.UniqueConstraint(fields=('document', 'clause'), name='clause_fact_once'), models.CheckConstraint(condition=models.Q(('verdict__in', ['ok', 'missing', 'red'])), name='clause_fact_verdict_known')],
            },
        ),
        migrations.CreateModel(
            name='DocumentWords',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('contract_ref', models.UUIDField(null=True, verbose_name='kontrakt')),
                ('words', django.contrib.postgres.search.SearchVectorField(verbose_name='ord')),
                ('source', models.CharField(max_length=60, verbose_name='tekstens kontrolsum')),
                ('recipe', models.IntegerField(verbose_name='opskrift')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agreements.agreementdocument')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'ord i et dokument',
                'verbose_name_plural': 'ord i dokumenter',
                'indexes': [models.Index(fields=['municipality'], name='document_words_place')],
            },
        ),
    ]
