from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from styr.controls.core.registry import REGISTRY
from styr.controls.core.run_duck import find
from unit.controls.random_town import random_town
from unit.controls.register_reference import REFERENCE
from unit.controls.town import TODAY


@settings(
    max_examples=3,  # each is a hundred grants; the same sweep over hundreds of seeds is in bench/register_controls.py
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.integers(0, 2**32))
def test_every_control_finds_what_a_person_with_all_the_time_would(seed: int) -> None:
    town = random_town(Random(seed).choice, neighbourhoods=20)  # noqa: S311 - invented registers
    with town.engine() as engine:
        found = find(engine, [REGISTRY[code] for code in REFERENCE], today=TODAY)
    for code, reference in REFERENCE.items():
        told = {one.subject_id: one.amount_ore for one in found if one.code == code}
        wanted = reference(town)
        assert told.items() - wanted.items() == set(), code
        assert wanted.items() - told.items() == set(), code
