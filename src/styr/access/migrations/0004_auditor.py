"""The role of an auditor (revisor)."""

from django.db import migrations, models

ROLES = [
    ("negotiator", "Kontraktforhandler"),
    ("caseworker", "Sagsbehandler"),
    ("economist", "Økonom"),
    ("lawyer", "Jurist"),
    ("transport_coordinator", "Befordringskoordinator"),
    ("manager", "Leder"),
    ("auditor", "Revisor"),
    ("administrator", "Administrator"),
]


class Migration(migrations.Migration):
    dependencies = [("access", "0003_policies")]
    operations = [
        migrations.AlterField(model, "role", models.CharField(choices=ROLES, max_length=40, verbose_name="rolle"))
        for model in ("membership", "membershipevent")
    ]
