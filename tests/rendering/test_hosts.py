"""Where a letter may lead, and whose pictures it may load."""

from __future__ import annotations

from dataclasses import replace

import pytest

from distribute.domain.release import Asset, Block, BlockKind, Mark, MarkKind, Release
from distribute.errors import RenderError
from distribute.rendering.hosts import Hosts, domain, host, hosts_of, is_numeric, misleads, stranger
from distribute.rendering.inlining import addressed

PICTURE = Asset(url="https://media.example.org/a.jpg", alt="A", line=7)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://EXAMPLE.org:8/a", "example.org"),
        ("https://[bad", ""),
        ("mailto:a@b", ""),
        ("https://example.org@elsewhere.example/", ""),
        ("https://example.org\\@elsewhere.example/", ""),
    ],
)
def test_a_host_is_found_or_empty(url: str, found: str) -> None:
    assert host(url) == found


@pytest.mark.parametrize("name", ["203.0.113.9", "2130706433", "0x7f.1", "0x7f000001", "2001:db8::1", "203.0.113.9."])
def test_a_number_is_no_name(name: str) -> None:
    assert is_numeric(name)


@pytest.mark.parametrize("name", ["example.org", "1.example.org", "0x7f.example", "3m.example"])
def test_a_name_with_numbers_in_it_is_one(name: str) -> None:
    assert not is_numeric(name)


@pytest.mark.parametrize(
    ("name", "belongs_to"),
    [
        ("press.example.org", "example.org"),
        ("www.example.org", "example.org"),
        ("example.org", "example.org"),
        ("press.example.co.uk", "example.co.uk"),
        ("press.co.uk", "press.co.uk"),
        ("ngo.pages.example", "ngo.pages.example"),
        ("press.org", "press.org"),
    ],
)
def test_only_the_names_of_a_desk_are_taken_off_a_domain(name: str, belongs_to: str) -> None:
    assert domain(name) == belongs_to


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://example.org/a.jpg", True),
        ("https://IMG.example.org/a.jpg", True),
        ("https://example.org.elsewhere.example/a.jpg", False),
        ("https://notexample.org/a.jpg", False),
        ("https://example.org@elsewhere.example/a.jpg", False),
    ],
)
def test_a_picture_comes_from_an_allowed_host_or_below_it(url: str, is_allowed: bool) -> None:
    assert (stranger(url, Hosts(frozenset(), frozenset({"example.org"}))) == "") is is_allowed


def test_a_picture_of_the_release_on_another_host_is_refused_with_its_line(client_release: Release) -> None:
    release = replace(client_release, assets=(PICTURE,))
    assert hosts_of([release], [], None).may_load("media.example.org")
    assert hosts_of([release], [], frozenset({"example.org"})).may_load("media.example.org")
    told = r"“https://media.example.org/a.jpg” of line 7 .* loaded from media.example.org, .* when: .*IMAGE_HOSTS=media"
    with pytest.raises(RenderError, match=told):
        hosts_of([release], [], frozenset({"example.net"}))


def test_a_picture_that_travels_with_the_letter_needs_no_host(client_release: Release) -> None:
    inside = Asset(url="image1.png", alt="A", data=b"x", media_type="image/png")
    release = addressed(replace(client_release, assets=(inside,)))
    hosts = hosts_of([release], [], frozenset({"example.net"}))
    assert hosts.may_load(host(release.assets[0].url))


def test_no_picture_may_be_loaded_from_where_only_a_slot_leads(client_release: Release) -> None:
    hosts = hosts_of([client_release], ["https://slot.invalid/leave"], None)
    assert "slot.invalid" in hosts.leads
    assert not hosts.may_load("slot.invalid")


@pytest.mark.parametrize(
    ("words", "href", "shown"),
    [
        ("https://example.org/report", "https://elsewhere.example/report", "example.org"),
        ("www.example.org", "https://elsewhere.example/", "www.example.org"),
        (" http://example.org ", "https://elsewhere.example/", "example.org"),
        ("https://example.org/report", "https://www.example.org/report", ""),
        ("https://www.example.org", "https://example.org", ""),
        ("the report of Example.com", "https://elsewhere.example/", ""),
        ("Example.com", "https://elsewhere.example/", ""),
        ("https://example.org", "mailto:desk@elsewhere.example", ""),
        ("https://[bad", "https://elsewhere.example", ""),
    ],
)
def test_words_that_show_an_address_lead_to_it(words: str, href: str, shown: str) -> None:
    assert misleads(words, href) == shown


def test_words_that_show_another_address_are_told_with_their_line(client_release: Release) -> None:
    text = "See https://example.org/a now."
    mark = Mark(start=4, end=25, kind=MarkKind.LINK, href="https://elsewhere.example/a")
    body = (Block(kind=BlockKind.PARAGRAPH, text=text, marks=(mark,), line=9),)
    with pytest.raises(RenderError, match=r"in line 9 .*shows example.org and leads to elsewhere.example"):
        hosts_of([replace(client_release, body=body)], [], None)
