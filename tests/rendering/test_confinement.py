"""A workspace's own templates: what runs away with time or memory ends as a sentence, and the same letter comes out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment

from distribute.domain.release import Release
from distribute.errors import RenderError
from distribute.rendering import confinement, environment
from distribute.rendering.environment import Mistake, errand, open_environment, shipped_templates
from distribute.rendering.filling import render
from distribute.rendering.letter import Letterhead
from tests.rendering.test_letter import compiled

AROUND = "{% for i in range(9999) %}{% for j in range(9999) %}{% set x = j %}{% endfor %}{% endfor %}"
GROWING = "{% set it = namespace(x='aaaaaaaa') %}{% for i in range(99) %}{% set it.x = it.x ~ it.x %}{% endfor %}"


def workspace(root: Path, text: str) -> Environment:
    (root / "web").mkdir()
    (root / "web/a.html").write_text("\n" + text, encoding="utf-8")
    return open_environment(root)


def here(root: Path, text: str, **context: object) -> object:
    """The answer of the other process, given in this one."""
    return confinement._answer(errand(workspace(root, text), "web/a.html", context))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of processor time")
def test_a_loop_in_a_loop_ends_with_template_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "SECONDS", 0.2)
    answer = here(tmp_path, AROUND)
    assert isinstance(answer, Mistake)
    assert "takes too long" in answer.message
    assert (answer.template, answer.line) == ("web/a.html", 2)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory is used")
def test_a_text_that_grows_with_each_turn_ends_with_template_and_line(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="more memory than a template may") as caught:
        render(workspace(tmp_path, GROWING), "web/a.html")
    assert (caught.value.template, caught.value.line) == ("web/a.html", 2)


def test_a_text_too_long_for_anything_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "LONGEST", 100)
    answer = here(tmp_path, "{{ 'x' * 200 }}")
    assert isinstance(answer, Mistake)
    assert "makes more than" in answer.message


def test_a_process_that_gives_no_answer_is_ended_and_the_next_template_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = workspace(tmp_path, "{% if is_slow %}" + AROUND + "{% endif %}done")
    assert render(slow, "web/a.html", is_slow=False) == "\ndone"
    monkeypatch.setattr(confinement, "PATIENCE", 0.3)
    with pytest.raises(RenderError, match=r"web/a\.html: the template takes more time or memory"):
        render(slow, "web/a.html", is_slow=True)
    monkeypatch.undo()
    assert render(slow, "web/a.html", is_slow=False) == "\ndone"


def test_an_edit_is_seen_by_the_process_that_is_kept(tmp_path: Path) -> None:
    own = workspace(tmp_path, "{% include 'web/b.html' %}")
    for words in ("one", "a second time"):
        (tmp_path / "web/b.html").write_text(words, encoding="utf-8")
        assert render(own, "web/a.html") == f"\n{words}"


def test_what_a_function_given_to_a_template_raises_arrives(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        render(workspace(tmp_path, "{{ remove(path) }}"), "web/a.html", remove=os.remove, path=str(tmp_path / "none"))


def test_what_cannot_leave_this_process_is_rendered_in_it_within_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = workspace(tmp_path, "{% if stays() %}" + AROUND + "{% endif %}done")
    assert render(own, "web/a.html", stays=lambda: False) == "\ndone"
    if sys.platform != "win32":
        monkeypatch.setattr(confinement, "SECONDS", 0.2)
        with pytest.raises(RenderError, match="takes too long"):
            render(own, "web/a.html", stays=lambda: True)


def test_only_a_workspace_with_templates_of_that_kind_has_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_release: Release, letterhead: Letterhead
) -> None:
    asked: list[str] = []
    apart: Callable[[environment.Errand], str | Mistake] = confinement.render_apart

    def counted(one: environment.Errand) -> str | Mistake:
        asked.append(one.template)
        return apart(one)

    monkeypatch.setattr(confinement, "render_apart", counted)
    (tmp_path / "social").mkdir()
    (tmp_path / "social/x.txt.j2").write_text("x", encoding="utf-8")
    plain = compiled(full_release, letterhead, open_environment(tmp_path))
    assert asked == []
    shutil.copytree(shipped_templates() / "email", tmp_path / "email")
    assert compiled(full_release, letterhead, open_environment(tmp_path)) == plain
    assert asked == ["email/letter.mjml.j2"]
