"""Jobs: reminders and the daily mail in the morning, and looking for news every quarter of an hour."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from styr.workspace import citizens_tasks  # noqa: F401 -- the worker looks for jobs here alone
from styr.workspace.happenings import tell_what_happened
from styr.workspace.mailing import send_daily_mail
from styr.workspace.news import look_for_news
from styr.workspace.reminding import remind


@app.periodic(cron="30 5 * * 1-5")
@app.task(queueing_lock="workspace.daily_mail", name="workspace.daily_mail")
def daily_mail(timestamp: int) -> int:
    """Write the daily mail; the moment is the job's, so a late or repeated run is still for that day."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    return send_daily_mail(today=timezone.localtime(moment).date(), site=settings.STYR_SITE)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="workspace.news", name="workspace.news")
def news(timestamp: int) -> None:
    """Tell people what happened to their cases."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    look_for_news(now=moment)
    tell_what_happened(now=moment)


@app.periodic(cron="10 5 * * 1-5")
@app.task(queueing_lock="workspace.reminders", name="workspace.reminders")
def reminders(timestamp: int) -> None:
    """Remind of contracts' dates before the daily mail is written."""
    remind(now=datetime.fromtimestamp(timestamp, UTC))
