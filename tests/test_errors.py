"""The tree in the docstring is the tree in the code; exit codes and places come out as promised."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from distribute import errors
from distribute.errors import (
    ConfigError,
    DistributeError,
    InputError,
    RenderError,
    SourceError,
    SubmissionError,
    TryLater,
)

TREE_LINE = re.compile(r"(?P<branch>(?:│   |    )*(?:├── |└── )?)(?P<name>[A-Z]\w+)(?:\s{2,}(?P<note>.+))?")


def drawn_tree() -> dict[str, str | None]:
    """Each class drawn in the docstring with the one it hangs from."""
    parents: dict[str, str | None] = {}
    path: list[str] = []
    for line in (inspect.getdoc(errors) or "").splitlines():
        match = TREE_LINE.fullmatch(line)
        if match and (match["branch"] or match["name"] == "DistributeError"):
            depth = len(match["branch"]) // 4
            path[depth:] = [match["name"]]
            parents[match["name"]] = path[depth - 1] if depth else None
    return parents


def real_tree() -> dict[str, str | None]:
    classes = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == errors.__name__]
    names = {cls.__name__ for cls in classes}
    return {cls.__name__: next((b.__name__ for b in cls.__bases__ if b.__name__ in names), None) for cls in classes}


def all_classes() -> list[type[DistributeError]]:
    found, unseen = [DistributeError], [DistributeError]
    while unseen:
        below = unseen.pop().__subclasses__()
        found += below
        unseen += below
    return [cls for cls in found if cls.__module__ == errors.__name__]


# ---- the tree


def test_the_tree_drawn_is_the_tree_there_is() -> None:
    assert drawn_tree() == real_tree()


def test_every_exception_of_the_house_has_the_one_root() -> None:
    assert {cls.__name__ for cls in all_classes()} == set(real_tree())
    assert DistributeError.__bases__ == (Exception,)


def test_the_tree_grows_in_no_other_file() -> None:
    """A reader finds on one page everything that can become a sentence and an exit code."""
    house = re.compile(rf"class \w+\((?:.*[ .,(])?(?:{'|'.join(real_tree())})\b")
    elsewhere = [
        f"{path.name}: {line.strip()}"
        for path in Path(errors.__file__).parent.rglob("*.py")
        if path != Path(errors.__file__)
        for line in path.read_text(encoding="utf-8").splitlines()
        if house.match(line.strip())
    ]
    assert elsewhere == []


@pytest.mark.parametrize("cls", all_classes(), ids=lambda cls: cls.__name__)
def test_every_exception_says_what_it_means(cls: type[DistributeError]) -> None:
    assert re.fullmatch(r"[A-Z].*\.", (inspect.getdoc(cls) or "").splitlines()[0])


# ---- exit codes


@pytest.mark.parametrize("cls", all_classes(), ids=lambda cls: cls.__name__)
def test_bad_input_exits_with_2_and_everything_else_with_1(cls: type[DistributeError]) -> None:
    assert cls.exit_code == (2 if issubclass(cls, InputError) else 1)


def test_the_exit_codes_drawn_are_those_there_are() -> None:
    text = inspect.getdoc(errors) or ""
    assert re.search(r"^DistributeError\s+exit code 1$", text, re.MULTILINE)
    assert re.search(r"InputError\s+exit code 2: nothing was changed$", text, re.MULTILINE)


def test_what_a_provider_answers_is_never_the_fault_of_the_input() -> None:
    assert not issubclass(SubmissionError, InputError)


# ---- places


@pytest.mark.parametrize(
    ("path", "line", "shown"),
    [
        ("release.txt", 7, "release.txt:7: there is no headline"),
        (Path("lists") / "press.csv", 2, f"{Path('lists') / 'press.csv'}:2: there is no headline"),
        ("release.txt", None, "release.txt: there is no headline"),
        ("release.txt", 0, "release.txt: there is no headline"),
        (None, 7, "there is no headline"),
        (None, None, "there is no headline"),
    ],
)
def test_a_source_error_begins_with_its_place(path: Path | str | None, line: int | None, shown: str) -> None:
    error = SourceError("there is no headline", path, line)
    assert str(error) == shown
    assert (error.path, error.line) == (path, line)


@pytest.mark.parametrize(
    ("template", "line", "shown"),
    [
        ("email/letter.mjml.j2", 12, "email/letter.mjml.j2:12: it is malformed"),
        ("email/letter.mjml.j2", None, "email/letter.mjml.j2: it is malformed"),
        (None, 12, "it is malformed"),
        (None, None, "it is malformed"),
    ],
)
def test_a_render_error_begins_with_its_template(template: str | None, line: int | None, shown: str) -> None:
    error = RenderError("it is malformed", template, line)
    assert str(error) == shown
    assert (error.template, error.line) == (template, line)


# ---- what they carry


def test_a_config_error_keeps_every_problem() -> None:
    error = ConfigError(problem for problem in ("FROM_EMAIL is not set", "PUBLIC_URL is malformed"))
    assert error.problems == ("FROM_EMAIL is not set", "PUBLIC_URL is malformed")
    assert str(error) == "FROM_EMAIL is not set\nPUBLIC_URL is malformed"


def test_a_pause_is_what_the_provider_asked_for_or_a_minute() -> None:
    assert TryLater("busy").after == 60.0
    assert TryLater("busy", after=1.5).after == 1.5
    assert str(TryLater("busy", after=1.5)) == "busy"
