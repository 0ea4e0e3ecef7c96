"""Findings of the reconciliation: about a grant of the case system, and about what was posted together."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('controls', '0006_verdict_relation'),
    ]

    operations = [
        migrations.AlterField(
            model_name='finding',
            name='subject_kind',
            field=models.CharField(choices=[('invoice', 'invoice'), ('invoice_line', 'invoice_line'), ('grant', 'grant'), ('contract', 'contract'), ('contract_line', 'contract_line'), ('provider_unit', 'provider_unit'), ('citizen', 'citizen'), ('case_grant', 'case_grant'), ('payment', 'payment')], max_length=20, verbose_name='vedrører'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='subject_kind',
            field=models.CharField(choices=[('invoice', 'invoice'), ('invoice_line', 'invoice_line'), ('grant', 'grant'), ('contract', 'contract'), ('contract_line', 'contract_line'), ('provider_unit', 'provider_unit'), ('citizen', 'citizen'), ('case_grant', 'case_grant'), ('payment', 'payment')], max_length=20, verbose_name='vedrører'),
        ),
    ]
