"""The looks of a letter, as far as they can be computed: contrast by day and by night, size, its need of style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from jinja2 import Environment

from distribute.domain.content import Letter
from distribute.domain.release import Release
from distribute.rendering.environment import shipped_templates
from distribute.rendering.letter import Contents, Letterhead, compile_letter

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: of text of any size."""

_COLOUR = r"#[0-9a-f]{6}"
BRAND = (shipped_templates() / "email/brand.mjml.j2").read_text(encoding="utf-8")
OURS = dict(re.findall(rf"{{% set (\w+) %}}({_COLOUR}){{% endset %}}", BRAND))
TEMPLATES = {
    path.name: re.sub(r"\{\{ brand\.(\w+) \}\}", lambda it: OURS.get(it[1], ""), path.read_text(encoding="utf-8"))
    for path in (shipped_templates() / "email").glob("*.j2")
}
STYLE = TEMPLATES.pop("style.mjml.j2")
LIGHT = "".join(TEMPLATES.values())
DARK = STYLE[STYLE.index("prefers-color-scheme: dark") :]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of ``#rrggbb``."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> Iterator[tuple[str, str]]:
    """Each colour of words with the ground it may stand on."""
    grounds = set(re.findall(rf'container-background-color="({_COLOUR})"', LIGHT))
    for tag in re.findall(r"<mj-text[^>]*>", LIGHT):
        own = re.search(rf'container-background-color="({_COLOUR})"', tag)
        ink = re.search(rf' color="({_COLOUR})"', tag)
        yield (ink[1] if ink else "#1c1b1a"), (own[1] if own else "#ffffff")
    yield OURS["accent"], "#ffffff"
    yield from ((ink, "#ffffff") for ink in re.findall(rf'style="[^"]*[;"]?color:({_COLOUR})', LIGHT))
    assert grounds


def dark_pairs() -> Iterator[tuple[str, str]]:
    page = re.search(rf"\.page \{{ background-color: ({_COLOUR})", DARK)
    assert page
    for selectors, ink in re.findall(rf"^\s*([^{{}}\n]+) \{{ color: ({_COLOUR})", DARK, re.MULTILINE):
        box = re.search(r"\.(embargo|trial) ", selectors)
        ground = re.search(rf"\.{box[1]} \{{ background-color: ({_COLOUR})", DARK) if box else page
        assert ground
        yield ink, ground[1]


@pytest.mark.parametrize(("ink", "ground"), sorted({*pairs(), *dark_pairs()}))
def test_every_colour_of_words_stands_out_from_its_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= ENOUGH


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#aaaaaa", "#ffffff") < ENOUGH


@pytest.fixture
def letter(full_release: Release, letterhead: Letterhead, environment: Environment) -> Letter:
    contents = Contents(versions=(full_release,), is_greeting=True, is_test=True)
    at = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    return compile_letter(contents, letterhead, "en", at=at, zone="America/Toronto", environment=environment)


def test_it_is_read_without_its_style_sheet(letter: Letter) -> None:
    """Some clients drop ``<style>``: every paragraph and heading brings its own margins."""
    html = "".join(letter.html.pieces)
    for tag in re.findall(r"<(?:p|h1|h2|ul|li)\b[^>]*>", html):
        assert "margin:" in tag, tag


def test_the_frame_costs_little(letter: Letter) -> None:
    """Gmail hides what lies behind 102 KB; the frame itself must leave room for a long release."""
    assert letter.size < 40_000


def test_what_one_taps_by_itself_is_large_enough_on_a_phone(letter: Letter) -> None:
    """WCAG 2.2, 2.5.8 asks for 24 CSS pixels; links in running text are exempt."""
    html = "".join(letter.html.pieces)
    alone = re.findall(r"(?:<br />|<p[^>]*>)<a [^>]*class=\"([^\"]*)\"[^>]*>(?=.*?</a>(?:<br />|</p>))", html)
    assert len(alone) > 3
    assert all({"call", "tap"} & set(classes.split()) for classes in alone), alone
    assert re.search(r"\.call, \.tap \{ display: inline-block; padding: 7px 0", STYLE)
