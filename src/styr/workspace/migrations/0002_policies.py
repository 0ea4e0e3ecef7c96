"""Each person reads their own; see 0002_policies.sql for what is shared, told and asked by jobs."""

from pathlib import Path

from django.db import migrations

from styr.access.rls import EnableOwnPolicy

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = """
DROP POLICY styr_definer ON workspace_calendarfeed;
DROP FUNCTION styr_calendar_of(bytea, bytea);
DROP POLICY styr_job_notes ON workspace_mailchoice; DROP POLICY styr_job_reads ON workspace_mailchoice;
DROP POLICY styr_tell ON workspace_notice;
DROP POLICY styr_shared ON workspace_savedfilter;
"""


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_personal"), ("access", "0005_submissions")]
    operations = [
        EnableOwnPolicy("savedfilter"),
        EnableOwnPolicy("notice"),
        EnableOwnPolicy("mailchoice"),
        EnableOwnPolicy("calendarfeed"),
        migrations.RunSQL(SQL, UNDO),
    ]
