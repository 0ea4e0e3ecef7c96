"""A limit for approving drafts of contracts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0016_kept_from_nothing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="limit",
            name="act",
            field=models.CharField(
                choices=[
                    ("approve_grant", "Godkende bevilling"),
                    ("approve_contract", "Godkende kontraktudkast"),
                    ("approve_invoice", "Godkende faktura"),
                    ("four_eyes_invoice", "Faktura skal godkendes af to"),
                ],
                max_length=40,
                verbose_name="handling",
            ),
        ),
        migrations.AlterField(
            model_name="limitevent",
            name="act",
            field=models.CharField(
                choices=[
                    ("approve_grant", "Godkende bevilling"),
                    ("approve_contract", "Godkende kontraktudkast"),
                    ("approve_invoice", "Godkende faktura"),
                    ("four_eyes_invoice", "Faktura skal godkendes af to"),
                ],
                max_length=40,
                verbose_name="handling",
            ),
        ),
    ]
