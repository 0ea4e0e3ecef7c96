"""More kinds of notices: what happens among invoices, grants, imports and findings."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0004_notice_of_login'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login'), ('second', 'Venter på din godkendelse'), ('granted', 'Godkendt'), ('import_failed', 'Indlæsning mislykket'), ('import_undone', 'Indlæsning fortrudt'), ('changed', 'Afvigelse ændret')], max_length=30, verbose_name='slags'),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login'), ('second', 'Venter på din godkendelse'), ('granted', 'Godkendt'), ('import_failed', 'Indlæsning mislykket'), ('import_undone', 'Indlæsning fortrudt'), ('changed', 'Afvigelse ændret')], max_length=30, verbose_name='slags'),
        ),
    ]
