"""A form that was shown with something else than what stands now is told so, once."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from styr.ui.unchanged import MARK, UnchangedForm


class Meeting(UnchangedForm):
    """A few kinds of fields."""

    status = forms.ChoiceField(label="Status", choices=[("open", "Åben"), ("held", "Holdt")])
    day = forms.DateField(label="Dag", required=False)
    price = forms.DecimalField(label="Pris", required=False)
    minutes = forms.CharField(label="Referat", required=False)


STANDS: dict[str, Any] = {"status": "open", "day": date(2026, 11, 22), "price": Decimal("1200.5"), "minutes": "Vi sås."}


def sent(stands: dict[str, Any], **told: str) -> Meeting:
    body = QueryDict(mutable=True)
    body.update({"status": "open", "day": "2026-11-22", "price": "1200.5", "minutes": "Mit referat", **told})
    body._mutable = False
    return Meeting(body, initial=stands)


def shown(stands: dict[str, Any]) -> str:
    return str(Meeting(initial=stands)[MARK].value())


def test_what_nobody_changed_meanwhile_is_saved() -> None:
    assert sent(STANDS, seen=shown(STANDS)).is_valid()


def test_what_somebody_changed_meanwhile_is_told_and_one_s_own_words_are_kept_to_be_sent_again() -> None:
    now = STANDS | {"status": "held", "day": date(2026, 12, 1), "price": Decimal(900), "minutes": "Deres referat"}
    form = sent(now, seen=shown(STANDS))
    assert not form.is_valid()
    (told,) = form.non_field_errors()
    assert "Status »Holdt«; Dag »1. dec. 2026«; Pris »900«; Referat »Deres referat«" in told
    assert form["minutes"].value() == "Mit referat"
    assert sent(now, seen=str(form[MARK].value())).is_valid()


def test_whoever_carries_no_mark_is_not_held() -> None:
    assert sent(STANDS | {"minutes": "Andet"}).is_valid()
