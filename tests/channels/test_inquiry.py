from __future__ import annotations

from datetime import timedelta

import pytest

from distribute.channels.inquiry import minutes, one_by_one
from distribute.domain.content import Accepted, Outcome, Sought
from distribute.errors import SubmissionError, TryLater, Unauthorised
from tests.channels.conftest import make_message, make_sought

SOUGHT = [make_sought(make_message(number)) for number in range(1, 5)]
FIRST, SECOND, THIRD, FOURTH = (item.key for item in SOUGHT)


class Service:
    """Knows some deliveries, and stops answering at one of them."""

    def __init__(self, known: set[str], stops_at: str = "", error: SubmissionError | None = None) -> None:
        self.known, self.stops_at, self.error = known, stops_at, error or TryLater("a pause", 7)
        self.asked: list[str] = []

    def find(self, item: Sought) -> Outcome | None:
        self.asked.append(item.key)
        if item.key == self.stops_at:
            raise self.error
        return Accepted(provider_id=f"id-{item.key}") if item.key in self.known else None


def test_what_is_known_is_told_and_the_rest_is_absent() -> None:
    service = Service({FIRST, THIRD})
    assert one_by_one(SOUGHT, service.find) == {key: Accepted(provider_id=f"id-{key}") for key in (FIRST, THIRD)}
    assert service.asked == [FIRST, SECOND, THIRD, FOURTH]


def test_what_was_found_before_a_pause_stays_found() -> None:
    service = Service({FIRST, FOURTH}, stops_at=THIRD)
    assert list(one_by_one(SOUGHT, service.find)) == [FIRST]
    assert service.asked == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("error", [TryLater("a pause", 7), Unauthorised("not this key")])
def test_a_service_that_answered_nothing_says_so(error: SubmissionError) -> None:
    with pytest.raises(SubmissionError) as caught:
        one_by_one(SOUGHT, Service({FOURTH}, stops_at=SECOND, error=error).find)
    assert caught.value is error


def test_under_a_limit_of_requests_each_asking_gets_further() -> None:
    """Whoever asks again leaves out what is settled, so nobody is lost behind the limit."""
    found: set[str] = set()
    for _asking in SOUGHT:
        left = [item for item in SOUGHT if item.key not in found]
        found |= one_by_one(
            left,
            Service({item.key for item in SOUGHT}, stops_at=left[1].key).find
            if left[1:]
            else Service({left[0].key}).find,
        ).keys()
    assert found == {item.key for item in SOUGHT}


def test_minutes_are_minutes() -> None:
    assert minutes(2, 0.5) == (timedelta(seconds=120), timedelta(seconds=30))
