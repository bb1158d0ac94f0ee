"""Quotations: whole ones by one speaker, over several paragraphs or interrupted; no scare quotes, no titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from distribute.domain.release import Block, BlockKind, Quote
from distribute.sources.recognisers.attribution import (
    announced_by,
    attributed_after,
    attributed_before,
    attributed_within,
)
from distribute.sources.recognisers.quotation_marks import Stretch, find_stretches, has_double_marks, opens_with_mark
from distribute.sources.recognisers.speakers import Speaker
from distribute.sources.vocabulary import Vocabulary

_FEWEST_WORDS = 2
_FEWEST_ALONE = 6
_TWO_NAMES = re.compile(r"(?<![\w.])[A-ZÀ-Þ][\w’'\-]+ (?:[A-Z]\. )?(?=([A-ZÀ-Þ][\w’'\-]+))\1")


@dataclass(slots=True)
class _Draft:
    """A quotation while it grows: the pieces of each paragraph it stands in."""

    line: int | None
    paragraphs: list[list[str]] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    speaker: Speaker | None = None

    def open_paragraph(self, block: int) -> None:
        self.paragraphs.append([])
        self.blocks.append(block)


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A stretch in its block, with the words between it and its neighbours."""

    index: int
    block: Block
    stretch: Stretch
    before: str
    after: str

    @property
    def text(self) -> str:
        return self.block.text[self.stretch.start : self.stretch.end]


def find_quotes(body: Sequence[Block], words: Vocabulary) -> tuple[Quote, ...]:
    """The quotations of a body in order, each with its speaker as far as the text names one.

    A paragraph that opens with a mark goes on with a quotation that the paragraph before it left
    open: only the last one closes (Chicago Manual of Style, 13.32).
    """
    return _Reader(body, words).read()


class _Reader:
    def __init__(self, body: Sequence[Block], words: Vocabulary) -> None:
        self.body, self.words = body, words
        self.drafts: list[_Draft] = []
        self.pending: _Draft | None = None

    def read(self) -> tuple[Quote, ...]:
        for index, block in enumerate(self.body):
            if block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE}:
                self._read_block(index, block)
            else:
                self.pending = None
        people = _People(self.body)
        return tuple(people.finish(draft) for draft in self.drafts)

    def _read_block(self, index: int, block: Block) -> None:
        stretches = find_stretches(block.text, with_single=not has_double_marks(block.text))
        current = self._carried_on(index, block.text, stretches)
        if current:
            current.open_paragraph(index)
        for place, stretch in enumerate(stretches):
            before = block.text[stretches[place - 1].outer[1] if place else 0 : stretch.outer[0]]
            end = stretches[place + 1].outer[0] if place + 1 < len(stretches) else len(block.text)
            quoted = _Quoted(index, block, stretch, before, block.text[stretch.outer[1] : end])
            current = self._place(quoted, current)
        is_open = bool(stretches) and not stretches[-1].is_closed and index + 1 < len(self.body)
        self.pending = current if is_open and opens_with_mark(self.body[index + 1].text) else None

    def _carried_on(self, index: int, text: str, stretches: Sequence[Stretch]) -> _Draft | None:
        """The quotation that this paragraph goes on with: left open, or of a speaker named just above.

        The second is how most desks write it: “…,” said Jane Doe. Then whole paragraphs in marks.
        """
        if not stretches or not stretches[0].is_first or not opens_with_mark(text):
            return None
        if self.pending:
            return self.pending
        last = self.drafts[-1] if self.drafts and self.drafts[-1].blocks[-1] == index - 1 else None
        first = stretches[0]
        is_whole = len(stretches) == 1 and self._stands_alone(text, text[first.outer[1] :], first)
        return last if is_whole and not attributed_within(text[first.start : first.end], self.words) else None

    def _place(self, quoted: _Quoted, current: _Draft | None) -> _Draft | None:
        """Add a stretch to the quotation it belongs to, begin one with it, or pass it by."""
        stretch, text, before, after = quoted.stretch, quoted.text, quoted.before, quoted.after
        ends_sentence = text.rstrip('”»" ')[-1:] in {".", "…"}
        own = attributed_after(after, self.words, ends_sentence=ends_sentence)
        if current and (stretch.is_first or self._resumes(before, text, current)):
            current.paragraphs[-1].append(text)
            current.speaker = current.speaker or own
            return current
        own = own or attributed_before(before, self.words) or attributed_within(text, self.words)
        if not own and stretch.is_first and self._stands_alone(text, after, stretch):
            own = self._announced(quoted.index) or Speaker()
        is_part = not stretch.is_first and _is_fragment(text, before)
        if own is None or len(text.split()) < _FEWEST_WORDS or is_part:
            return current
        draft = _Draft(line=quoted.block.line, speaker=own)
        draft.open_paragraph(quoted.index)
        draft.paragraphs[-1].append(text)
        self.drafts.append(draft)
        return draft

    def _resumes(self, before: str, text: str, current: _Draft) -> bool:
        """The stretch goes on after the attribution that interrupts it."""
        if len(before) > 400 or not current.paragraphs[-1]:
            return False
        is_sentence = text[:1].isupper() or before.rstrip().endswith(",")
        ends = current.paragraphs[-1][-1]
        is_attributed = attributed_after(before, self.words, ends_sentence=ends[-1:] in {".", "…"}) is not None
        return is_attributed and is_sentence and attributed_before(before, self.words) is None

    def _stands_alone(self, text: str, after: str, stretch: Stretch) -> bool:
        is_rest = not stretch.is_closed or not after.strip(" .,;!?)")
        return len(text.split()) >= _FEWEST_ALONE and is_rest

    def _announced(self, index: int) -> Speaker | None:
        return announced_by(self.body[index - 1].text, self.words) if index else None


def _is_fragment(text: str, before: str) -> bool:
    """A few words inside a sentence of somebody else's: ``calls the plan “a step back”``."""
    return len(text.split()) < 5 and not before.rstrip().endswith((":", ",")) and not text[:1].isupper()


def _join(pieces: Sequence[str]) -> str:
    """The pieces around an attribution as one text; a comma set for it becomes the full stop it replaced."""
    joined = ""
    for piece in pieces:
        goes_on = piece[:1].islower()
        joined = f"{joined if goes_on else _finish(joined)} {piece}" if joined else piece
    return _finish(joined) if joined.endswith(",") else joined


def _finish(text: str) -> str:
    bare = text.rstrip(" ,")
    return bare if bare[-1:] in ".!?…:;”»’" else f"{bare}."


class _People:
    """Everybody the text names, so that ``said Struthers`` and ``she added`` find their person."""

    def __init__(self, body: Sequence[Block]) -> None:
        self.full_names = _full_names(body)
        self.known: dict[str, tuple[str, str | None]] = {}
        self.last: tuple[str | None, str | None] = (None, None)

    def finish(self, draft: _Draft) -> Quote:
        name, title = self._resolve(draft.speaker or Speaker())
        if name or title:
            self.last = name, title
        if name:
            self.known.setdefault(name.rsplit(None, 1)[-1].casefold(), (name, title))
        paragraphs = [_join(pieces) for pieces in draft.paragraphs]
        return Quote(
            text="\n\n".join(paragraphs),
            speaker=name,
            title=title,
            paragraphs=len(paragraphs),
            line=draft.line,
            blocks=tuple(draft.blocks),
        )

    def _resolve(self, speaker: Speaker) -> tuple[str | None, str | None]:
        if speaker.is_pronoun:
            return self.last
        if not speaker.name:
            return None, speaker.title
        known = self.known.get(speaker.name.rsplit(None, 1)[-1].casefold())
        if known and (speaker.is_surname or known[0] == speaker.name):
            return known[0], speaker.title if speaker.title and not speaker.is_surname else known[1] or speaker.title
        if speaker.is_surname:
            return self.full_names.get(speaker.name.casefold(), speaker.name), speaker.title
        return speaker.name, speaker.title


def _full_names(body: Sequence[Block]) -> dict[str, str]:
    """Surname, case-folded, to the first ``Given Surname`` in the text."""
    found: dict[str, str] = {}
    for block in body:
        for match in _TWO_NAMES.finditer(block.text):
            found.setdefault(match[1].casefold(), match[0])
    return found
