"""What lists and the start page read of findings: indexes of the open ones, and their numbers by kind."""

import django.db.models.deletion
import styr.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_kept_from_nothing'),
        ('controls', '0007_kinds_of_reconciliation'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenCount',
            fields=[
                ('id', models.UUIDField(default=styr.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('control_code', models.CharField(max_length=60, verbose_name='kontrol')),
                ('owner_role', models.CharField(max_length=40, verbose_name='ejer')),
                ('severity', models.CharField(max_length=10, verbose_name='alvor')),
                ('hard_stop', models.BooleanField(verbose_name='stopper betaling')),
                ('supplier_id', models.UUIDField(null=True)),
                ('findings', models.BigIntegerField(verbose_name='afvigelser')),
                ('known', models.BigIntegerField(verbose_name='med kendt beløb')),
                ('amount_ore', models.BigIntegerField(verbose_name='beløb i øre')),
            ],
            options={
                'verbose_name': 'antal åbne afvigelser',
                'verbose_name_plural': 'antal åbne afvigelser',
            },
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(models.F('municipality'), models.OrderBy(models.F('amount_ore'), descending=True, nulls_last=True), models.F('first_seen'), models.F('id'), condition=models.Q(('status', 'open')), name='finding_costliest'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['municipality', 'supplier_id'], name='finding_by_supplier'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(condition=models.Q(('status', 'open'), ('hard_stop', True)), fields=['municipality'], name='finding_stops'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(condition=models.Q(('status', 'open'), models.Q(('decided_fingerprint', ''), _negated=True)), fields=['municipality'], name='finding_lapsed'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(condition=models.Q(('status', 'open'), ('invoice_id__isnull', False)), fields=['invoice_id'], name='finding_open_invoice'),
        ),
        migrations.AddField(
            model_name='opencount',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='opencount',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit', verbose_name='enhed'),
        ),
    ]
