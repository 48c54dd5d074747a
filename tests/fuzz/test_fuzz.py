"""A few hostile inputs for each target; ``--inputs 5000`` gives more, and ``python -m fuzz`` guides them by what they reach."""

import pytest

from fuzz.run import run_random
from fuzz.targets import TARGETS

_SLOW = {"pdf": 4, "whole": 4, "docx": 2, "docx-part": 2, "html": 2}  # of so many inputs one


@pytest.mark.parametrize("name", TARGETS)
def test_a_hostile_input_is_read_or_refused_in_one_line(name: str, request: pytest.FixtureRequest) -> None:
    inputs = max(1, request.config.getoption("--inputs") // _SLOW.get(name, 1))
    tally = run_random(name, inputs, seed=7)
    assert tally.runs == inputs
    assert not tally.finds
