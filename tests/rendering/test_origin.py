"""What a template made is traced back to the line it was written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from distribute.domain.release import Release
from distribute.errors import RenderError
from distribute.rendering.environment import open_environment, shipped_templates
from distribute.rendering.filling import render
from distribute.rendering.letter import Letterhead
from distribute.rendering.origin import Origins, Place, marking
from tests.rendering.test_letter import _workspace, compiled


def origins(root: Path, files: dict[str, str], **context: object) -> tuple[str, Origins]:
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    environment = open_environment(root)
    text = render(environment, "a.html", **context)
    return text, Origins(text, lambda: render(marking(environment), "a.html", **context))


def test_every_character_knows_its_template_and_line(tmp_path: Path) -> None:
    text, found = origins(
        tmp_path,
        {
            "a.html": '{% import "m.html" as m %}\none {% include "b.html" %}\n\n{{- m.big("x") }}\n  {{ value }}last',
            "b.html": "two\n  {%- if true %}\n\n  three\n  {%- endif %}",
            "m.html": "\n{% macro big(word) -%}\n  <b>{{ word }}</b>\n{%- endmacro %}",
        },
        value="a\nb",
    )
    places = {word: found.of(text.index(word)) for word in ("one", "two", "three", "<b>", "x", "a\nb", "last")}
    assert places == {
        "one": Place("a.html", 2),
        "two": Place("b.html", 1),
        "three": Place("b.html", 4),
        "<b>": Place("m.html", 3),
        "x": Place("m.html", 3),
        "a\nb": Place("a.html", 5),
        "last": Place("a.html", 5),
    }


def test_a_template_that_weighs_its_own_output_is_not_traced_wrongly(tmp_path: Path) -> None:
    text, found = origins(tmp_path, {"a.html": "{% set x %}word{% endset %}{{ x | length }}"})
    assert (text, found.of(0)) == ("4", None)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("<mj-divider", "<mj-dividor /><mj-divider", 3, "do you mean “mj-divider”"),
        ("  </mj-column>", "", 2, "<mj-column> is still open where </mj-section> stands"),
        ('class="soft tap"', 'class="soft', 9, "is malformed: values stand in quotation marks"),
        ("{{ letter.footer.reason }}", "{{ letter.footer.reason }} <mj-spacer />", 8, "<mj-spacer> is not allowed"),
        ("{{ letter.footer.reason }}", "R&D {{ letter.footer.reason }}", 8, "a bare “&”"),
        ('color="#5a5751"', 'color="grey"', 4, "write a colour such as #0a4a82"),
        ("{{ letter.footer.unsubscribe }}</a>", "{{ letter.footer.unsubscribe }}", 9, "<a> is still open where </p>"),
    ],
)
def test_a_mistake_names_the_line_of_the_template_that_was_edited(
    tmp_path: Path, client_release: Release, letterhead: Letterhead, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(RenderError, match=re.escape(says)) as caught:
        compiled(client_release, letterhead, _workspace(tmp_path, old, new))
    assert (caught.value.template, caught.value.line) == ("email/footer.mjml.j2", line)


def test_a_mistake_in_a_macro_is_told_where_the_macro_is(
    tmp_path: Path, client_release: Release, letterhead: Letterhead
) -> None:
    parts = (shipped_templates() / "email/parts.mjml.j2").read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(parts.split("\n"), 1) if row.startswith("<p "))
    (tmp_path / "email").mkdir()
    (tmp_path / "email/parts.mjml.j2").write_text(parts.replace("<p style=", "<p styl="), encoding="utf-8")
    with pytest.raises(RenderError, match="no attribute “styl”; do you mean “style”") as caught:
        compiled(client_release, letterhead, open_environment(tmp_path))
    assert (caught.value.template, caught.value.line) == ("email/parts.mjml.j2", line)
