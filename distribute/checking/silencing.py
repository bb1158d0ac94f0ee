"""Which rules a release passes over, and what is wrong with how it says so."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import datetime

from distribute.checking.registry import FINAL, Remark, error
from distribute.domain.release import Release


def reasons_of(release: Release) -> Mapping[str, str]:
    """The rules that are rightly silenced, each with its reason."""
    return {
        silence.rule: silence.reason
        for silence in release.silences
        if silence.reason and not FINAL.get(silence.rule, True)
    }


@error("silence", is_final=True)
def check_silences(release: Release, _now: datetime) -> Iterator[Remark]:
    """What is silenced is a rule that may be silenced, and has a reason."""
    for silence in release.silences:
        if message := _objection(silence.rule, silence.reason):
            yield Remark(message, silence.line)


def _objection(name: str, reason: str) -> str:
    if name not in FINAL:
        near = difflib.get_close_matches(name, FINAL, n=1, cutoff=0.5)
        meant = f"did you mean {near[0]}?" if near else "`distribute check` shows each rule's name in brackets."
        return f"There is no rule “{name}” to silence: {meant}"
    if FINAL[name]:
        return f"The rule {name} cannot be silenced: mend what it finds, and take it out of “silence:”."
    return "" if reason else f"The rule {name} is silenced without a reason: write why, as {name}: our house style."
