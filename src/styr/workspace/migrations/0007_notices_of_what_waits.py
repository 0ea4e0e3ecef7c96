"""More kinds of notices: prices, drafts of contracts and budgets that wait for somebody, and what came of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0006_hand_overs'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login'), ('second', 'Venter på din godkendelse'), ('granted', 'Godkendt'), ('import_failed', 'Indlæsning mislykket'), ('import_undone', 'Indlæsning fortrudt'), ('changed', 'Afvigelse ændret'), ('price', 'Venter på din godkendelse'), ('price_answered', 'Svar på en ny pris'), ('draft', 'Venter på din godkendelse'), ('draft_answered', 'Svar på et kontraktudkast'), ('budget', 'Venter på din godkendelse'), ('budget_answered', 'Svar på et budget'), ('deadline', 'Frist nærmer sig'), ('overdue', 'Frist ikke holdt')], max_length=30, verbose_name='slags'),
        ),
        migrations.AlterField(
            model_name='noticeevent',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Lagt hos dig'), ('noted', 'Notat'), ('decided', 'Afgjort af en anden'), ('lapsed', 'Afgørelse bortfaldet'), ('question', 'Spørgsmål til dig'), ('answered', 'Svar på dit spørgsmål'), ('approval', 'Venter på din godkendelse'), ('returned', 'Sendt tilbage til dig'), ('login', 'Ændring af login'), ('second', 'Venter på din godkendelse'), ('granted', 'Godkendt'), ('import_failed', 'Indlæsning mislykket'), ('import_undone', 'Indlæsning fortrudt'), ('changed', 'Afvigelse ændret'), ('price', 'Venter på din godkendelse'), ('price_answered', 'Svar på en ny pris'), ('draft', 'Venter på din godkendelse'), ('draft_answered', 'Svar på et kontraktudkast'), ('budget', 'Venter på din godkendelse'), ('budget_answered', 'Svar på et budget'), ('deadline', 'Frist nærmer sig'), ('overdue', 'Frist ikke holdt')], max_length=30, verbose_name='slags'),
        ),
    ]
