"""The Jinja environment: whose templates win, what is escaped, and how mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from distribute.errors import RenderError
from distribute.rendering.environment import open_environment, shipped_templates, template_roots
from distribute.rendering.filling import render


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_shipped_templates_are_found() -> None:
    assert (shipped_templates() / "email").is_dir()


def test_a_workspace_template_wins_over_the_shipped_one(tmp_path: Path) -> None:
    name = "email/letter.mjml.j2"
    write(tmp_path, name, "ours")
    assert render(open_environment(tmp_path), name) == "ours"
    assert template_roots(open_environment(tmp_path)) == (tmp_path, shipped_templates())


def test_a_workspace_without_templates_uses_the_shipped_ones(tmp_path: Path) -> None:
    missing = tmp_path / "templates"
    assert open_environment(missing).list_templates() == open_environment().list_templates()


@pytest.mark.parametrize("name", ["a.html", "a.mjml.j2", "a.html.j2", "a.j2", "a"])
def test_text_is_escaped_in_everything_but_plain_text(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "{{ text }}")
    assert render(open_environment(tmp_path), name, text='<b>"') == "&lt;b&gt;&#34;"


def test_what_a_later_reader_could_take_for_its_own_is_written_as_a_reference(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "{{ text }} {% raw %}{{ }}{% endraw %}")
    written = render(open_environment(tmp_path), "a.html", text="{{{ {% {# } { \\")
    assert written == "&#123;&#123;{ &#123;% &#123;# } { &#92; {{ }}"


@pytest.mark.parametrize("name", ["a.txt", "a.txt.j2"])
def test_plain_text_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "{{ text }}")
    assert render(open_environment(tmp_path), name, text="<b>“") == "<b>“"


def test_what_a_release_says_is_never_a_template(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "{{ text }}")
    assert render(open_environment(tmp_path), "a.txt", text="{{ 7*7 }}{% x %}") == "{{ 7*7 }}{% x %}"


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("one\n{{ organisaton }}", "organisaton"),
        ("one\n{% if %}", "malformed"),
        ("one\n{{ text.__class__.__mro__ }}", "may not do"),
        ("one\n{{ text | safe }}", "safe"),
        ("one\n{{ 1 / 0 }}", "cannot be rendered"),
        ("one\n{% include 'nowhere.html' %}", "nowhere.html"),
        ("one\n{% include 'a.html' %}", "itself without end"),
    ],
)
def test_a_mistake_is_told_with_template_and_line(tmp_path: Path, template: str, says: str) -> None:
    write(tmp_path, "a.html", template)
    with pytest.raises(RenderError, match=says) as caught:
        render(open_environment(tmp_path), "a.html", text="x")
    assert (caught.value.template, caught.value.line) == ("a.html", 2)


def test_the_mistake_of_an_included_template_is_told_where_it_is(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "{% include 'email/b.html' %}")
    write(tmp_path, "email/b.html", "\n\n{{ nothing }}")
    with pytest.raises(RenderError) as caught:
        render(open_environment(tmp_path), "a.html")
    assert (caught.value.template, caught.value.line) == ("email/b.html", 3)


def test_a_template_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes("é".encode("latin-1"))
    with pytest.raises(RenderError, match=r"a\.html: .*UTF-8"):
        render(open_environment(tmp_path), "a.html")


def test_a_missing_template_is_named() -> None:
    with pytest.raises(RenderError, match=r"email/none\.j2"):
        render(open_environment(), "email/none.j2")
