"""Findings about trips, settlements and the places that citizens are driven to."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('controls', '0009_open_counts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='finding',
            name='subject_kind',
            field=models.CharField(choices=[('invoice', 'invoice'), ('invoice_line', 'invoice_line'), ('grant', 'grant'), ('contract', 'contract'), ('contract_line', 'contract_line'), ('provider_unit', 'provider_unit'), ('citizen', 'citizen'), ('case_grant', 'case_grant'), ('payment', 'payment'), ('trip', 'trip'), ('settlement', 'settlement'), ('ride_place', 'ride_place')], max_length=20, verbose_name='vedrører'),
        ),
        migrations.AlterField(
            model_name='findingevent',
            name='subject_kind',
            field=models.CharField(choices=[('invoice', 'invoice'), ('invoice_line', 'invoice_line'), ('grant', 'grant'), ('contract', 'contract'), ('contract_line', 'contract_line'), ('provider_unit', 'provider_unit'), ('citizen', 'citizen'), ('case_grant', 'case_grant'), ('payment', 'payment'), ('trip', 'trip'), ('settlement', 'settlement'), ('ride_place', 'ride_place')], max_length=20, verbose_name='vedrører'),
        ),
    ]
