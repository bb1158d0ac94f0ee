"""Quotation marks: which runs of a text stand between them, and how each language sets them."""

from __future__ import annotations

import re

QUOTES = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", '"': '"'}
"""Each opening mark with those that close it. Single marks are left out: an apostrophe looks the same."""

BRACKETS = {"(": ")", "[": "]"}

_STYLES = {
    "en": ("“", "”"),
    "fr": ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"),
    "es": ("«", "»"),
    "pt": ("“", "”"),
    "de": ("„", "“"),
    "nl": ("“", "”"),
    "pl": ("„", "”"),
}
_DOUBLE = re.compile("[“”„‟«»＂]")
_SINGLE = re.compile("[‘’‚‛‹›`´]")


def quote_in(language: str, text: str) -> str:
    """``text`` in the outer marks of a BCP 47 language; English ones where it is not known."""
    opening, closing = _STYLES.get(re.split("[-_]", language)[0].casefold(), _STYLES["en"])
    return f"{opening}{text}{closing}"


def normalise_wording(text: str) -> str:
    """The form in which wordings are compared: one kind of double and of single mark, single spaces."""
    return " ".join(_SINGLE.sub("'", _DOUBLE.sub('"', text)).split())


def enclosed(text: str, pairs: dict[str, str]) -> list[tuple[int, int]] | None:
    """Start and end (exclusive) of each outermost run between ``pairs``, marks left out; None when they do not pair."""
    closers = set("".join(pairs.values()))
    runs, waiting, start = list[tuple[int, int]](), list[str](), 0
    for index, character in enumerate(text):
        if waiting and character in waiting[-1]:
            waiting.pop()
            if not waiting:
                runs.append((start, index))
        elif character in pairs:
            start = start if waiting else index + 1
            waiting.append(pairs[character])
        elif character in closers:
            return None
    return None if waiting else runs


def quoted_runs(text: str) -> list[str] | None:
    """What stands between quotation marks, outermost pairs only; None when the marks do not pair."""
    runs = enclosed(text, QUOTES)
    return None if runs is None else [text[start:end] for start, end in runs]
