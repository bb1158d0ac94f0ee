"""The language of a text, told by its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from distribute.sources.vocabulary import stop_words

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 20_000
_FEWEST = 2


def guess_language(text: str) -> str | None:
    """A two-letter code (ISO 639-1) of the languages we have words for; None when nothing tells."""
    counts = Counter(_WORD.findall(text[:_LONGEST].casefold()))
    scores = {language: sum(counts[word] for word in words) for language, words in stop_words().items()}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (best, most), (_, second) = ranked[:2]
    return best if most >= _FEWEST and most > second else None
