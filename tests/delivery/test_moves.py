"""The ledger's moves in any order: no key twice, none lost, nothing that is stopped leaves."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.delivery.moves import Moves
from tests.simulation import faults

EXAMPLES = int(os.environ.get("MOVES_EXAMPLES", "400" if os.environ.get("CHAOS") else "12"))
"""Stories that are told; `make chaos`, or the variable of this name, tells more."""

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def told(examples: int, *phases: Phase, derandomize: bool = False) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        database=None,
        derandomize=derandomize,
        suppress_health_check=QUIET,
        phases=phases or tuple(Phase),
    )


@pytest.mark.slow
def test_whatever_the_order_of_moves_every_promise_is_kept() -> None:
    run_state_machine_as_test(Moves, settings=told(EXAMPLES))


PLANTED: list[tuple[Callable[[pytest.MonkeyPatch], None], str]] = [
    (faults.a_late_answer_is_written_down, "late|became|no provider|done, and some"),
    (faults.promises_are_not_bound, "twice|live in two"),
    (faults.a_held_plan_goes_on, "goes on"),
    (faults.a_batch_under_way_can_be_claimed_again, "another has it|never ends"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("plant", "word"), PLANTED, ids=lambda it: getattr(it, "__name__", ""))
def test_a_planted_fault_is_seen(
    plant: Callable[[pytest.MonkeyPatch], None], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=word):
        run_state_machine_as_test(Moves, settings=told(400, Phase.generate, derandomize=True))
