"""Double marks of every country, typed ones, and those that are never closed."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.quotation_marks import (
    closes_unopened,
    find_stretches,
    opens_with_mark,
    tidy_marks,
)
from tests.sources.recognisers.bodies import speakers


@pytest.mark.parametrize(
    "text",
    [
        "“They said ‘never again’ and did it,” said Jane Doe.",
        "“They said “never again” and did it,” said Jane Doe.",
        "« They said « never again » and did it », said Jane Doe.",
        "« They said “never again” and did it », said Jane Doe.",
        "„They said ‚never again‘ and did it“, said Jane Doe.",
        "»They said ›never again‹ and did it«, said Jane Doe.",
        "‹ They said it and did it ›, said Jane Doe.",
        "\"They said 'never again' and did it\" said Jane Doe.",
        ",,They said it and did it'', said Jane Doe.",
        "``They said it and did it,'' said Jane Doe.",
        "''They said it and did it,'' said Jane Doe.",
        "“”They said it and did it,”” said Jane Doe.",
        '"They said it and did it,” said Jane Doe.',
        '“They said it and did it," said Jane Doe.',
        '“They said it of a 46" set and did it,” said Jane Doe.',
    ],
)
def test_whatever_the_marks_one_person_speaks_once(text: str) -> None:
    assert speakers("en", text) == ["Jane Doe"]


@pytest.mark.parametrize("text", ["the workers' plan", "d''accord", "1,,000", "“It is so.”", "plain"])
def test_marks_that_are_no_typed_ones_stay(text: str) -> None:
    assert tidy_marks(text) == text


def test_a_stretch_left_open_runs_to_the_end() -> None:
    (found,) = find_stretches("She said: “It is so.")
    assert not found.is_closed


@pytest.mark.parametrize(("text", "does"), [("It is so.”", True), ("It is so.'", True), ("“It is so.”", False)])
def test_a_paragraph_may_close_what_it_did_not_open(text: str, *, does: bool) -> None:
    assert closes_unopened(text) is does


@pytest.mark.parametrize(
    ("text", "does"),
    [("“So it is.", True), ("» Así es.", False), ("»Así es.", True), ("'So it is.", True), ("'t Is so.", False)],
)
def test_a_paragraph_may_open_with_a_mark(text: str, *, does: bool) -> None:
    assert opens_with_mark(text) is does
