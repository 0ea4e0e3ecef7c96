"""Terms, a day of moving in, and a file of prices that make grants dearer are held to their limits, as a price is."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.access.scope import service_scope
from styr.contracts import agreeing
from styr.contracts.agreed import agreed_card
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.rows import ContractRateRow
from styr.contracts.models import Contract
from styr.grants.models import Grant, ServiceLine
from styr.grants.payments import PaidMonth, record_paid_months
from styr.grants.price_files import land_contract_rates
from styr.grants.price_limits import PriceBeyondLimitError
from styr.grants.windows import dearest_of, years_of
from styr.kernel.upsert import UpsertResult
from styr.suppliers.bringing import brought_by
from styr.workspace import contracts as acts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def bought(home: UUID) -> ServiceLine:
    """What Ida's stay buys on the contract's base price of 2.400 kr. a day."""
    line = ServiceLine.objects.filter(grant_id=home, contract_line__isnull=False).order_by("line_no").first()
    assert line is not None
    return line


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
    line = bought(home)
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
    assert (card.moved_in_on, card.periods[-1].terms.vacancy_billable) == (date(2026, 4, 1), Decimal(0))
    Limit.objects.filter(id=held.id).update(amount_ore=2 * cost)
    pay_before("1")
    assert agreed_card(contract_id).periods[-1].terms.vacancy_billable == 1


def test_a_file_of_prices_is_held_to_the_limits_of_whoever_hands_it_in(municipality: Municipality, home: UUID) -> None:
    line = bought(home).contract_line
    assert line is not None
    cost = dearest_of(years_of(grant_id=home, also=(TODAY,)))
    Limit.objects.create(
        municipality=municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=cost, valid_from=TODAY
    )
    held = line.rates.latest("valid_from")
    econ = persona("lone", municipality, Role.ECONOMIST).user.id
    chief = persona("max", municipality, Role.MANAGER).user.id

    def landed(by: UUID, amount: int) -> UpsertResult:
        row = ContractRateRow(
            contract_number=line.contract.number,
            line_no=line.line_no,
            valid_from=held.valid_from,
            valid_to=held.valid_to,
            amount=Decimal(amount),
        )
        with service_scope(municipality.id, "import"), brought_by(by):
            return land_contract_rates([row], municipality_id=municipality.id, now=NOW)

    (error,) = landed(econ, 2500).errors
    assert (error.row, error.column, error.value) == (0, "pris", "2500")
    assert "gør 1 bevilling dyrere end godkendt" in error.message
    assert not line.rates.filter(amount=2500).exists()
    assert landed(econ, 2000).changed == 1  # cheaper: nobody is asked
    assert landed(chief, 2500).errors == ()
    assert line.rates.filter(amount=2500).exists()
    assert landed(econ, 2500).unchanged == 1  # the register has it so already
