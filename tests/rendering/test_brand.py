"""One template holds what a house changes about its letters: colours and logo, light and dark."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment

from distribute.domain.release import Release
from distribute.errors import RenderError
from distribute.rendering.environment import open_environment, shipped_templates
from distribute.rendering.letter import Letterhead
from tests.rendering.test_letter import compiled

BRAND = "email/brand.mjml.j2"
SHIPPED = (shipped_templates() / BRAND).read_text(encoding="utf-8")


def workspace(root: Path, **values: str) -> Environment:
    text = SHIPPED
    for name, value in values.items():
        text, number = re.subn(rf"(\{{% set {name} %\}}).*?(\{{% endset %\}})", rf"\g<1>{value}\g<2>", text)
        assert number == 1, name
    (root / "email").mkdir()
    (root / BRAND).write_text(text, encoding="utf-8")
    return open_environment(root)


def line_of(name: str) -> int:
    return next(number for number, row in enumerate(SHIPPED.split("\n"), 1) if f"set {name} " in row)


def test_every_colour_of_the_house_is_changed_in_one_place(
    tmp_path: Path, full_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    before = "".join(compiled(full_release, letterhead, environment).html.pieces)
    colours = {"accent": "#7a0019", "accent_on_dark": "#ffb3c0", "bar": "#7a0020", "bar_on_dark": "#ffb3c1"}
    after = "".join(compiled(full_release, letterhead, workspace(tmp_path, **colours)).html.pieces)
    shipped = {name: re.search(rf"set {name} %\}}(#\w+)", SHIPPED) for name in colours}
    for name, colour in colours.items():
        match = shipped[name]
        assert match
        assert after.count(colour) >= 1
    assert before.count("#0a4a82") == after.count("#7a0019") >= 4
    assert "#0a4a82" not in after
    assert "#8fc1f0" not in after


@pytest.mark.parametrize("name", ["accent", "accent_on_dark", "bar", "bar_on_dark"])
@pytest.mark.parametrize("value", ["blue", "0a4a82", "#0a4a8", ""])
def test_what_is_no_colour_is_refused_where_it_was_written(
    tmp_path: Path, full_release: Release, letterhead: Letterhead, name: str, value: str
) -> None:
    with pytest.raises(RenderError, match="#0a4a82") as caught:
        compiled(full_release, letterhead, workspace(tmp_path, **{name: value}))
    if value == "blue":
        assert (caught.value.template, caught.value.line) == (BRAND, line_of(name))


def test_a_logo_stands_above_the_name(tmp_path: Path, client_release: Release, letterhead: Letterhead) -> None:
    head = replace(letterhead, image_hosts=frozenset({"example.org"}))
    own = workspace(tmp_path, logo="https://img.example.org/l.png", logo_width="120px")
    html = "".join(compiled(client_release, head, own).html.pieces)
    picture = re.search(r'<img (?=[^>]*alt="")(?=[^>]*width="120")[^>]*l\.png', html)
    assert picture
    assert picture.start() < html.index(f"<b>{letterhead.organisation}</b>")


def test_a_logo_from_a_host_nobody_allowed_is_refused_where_it_was_written(
    tmp_path: Path, client_release: Release, letterhead: Letterhead
) -> None:
    head = replace(letterhead, image_hosts=frozenset({"example.org"}))
    with pytest.raises(RenderError, match=r"who opened the letter and when: .*IMAGE_HOSTS=cdn\.example") as caught:
        compiled(client_release, head, workspace(tmp_path, logo="https://cdn.example/logo.png"))
    assert (caught.value.template, caught.value.line) == (BRAND, line_of("logo"))


@pytest.mark.parametrize("logo", ["http://example.org/logo.png", "logo.png", "javascript:alert(1)"])
def test_a_logo_that_is_no_address_of_a_picture_is_refused_where_it_was_written(
    tmp_path: Path, client_release: Release, letterhead: Letterhead, logo: str
) -> None:
    with pytest.raises(RenderError, match="write the https:// address of a picture") as caught:
        compiled(client_release, letterhead, workspace(tmp_path, logo=logo))
    assert (caught.value.template, caught.value.line) == (BRAND, line_of("logo"))
