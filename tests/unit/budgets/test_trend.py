"""What comes and goes: evenly, for a year, never what is known or said already."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from styr.budgets.core.frame import Frame
from styr.budgets.core.trend import Moved, OwnWord, Waiting, shares, trend_of

UNIT, OTHER = UUID(int=1), UUID(int=2)
FRAME = Frame.of(first_year=2026, as_of=date(2026, 7, 1))
MOVED = {UNIT: Moved(arrived_ore=1_200_00, stayed_ore=1_200_00, stopped_ore=240_00, arrived=4, stopped=1)}


def rows(frame: Frame = FRAME, own: tuple[OwnWord, ...] = (), **known: int) -> dict[int, int]:
    later = {(UNIT, date(2026, int(month[1:]), 1)): ore for month, ore in known.items()}
    return {month.month: ore for _, month, ore in trend_of(frame, MOVED, later, own)}


def test_each_month_holds_a_months_movement_more_and_the_first_half_of_one() -> None:
    assert rows() == {7: 40_00, 8: 120_00, 9: 200_00, 10: 280_00, 11: 360_00, 12: 440_00}


def test_days_of_the_open_month_that_have_passed_are_known() -> None:
    """Sixteen of July's 31 days are left: it holds half the square of that part."""
    later = rows(replace(FRAME, as_of=date(2026, 7, 16)))
    left = Fraction(16, 31)
    assert later[7] == round(80_00 * left**2 / 2)
    assert later[12] == round(80_00 * (Fraction(9, 2) + left))


def test_it_grows_for_a_year_and_then_stays() -> None:
    long = Frame.of(first_year=2026, years=3, as_of=date(2026, 7, 1))
    found = dict(shares(long))
    assert found[date(2027, 7, 1)] == Fraction(25, 24)
    assert len({share for month, share in found.items() if month >= date(2027, 7, 1)}) == 1


def test_some_of_those_who_come_go_again_and_after_a_year_those_are_left_who_stayed() -> None:
    short: dict[UUID | None, Moved] = {UNIT: Moved(arrived_ore=1_200_00, stayed_ore=480_00)}
    found = {
        month: ore for _, month, ore in trend_of(Frame.of(first_year=2026, years=2, as_of=FRAME.as_of), short, {}, ())
    }
    assert found[date(2026, 7, 1)] == 50_00 - 1_25
    assert found[date(2026, 12, 1)] == 550_00 - round(720_00 * Fraction(11, 24) ** 2)
    assert found[date(2027, 12, 1)] == round(1_200_00 * Fraction(25, 24) - 720_00 * Fraction(25, 24) ** 2)


def test_closed_months_hold_none_and_a_year_ahead_starts_where_the_one_before_ended() -> None:
    assert min(dict(shares(FRAME))) == date(2026, 7, 1)
    ahead = dict(shares(Frame(2027, 1, date(2026, 7, 1), date(2026, 7, 1))))
    assert ahead[date(2027, 1, 1)] == Fraction(13, 24)


def test_grants_that_are_known_to_begin_later_are_a_part_of_what_comes() -> None:
    assert rows(m8=100_00)[8] == 120_00 - 100_00
    assert rows(m8=1_000_00)[8] == -30_00


def test_what_the_municipality_says_itself_counts_instead_where_and_while_it_holds() -> None:
    arrivals = OwnWord(UNIT, arrivals=True, starts=date(2026, 9, 1), ends=date(2026, 11, 1))
    assert rows(own=(arrivals,)) == {**rows(), 9: -50_00, 10: -70_00}
    everywhere = OwnWord(None, arrivals=False, starts=date(2026, 12, 1), ends=None)
    assert rows(own=(everywhere,))[12] == 550_00
    assert rows(own=(replace(arrivals, unit_id=OTHER),)) == rows()


def test_those_who_wait_are_a_part_of_what_comes_in_their_unit_or_everywhere() -> None:
    moved: dict[UUID | None, Moved] = {UNIT: Moved(1_200_00, 1_200_00), OTHER: Moved(2_400_00, 2_400_00)}

    def come(*waiting: Waiting) -> dict[tuple[UUID | None, int], int]:
        return {(unit, month.month): ore for unit, month, ore in trend_of(FRAME, moved, {}, (), waiting)}

    alone = come()
    assert (alone[UNIT, 12], alone[OTHER, 12]) == (550_00, 1_100_00)
    own = come(Waiting(UNIT, date(2026, 12, 1), None, 100_00))
    assert own == {**alone, (UNIT, 12): 450_00}
    shared = come(Waiting(None, date(2026, 11, 1), date(2026, 12, 1), 300_00))
    assert shared == {**alone, (UNIT, 11): 350_00, (OTHER, 11): 700_00}
    more = come(Waiting(None, date(2026, 7, 1), None, 10_000_00), Waiting(OTHER, date(2026, 7, 1), None, -5_00))
    assert more == {}
