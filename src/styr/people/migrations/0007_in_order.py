"""Citizens in the order of their names, whatever their unit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_kept_from_nothing'),
        ('people', '0006_keeping_policies'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='citizen',
            index=models.Index(fields=['municipality', 'sort_key', 'id'], name='citizen_in_order'),
        ),
    ]
