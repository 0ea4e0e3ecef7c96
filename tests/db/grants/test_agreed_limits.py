"""Terms and a day of moving in that make paid months dearer are held to the grants' limits, as a price is."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.contracts import agreeing
from styr.contracts.agreed import Agreement, agreed_card
from styr.contracts.models import Contract
from styr.grants.models import Grant, ServiceLine
from styr.grants.payments import PaidMonth, record_paid_months
from styr.grants.price_limits import PriceBeyondLimitError
from styr.grants.windows import dearest_of, years_of
from styr.workspace import contracts as acts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_paying_for_months_before_one_has_moved_in_takes_the_limit(municipality: Municipality, home: UUID) -> None:
    nora = persona("nora", municipality, Role.NEGOTIATOR).user.id
    contract_id = Grant.objects.get(id=home).contract_id
    assert contract_id is not None
    starts = Contract.objects.get(id=contract_id).starts

    def act() -> agreeing.Act:
        return agreeing.Act(actor_id=nora, today=TODAY, seen=agreeing.seen_state(contract_id))

    def pay_before(share: str) -> None:
        made = agreeing.NewSupplement(title="Tomgang", signed_on=TODAY)
        terms = Agreement(vacancy_billable=Decimal(share))
        acts.agree(contract_id=contract_id, terms=terms, valid_from=starts, supplement=made, act=act(), now=NOW)

    cost = dearest_of(years_of(grant_id=home, also=(TODAY,)))
    held = Limit.objects.create(
        municipality=municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=cost, valid_from=TODAY
    )
    pay_before("0")
    acts.note_move_in(contract_id=contract_id, moved_in_on=date(2026, 4, 1), act=act(), now=NOW)
    line = ServiceLine.objects.filter(grant_id=home, contract_line__isnull=False).order_by("line_no").first()
    assert line is not None
    months = [
        PaidMonth(service_line_id=line.id, month=date(2026, one, 1), quantity=Decimal(0), amount_ore=0, paid_on=TODAY)
        for one in (2, 3)
    ]
    record_paid_months(months=months)
    for dearer in (
        lambda: pay_before("1"),
        lambda: acts.note_move_in(contract_id=contract_id, moved_in_on=None, act=act(), now=NOW),
    ):
        with pytest.raises(PriceBeyondLimitError, match="dyrere, end de er godkendt til"):
            dearer()
    card = agreed_card(contract_id)
    assert (card.moved_in_on, card.periods[-1].terms.vacancy_billable) == (date(2026, 4, 1), 0)
    Limit.objects.filter(id=held.id).update(amount_ore=2 * cost)
    pay_before("1")
    assert agreed_card(contract_id).periods[-1].terms.vacancy_billable == 1
