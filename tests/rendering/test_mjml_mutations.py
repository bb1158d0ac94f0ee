"""One slip anywhere in a sound letter is refused on the line where it was made; a sound letter never is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from distribute.domain.release import Release
from distribute.errors import RenderError
from distribute.rendering import page
from distribute.rendering.letter import Letterhead
from distribute.rendering.mjml import check_mjml
from distribute.rendering.origin import Place
from tests.rendering.test_letter import compiled

Tag = re.Match[str]
TAG = re.compile(r"<(/?)([a-z][\w-]*)((?:\s[^<>]*?)?)(/?)>")


@pytest.fixture
def source(
    monkeypatch: pytest.MonkeyPatch, full_release: Release, letterhead: Letterhead, environment: Environment
) -> str:
    """The MJML of the letter that has everything."""
    made: list[str] = []

    def check(text: str, *others: Any) -> None:
        made.append(text)
        check_mjml(text, *others)

    monkeypatch.setattr(page, "check_mjml", check)
    compiled(full_release, letterhead, environment)
    return made[0]


def opening(tag: Tag) -> bool:
    return not tag[1]


def written(tag: Tag, text: str, name: str = "") -> str:
    """The tag with ``text`` behind its name, or another name."""
    return f"<{name or tag[2]}{text}{tag[3]}{tag[4]}>"


SLIPS: dict[str, tuple[Callable[[Tag], bool], Callable[[Tag], str]]] = {
    "an unknown element": (opening, lambda tag: written(tag, "", tag[2] + "x")),
    "capital letters": (opening, lambda tag: written(tag, "", tag[2].upper())),
    "an unknown attribute": (opening, lambda tag: written(tag, ' colour="#000000"')),
    "a value without marks": (opening, lambda tag: written(tag, " title=x")),
    "an attribute without a value": (opening, lambda tag: written(tag, " hidden")),
    "the same attribute twice": (opening, lambda tag: written(tag, ' lang="en" lang="en"')),
    "a script": (opening, lambda tag: written(tag, ' onclick="x"')),
    "a bad colour": (lambda tag: opening(tag) and tag[2] == "mj-text", lambda tag: written(tag, ' color="red"')),
    "a bad length": (lambda tag: opening(tag) and tag[2] == "mj-column", lambda tag: written(tag, ' width="half"')),
    "text between components": (
        lambda tag: opening(tag) and not tag[4] and tag[2] in {"mj-body", "mj-section", "mj-column"},
        lambda tag: f"{tag[0]}stray",
    ),
    "a component in the wrong place": (
        lambda tag: opening(tag) and not tag[4] and tag[2] in {"mj-body", "mj-section", "mj-text"},
        lambda tag: f"{tag[0]}<mj-column></mj-column>" if tag[2] != "mj-section" else f"{tag[0]}<mj-section />",
    ),
    "a comment": (opening, lambda tag: f"{tag[0]}<!-- x -->"),
    "a character of its own": (lambda tag: tag[2] == "p" and opening(tag), lambda tag: f"{tag[0]}a < b"),
    "an ampersand": (lambda tag: tag[2] == "p" and opening(tag), lambda tag: f"{tag[0]}a & b"),
    "an element left open": (lambda tag: tag[2] == "p" and opening(tag), lambda tag: f"{tag[0]}<b>x"),
    "crossed elements": (lambda tag: tag[2] == "p" and opening(tag), lambda tag: f"{tag[0]}<b>x<i>y</b></i>"),
    "a closing tag too many": (lambda tag: tag[2] == "p" and opening(tag), lambda tag: f"{tag[0]}</em>"),
}


@given(data=st.data(), slip=st.sampled_from(sorted(SLIPS)))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slip_is_refused_on_its_line(data: st.DataObject, slip: str, source: str) -> None:
    fits, write = SLIPS[slip]
    tag = data.draw(st.sampled_from([tag for tag in TAG.finditer(source) if fits(tag)]))
    asked: list[int] = []
    spoilt = source[: tag.start()] + write(tag) + source[tag.end() :]

    def origin(at: int) -> Place:
        asked.append(spoilt.count("\n", 0, at))
        return Place("t", asked[-1] + 1)

    with pytest.raises(RenderError):
        check_mjml(spoilt, "t", origin)
    assert source.count("\n", 0, tag.start()) in asked


@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_tag_that_is_missing_is_refused(data: st.DataObject, source: str) -> None:
    tag = data.draw(st.sampled_from([tag for tag in TAG.finditer(source) if not tag[4]]))
    with pytest.raises(RenderError):
        check_mjml(source[: tag.start()] + source[tag.end() :], "t")
