"""One set of terms begins on a day, so that files can write them again by that day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0018_two_for_a_role'),
        ('contracts', '0010_keepers'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='agreedterms',
            constraint=models.UniqueConstraint(fields=('contract', 'valid_from'), name='agreed_terms_from_unique'),
        ),
    ]
