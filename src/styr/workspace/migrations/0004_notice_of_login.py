"""A notice may be about one's login."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0003_search'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login')], max_length=30, verbose_name='slags'),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login')], max_length=30, verbose_name='slags'),
        ),
    ]
