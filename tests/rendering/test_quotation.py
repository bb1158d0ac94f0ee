"""Which runs of a text stand between quotation marks."""

import pytest

from distribute.rendering.quotation import BRACKETS, QUOTES, enclosed, normalise_wording, quote_in, quoted_runs


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("no marks at all", []),
        ("“one” and “two”", ["one", "two"]),
        ("“outer “inner” outer”", ["outer “inner” outer"]),
        ("« un » puis « deux “dedans” »", [" un ", " deux “dedans” "]),
        ("„deutsch“ und „so”", ["deutsch", "so"]),
        ("»andersherum«", ["andersherum"]),
        ('"straight" and "again"', ["straight", "again"]),
        ("it’s the police’s ‘order’", []),
        ("", []),
    ],
)
def test_quoted_runs_are_what_stands_between_the_outermost_marks(text: str, runs: list[str]) -> None:
    assert quoted_runs(text) == runs


@pytest.mark.parametrize("text", ["“open", "closed”", "“ « ” »", 'one " too many " marks "', "„nie zu"])
def test_marks_that_do_not_pair_are_told_apart_from_no_marks(text: str) -> None:
    assert quoted_runs(text) is None


def test_brackets_can_enclose_too() -> None:
    assert enclosed("a (b “c” d) e", QUOTES | BRACKETS) == [(3, 10)]


@pytest.mark.parametrize(
    ("language", "quoted"),
    [("en", "“oui”"), ("fr-CA", "« oui »"), ("de", "„oui“"), ("fr_FR", "« oui »"), ("xx", "“oui”")],
)
def test_a_quotation_is_set_as_its_language_sets_it(language: str, quoted: str) -> None:
    assert quote_in(language, "oui").replace("\N{NO-BREAK SPACE}", " ") == quoted
    assert quoted_runs(quote_in(language, "oui")) is not None


def test_wordings_that_differ_in_marks_and_spaces_alone_are_the_same() -> None:
    assert normalise_wording("«It’s\n so»") == normalise_wording("“It's so”")
