"""Everybody's copy of the letter, in a form small enough that a page can fill any of them by itself.

Personal unsubscribe links are left out of it: the page is handed round.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from distribute.domain.content import Letter
from distribute.domain.plan import Plan
from distribute.rendering.images import enclosed_pictures, without_images
from distribute.rendering.letter_view import all_headers, without_personal_link


def copies_document(plan: Plan) -> dict[str, Any]:
    """What fills the copy of everybody: the letters in pieces, and what is each recipient's own.

    ``letters`` maps variants to their pieces, ``pictures`` the ``cid:`` addresses in them to the pictures,
    ``words`` the name of a slot to its different values, ``of`` the same name to each recipient's index
    among them (nothing where all have the same one); ``keys`` are the delivery keys, one after the other,
    in base64. Recipients are in the plan's order.
    """
    index = _Index()
    keys = bytearray()
    for recipient, message in zip(plan.recipients, plan.messages, strict=True):
        keys += bytes.fromhex(message.key)
        index.add({":variant": recipient.variant, **without_personal_link(message).values})
    shown = set(index.words.get(":variant", {}))
    return {
        "letters": {name: _pieces(it) for name, it in sorted(plan.letters.items()) if name in shown},
        "pictures": enclosed_pictures(plan.letters.values()),
        "keys": b64encode(keys).decode(),
        "words": {name: list(words) for name, words in index.words.items()},
        "of": {name: of for name, of in index.of.items() if len(index.words[name]) > 1},
    }


class _Index:
    """The different values of every slot, and who has which."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, int]] = {}
        self.of: dict[str, list[int]] = {}
        self._people = 0

    def add(self, values: Mapping[str, str]) -> None:
        for name in dict.fromkeys((*values, *self.words)):
            words = self.words.setdefault(name, {})
            of = self.of.setdefault(name, [])
            if len(of) < self._people:
                blank = words.setdefault("", len(words))
                of.extend([blank] * (self._people - len(of)))
            value = values.get(name, "")
            of.append(words.setdefault(value, len(words)))
        self._people += 1


def _pieces(letter: Letter) -> dict[str, Any]:
    bare = without_images(letter.html)
    return {
        "html": letter.html.pieces,
        "bare": bare.pieces if bare != letter.html else None,
        "text": letter.text.pieces,
        "headers": [(name, value.pieces) for name, value in all_headers(letter)],
    }


def write_json(document: Mapping[str, Any]) -> str:
    """JSON that can stand in an HTML script element, whatever it says."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
