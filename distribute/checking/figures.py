"""Rules about numbers: what the headline counts, the text counts as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from distribute.checking.languages import either, words_of
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import headline_text
from distribute.domain.release import Release

_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?![\d/]|[.,-]\d)")


@warning("headline-number")
def check_number(release: Release, _now: datetime) -> Iterator[Remark]:
    """A number in the headline stands in the text, too, in figures or in words."""
    text = headline_text(release)
    below = "\n".join((*release.subheads, *(block.text for block in release.body)))
    known = {_plain(match[0]) for match in re.finditer(r"\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?", below)}
    known |= set(re.findall(r"\d+", below))
    for match in _NUMBER.finditer(text.words):
        number = _plain(match[0])
        if below and number not in known and not _is_spelt_out(number, below, release.language):
            yield text.remark(
                f"The headline says {match[0]}, which the text never does: check both, or explain it in the text.",
                match,
            )


def _plain(number: str) -> str:
    """The number without what groups its thousands, and with a point before its decimals."""
    bare = re.sub(r"[.,'’\u00a0\u202f ](?=\d{3}(?!\d))", "", number)
    return bare.replace(",", ".")


def _is_spelt_out(number: str, text: str, language: str | None) -> bool:
    words = words_of(language).numbers
    if not number.isdigit() or len(number) > 3 or int(number) >= len(words):
        return False
    return bool(re.search(either([words[int(number)]]), text, re.IGNORECASE))
