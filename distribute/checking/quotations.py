"""Rules about quotations: every mark closed, every speaker named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, body_texts, shorten
from distribute.domain.release import Release

_PAIRS = {"“": "”", "«": "»", "„": "“”", '"': '"', "»": "«"}
_FARTHEST = 12
"""Paragraphs over which somebody may speak."""
_ALL = frozenset('“”«»„"')


@warning("unclosed-quote")
def check_closed(release: Release, _now: datetime) -> Iterator[Remark]:
    """A quotation mark that is opened is closed.

    A quotation over several paragraphs opens each of them and closes only the last (Chicago Manual
    of Style, 13.32); Spanish opens the later ones with the closing mark, German none of them.
    """
    texts = list(body_texts(release))
    is_open = False
    for place, text in enumerate(texts):
        left = _left_open(text.words, is_reopened=is_open)
        follower = texts[place + 1].words if place + 1 < len(texts) else ""
        is_open = left is not None and follower[:1] in _ALL and follower[:1] != ""
        if left is not None and not is_open and not _is_closed_below(text.words[left], texts[place + 1 :]):
            yield _unclosed(text, left)


@warning("quote-without-speaker")
def check_speaker(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each quotation has somebody who says it."""
    for quote in release.quotes:
        if not quote.speaker and not quote.title:
            message = f"Nobody is named as the speaker of “{shorten(quote.text)}”: say who said it."
            yield Text(quote.text, quote.line).remark(message, 0, quote.text.partition("\n")[0])


def _is_closed_below(mark: str, below: Sequence[Text]) -> bool:
    """A paragraph further down closes what was opened, before one opens anew; ``”`` may have opened it, too."""
    closing = _PAIRS.get(mark, "”")
    for text in below[:_FARTHEST]:
        for place, sign in enumerate(text.words):
            if sign in closing and mark != '"' and not _is_opening(text.words, place):
                return True
            if sign in "“«„":
                return False
    return False


def _unclosed(text: Text, place: int) -> Remark:
    around = shorten(text.words[place : place + 40])
    return text.remark(
        f"The quotation {around} is never closed: put the closing mark where the words end.", place, text.words[place]
    )


def _left_open(words: str, *, is_reopened: bool) -> int | None:
    """The place of the outermost mark that is still open when the paragraph ends."""
    stack: list[tuple[str, int]] = []
    for place, sign in enumerate(words):
        if sign not in _ALL:
            continue
        if stack and sign in _PAIRS[stack[-1][0]] and not (sign == '"' and _is_opening(words, place)):
            stack.pop()
        elif (
            sign in "«„"
            or (sign == "“" and not _is_closing(words, place))
            or (place == 0 and is_reopened)
            or (sign in '"»' and _is_opening(words, place))
        ):
            stack.append(("«" if sign == "»" and is_reopened else "“" if sign == "”" else sign, place))
    return stack[0][1] if stack else None


def _is_closing(words: str, place: int) -> bool:
    """German closes with the mark that English opens with: behind a letter or a full stop, before none."""
    before, after = words[place - 1 : place], words[place + 1 : place + 2]
    return bool(before) and not before.isspace() and before not in "([—–-" and not after.isalnum()


def _is_opening(words: str, place: int) -> bool:
    before, after = words[place - 1 : place] if place else "", words[place + 1 : place + 2]
    return (not before or before.isspace() or before in "([—–-") and after.isalnum()
