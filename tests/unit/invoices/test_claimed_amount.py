"""What is claimed back is read as it was meant: an amount that may mean two is asked for again."""

import pytest

from styr.invoices.following import UnableToFollowUpError
from styr.invoices.web.acts import ore_of


@pytest.mark.parametrize(
    ("written", "ore"),
    [("6.362,50", 636_250), ("12.992,00 kr.", 1_299_200), ("1\xa0000", 100_000), ("12,5", 1_250), ("0", 0)],
)
def test_kroner_are_read_in_danish(written: str, ore: int) -> None:
    assert ore_of(written) == ore


@pytest.mark.parametrize("written", ["12.50", "1.5", "", "kr.", "tolv", "1,005", "1,2,3"])
def test_what_may_mean_two_amounts_is_refused(written: str) -> None:
    with pytest.raises(UnableToFollowUpError, match=r"6\.362,50"):
        ore_of(written)
