"""Whose pictures a letter may load follows from the settings, or from who sends."""

from __future__ import annotations

import pytest

from distribute.cli.pictures import image_hosts, is_example
from distribute.config import read_settings

LINK = "https://www.news-of-the-ngo.test/bridge"


@pytest.mark.parametrize(
    ("environ", "hosts"),
    [
        ({}, None),
        ({"FROM_EMAIL": "press@example.com", "PUBLIC_URL": "https://press.example.com"}, None),
        ({"FROM_EMAIL": "desk@ngo.test"}, {"ngo.test", "news-of-the-ngo.test"}),
        ({"PUBLIC_URL": "https://press.ngo.test"}, {"ngo.test", "news-of-the-ngo.test"}),
        (
            {"FROM_EMAIL": "desk@mail.ngo.test", "IMAGE_HOSTS": "IMG.ngo.test, cdn.test"},
            {"ngo.test", "img.ngo.test", "cdn.test"},
        ),
        ({"IMAGE_HOSTS": "img.ngo.test"}, {"img.ngo.test"}),
    ],
)
def test_hosts_are_those_of_whoever_sends_and_those_named(environ: dict[str, str], hosts: set[str] | None) -> None:
    assert image_hosts(read_settings(environ), LINK) == hosts


def test_an_example_domain_is_nobody() -> None:
    assert is_example("press.example.com")
    assert not is_example("example.com.test")
