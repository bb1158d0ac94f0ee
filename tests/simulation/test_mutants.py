"""The simulation can fail: each planted fault breaks a promise, and is seen to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.chaos.share import some
from tests.simulation import faults, faults_of_several
from tests.simulation.sweep import ALL_KINDS, every_crash, play
from tests.simulation.world import Broken

SEEDS = 4
"""A fault that needs the crash points of more seeds than this to be seen is not seen."""

UNDISTURBED = 150
"""The same for a fault that shows without a crash, where a machine that is suspended meets it by chance."""


@dataclass(frozen=True)
class Fault:
    """A planted fault: the kind of story that shows it, from which seed on, and the promises it breaks one of first."""

    plant: Callable[[pytest.MonkeyPatch], None]
    kind: str
    promises: frozenset[str]
    seed: int = 0


def _fault(plant: Callable[[pytest.MonkeyPatch], None], kind: str, *promises: str, seed: int = 0) -> Fault:
    return Fault(plant, kind, frozenset(promises), seed)


FAULTS = [
    _fault(faults.the_claim_is_not_on_disk_while_the_request_is_under_way, "calm", "never twice"),
    _fault(faults.a_batch_under_way_can_be_claimed_again, "intruder", "never twice"),
    _fault(faults.orphans_are_planned_again_blindly, "calm", "never twice"),
    _fault(faults.orphans_are_left_alone, "calm", "nobody lost"),
    _fault(faults.a_timeout_counts_as_not_sent, "silence", "never twice"),
    _fault(faults.a_502_counts_as_not_sent, "silence", "never twice"),
    _fault(faults.silence_about_a_recipient_counts_as_accepted, "half-answers", "accepted is true"),
    _fault(faults.a_rejection_counts_as_accepted, "cut", "accepted is true"),
    _fault(faults.channels_start_an_hour_before_their_instant, "embargo", "never early"),
    _fault(faults.promises_are_not_bound, "twins", "never twice"),
    _fault(faults.a_cut_forgets_the_last_recipient, "cut", "nobody lost"),
    _fault(faults.a_cut_writes_other_letters, "cut", "as planned"),
    _fault(faults.suppressions_are_not_asked_for, "suppression", "suppressed get nothing"),
    _fault(faults.suppressions_are_asked_for_before_the_claim, "suspended", "suppressed get nothing", seed=4),
    _fault(faults.a_late_answer_is_written_down, "silence", "terminal stays", "late answers are refused"),
    _fault(faults.a_plan_rests_as_done_while_batches_are_open, "embargo", "nobody lost"),
    _fault(faults.a_request_is_repeated_when_its_provider_has_forgotten_it, "repeatable", "never twice", seed=2),
    _fault(faults.an_age_below_nothing_is_young, "set-back", "never twice", seed=2),
    _fault(faults.what_may_have_left_is_cut_anew, "suppression", "effect is known", "never twice", seed=1),
    _fault(faults.what_may_have_left_is_cancelled, "called-off", "effect is known", "never twice"),
    _fault(faults.a_held_plan_goes_on, "called-off", "stopped is stopped"),
    _fault(faults.one_doubt_condemns_the_whole_plan, "silence", "terminal stays", "doubt is founded"),
    _fault(faults.what_is_not_found_counts_as_not_sent, "asked", "never twice"),
    _fault(faults.a_provider_is_asked_only_once, "asked", "what can be known is known"),
    _fault(faults.who_asks_believes_in_everybody, "asked", "accepted is true"),
    _fault(faults.the_clock_is_believed, "lying-clock", "never early", seed=1),
    _fault(faults.a_batch_counts_as_accepted_once_it_is_claimed, "calm", "accepted is true"),
    _fault(faults.a_report_opens_a_doubted_request_again, "reported", "never twice"),
    _fault(faults.a_report_makes_an_orphan_planned, "reported", "never twice", seed=2),
    _fault(faults.a_report_that_is_made_again_is_kept_again, "reported", "reports are kept once"),
    _fault(faults.a_report_before_the_answer_is_forgotten, "reported", "what is reported is accepted"),
    _fault(faults.a_forged_report_is_taken_for_true, "reported", "accepted is true", "reports are kept once"),
    _fault(faults_of_several.a_living_workers_batch_is_an_orphan, "pair", "doubt is founded", seed=6),
    _fault(faults_of_several.the_dead_are_believed_alive, "pair", "nobody lost"),
    _fault(faults_of_several.a_claim_does_not_look_whether_it_is_free, "pair", "never twice"),
    _fault(faults_of_several.a_zombies_answer_is_written_down, "zombies", "late answers are refused", seed=6),
    _fault(faults_of_several.a_zombie_repeats_its_request, "zombies", "never twice", seed=25),
    _fault(faults_of_several.who_slept_sends_all_the_same, "zombies", "never twice", seed=8),
    _fault(faults_of_several.everybody_is_on_duty, "askers", "asked in turn", seed=2),
    _fault(faults_of_several.a_lost_place_is_not_taken_again, "zombies", "nobody lost", seed=2),
]


def promise_broken(kind: str, first: int) -> str:
    """The first promise that breaks at any crash point of a few stories of a kind; empty when none does."""
    try:
        for seed in range(first, first + UNDISTURBED if kind == "suspended" else first):
            play(ALL_KINDS[kind](seed))
        for seed in range(first, first + SEEDS):
            for _world in every_crash(kind, seed):
                pass
    except Broken as broken:
        return broken.promise
    return ""


@pytest.mark.parametrize("fault", some(FAULTS, *FAULTS[::6]), ids=lambda fault: fault.plant.__name__)
def test_a_planted_fault_is_seen(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    fault.plant(monkeypatch)
    assert promise_broken(fault.kind, fault.seed) in fault.promises
