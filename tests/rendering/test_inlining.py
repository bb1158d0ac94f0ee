from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from jinja2 import Environment

from distribute.domain.content import Letter
from distribute.domain.release import Asset, Release
from distribute.rendering.inlining import addressed, inlined
from distribute.rendering.letter import Letterhead, compile_letter

NOON = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
BRIDGE = Asset(
    alt="A bridge", caption="Closed since October", credit="Ada Moreau", name="image1.jpg", media_type="image/jpeg",
    data=b"\xff\xd8\xffbridge",
)  # fmt: skip
CHART = Asset(alt="A chart", name="image2.png", media_type="image/png", data=b"\x89PNGchart")
ONLINE = Asset(url="https://example.org/photo.jpg", alt="A photo")


@pytest.fixture
def pictured(client_release: Release) -> Release:
    return addressed(replace(client_release, assets=(BRIDGE, ONLINE, CHART, BRIDGE)))


@pytest.fixture
def letter(pictured: Release, letterhead: Letterhead, environment: Environment) -> Letter:
    made = compile_letter(pictured, letterhead, "en", at=NOON, zone="UTC", environment=environment)
    return inlined(made, [pictured])


def test_a_picture_of_the_document_is_shown_by_the_cid_of_a_file(letter: Letter) -> None:
    html = letter.html.with_tags("")
    assert [(it.name, it.media_type, it.data) for it in letter.attachments] == [
        ("image1.jpg", "image/jpeg", BRIDGE.data),
        ("image2.png", "image/png", CHART.data),
    ]
    for file, times in zip(letter.attachments, (2, 1), strict=True):
        assert html.count(f'src="cid:{file.cid}"') == html.count(f"cid:{file.cid}") == times
        assert file.cid.endswith("@example.org")
    assert 'alt="A bridge"' in html
    assert "Closed since October" in html


def test_no_link_leads_to_it_and_none_is_left_of_its_address(letter: Letter) -> None:
    whole = letter.html.with_tags("") + letter.text.with_tags("")
    assert "invalid/picture" not in whole
    assert whole.count("Download the image") == 2
    assert letter.html.with_tags("").count('href="https://example.org/photo.jpg"') == 2
    assert "cid:" not in letter.text.with_tags("")
    assert "Closed since October\n" in letter.text.with_tags("")


def test_the_same_pictures_make_the_same_letter(
    pictured: Release, letter: Letter, letterhead: Letterhead, environment: Environment
) -> None:
    again = compile_letter(pictured, letterhead, "en", at=NOON, zone="UTC", environment=environment)
    assert inlined(again, [pictured]) == letter


def test_without_pictures_nothing_changes(client_release: Release, letter: Letter) -> None:
    assert addressed(client_release) == client_release
    assert inlined(letter, [client_release]) == letter


def test_a_file_to_print_from_is_still_led_to(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    large = replace(BRIDGE, full_size="https://example.org/bridge.tif")
    release = addressed(replace(client_release, assets=(large,)))
    made = inlined(compile_letter(release, letterhead, "en", at=NOON, zone="UTC", environment=environment), [release])
    assert made.html.with_tags("").count('href="https://example.org/bridge.tif"') == 2
    assert "Download the image: https://example.org/bridge.tif" in made.text.with_tags("").replace(" (TIFF)", "")
    assert [it.name for it in made.attachments] == ["image1.jpg"]
