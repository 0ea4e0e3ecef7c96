"""Two more things that an amount of a forecast may rest on: what recurs without a grant, and what comes and goes."""

from django.db import migrations, models

KNOWN = ["actual", "accrual", "granted", "expected", "provision", "recurring", "trend"]
WORDS = [
    ("actual", "bogført"),
    ("accrual", "periodiseret"),
    ("granted", "bevilget"),
    ("expected", "forventet"),
    ("provision", "pulje"),
    ("recurring", "gentaget uden bevilling"),
    ("trend", "til- og afgang efter erfaring"),
]


class Migration(migrations.Migration):
    dependencies = [("budgets", "0007_frozen_rows")]
    operations = [
        migrations.RemoveConstraint(model_name="forecastrow", name="forecast_basis_known"),
        migrations.AlterField(
            model_name="forecastrow",
            name="basis",
            field=models.CharField(choices=WORDS, max_length=10, verbose_name="grundlag"),
        ),
        migrations.AddConstraint(
            model_name="forecastrow",
            constraint=models.CheckConstraint(condition=models.Q(basis__in=KNOWN), name="forecast_basis_known"),
        ),
    ]
