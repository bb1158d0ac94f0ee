"""A sender's domain: what is missing is said, what could not be asked is not held against it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from distribute.channels.sender_domain import Ask, NotAnswered, find_faults


def zone(**records: str) -> Ask:
    known = {name.replace("__", "."): text for name, text in records.items()}

    def ask(name: str) -> Sequence[str]:
        return [known[name]] if name in known else []

    return ask


SPF = "v=spf1 include:spf.example.net -all"
DMARC = "v=DMARC1; p=none"


def test_a_domain_with_both_records_has_no_fault() -> None:
    ask = zone(example__org=SPF, _dmarc__example__org=DMARC)
    assert list(find_faults("example.org", ask)) == []


def test_the_dmarc_record_of_the_organisation_serves_its_subdomains() -> None:
    ask = zone(press__example__org=SPF, _dmarc__example__org=DMARC)
    assert list(find_faults("press.example.org", ask)) == []


@pytest.mark.parametrize(
    ("records", "missing"),
    [({"_dmarc__example__org": DMARC}, ["SPF"]), ({"example__org": SPF}, ["DMARC"]), ({}, ["SPF", "DMARC"])],
)
def test_each_missing_record_is_named(records: dict[str, str], missing: list[str]) -> None:
    faults = list(find_faults("example.org", zone(**records)))
    assert len(faults) == len(missing)
    assert all(name in fault for name, fault in zip(missing, faults, strict=True))


def test_another_text_record_is_not_spf() -> None:
    ask = zone(example__org="site-verification=1", _dmarc__example__org=DMARC)
    assert len(list(find_faults("example.org", ask))) == 1


def test_silence_is_said_to_be_silence() -> None:
    def silent(name: str) -> Sequence[str]:
        raise NotAnswered(name)

    (fault,) = find_faults("example.org", silent)
    assert "could not be looked up" in fault
