"""Quotations: whole ones by one speaker, over several paragraphs or interrupted; no scare quotes, no titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from distribute.domain.release import Block, BlockKind, Quote
from distribute.sources.recognisers.attribution import (
    SENTENCE,
    announced_by,
    attributed_after,
    attributed_before,
    attributed_within,
)
from distribute.sources.recognisers.cast import Cast
from distribute.sources.recognisers.quotation_marks import (
    Stretch,
    closes_unopened,
    find_spoken,
    find_stretches,
    has_double_marks,
    opens_with_mark,
)
from distribute.sources.recognisers.speakers import Speaker, subject_of
from distribute.sources.vocabulary import Vocabulary

_FEWEST_WORDS = 2
_FEWEST_ALONE = 6
_FEWEST_OF_SENTENCE = 4
_FARTHEST = 3
_FARTHEST_BACK = 2000
_MOST = 5000
"""Stretches in marks that are asked about: no release has as many, and those behind them are text like any other."""


@dataclass(slots=True)
class _Draft:
    """A quotation while it grows: the pieces of each paragraph it stands in, and what is just before it."""

    line: int | None
    paragraphs: list[list[str]] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    speaker: Speaker | None = None
    before: str = ""

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

    @property
    def is_dialogue(self) -> bool:
        """A dash opens it, so that a dash sets off who speaks as a comma does."""
        return self.block.text[self.stretch.outer[0] : self.stretch.start].lstrip()[:1] in {"–", "—"}


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
        self.last_open = -1
        self.seen = 0

    def read(self) -> tuple[Quote, ...]:
        for index, block in enumerate(self.body):
            if block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE}:
                self._read_block(index, block)
            else:
                self.pending = None
        cast = Cast(self.body, self.words)
        return tuple(_finished(draft, cast) for draft in self.drafts)

    def _read_block(self, index: int, block: Block) -> None:
        stretches = find_stretches(block.text, with_single=not has_double_marks(block.text))
        if self.pending and index < self.last_open and not stretches:
            self.pending.open_paragraph(index)
            self.pending.paragraphs[-1].append(block.text)
            return
        stretches = self._spoken(block.text, is_marked=bool(stretches)) or stretches
        stretches = stretches[: _MOST - self.seen]
        self.seen += len(stretches)
        current = self._carried_on(index, block.text, stretches)
        if current:
            current.open_paragraph(index)
        for place, stretch in enumerate(stretches):
            before = block.text[stretches[place - 1].outer[1] if place else 0 : stretch.outer[0]]
            end = stretches[place + 1].outer[0] if place + 1 < len(stretches) else len(block.text)
            quoted = _Quoted(index, block, stretch, before, block.text[stretch.outer[1] : end])
            current = self._place(quoted, current)
        is_open = bool(stretches) and not stretches[-1].is_closed and index + 1 < len(self.body)
        self.last_open = self._closing(index) if is_open else -1
        self.pending = current if self.last_open > index else None

    def _spoken(self, text: str, *, is_marked: bool) -> list[Stretch]:
        """What a dash opens; where marks stand in the paragraph as well, only with somebody who says it."""
        if "opens_speech_with_dash" not in self.words.grammar:
            return []
        stretches = find_spoken(text, self._is_attribution)
        is_said = bool(stretches) and self._is_attribution(text[stretches[0].outer[1] :])
        return stretches if is_said or not is_marked else []

    def _is_attribution(self, after: str) -> bool:
        return attributed_after(after, self.words, ends_sentence=False, is_comma_inside=True) is not None

    def _closing(self, index: int) -> int:
        """The paragraph in which a quotation left open goes on or ends; -1 where none of the next few does."""
        if opens_with_mark(self.body[index + 1].text):
            return index + 1
        for place, block in enumerate(self.body[index + 1 : index + 1 + _FARTHEST], index + 1):
            if block.kind is BlockKind.HEADING or opens_with_mark(block.text):
                return -1
            if closes_unopened(block.text):
                return place
            if has_double_marks(block.text):
                return -1
        return -1

    def _carried_on(self, index: int, text: str, stretches: Sequence[Stretch]) -> _Draft | None:
        """The quotation that this paragraph goes on with: left open, or of a speaker named just above.

        The second is how most desks write it: “…,” said Jane Doe. Then whole paragraphs in marks.
        """
        if not stretches or not stretches[0].is_first:
            return None
        if self.pending and (opens_with_mark(text) or closes_unopened(text)):
            return self.pending
        if not opens_with_mark(text):
            return None
        last = self.drafts[-1] if self.drafts and self.drafts[-1].blocks[-1] == index - 1 else None
        first = stretches[0]
        is_whole = len(stretches) == 1 and self._stands_alone(text, text[first.outer[1] :], first)
        return last if is_whole and not attributed_within(text[first.start : first.end], self.words) else None

    def _place(self, quoted: _Quoted, current: _Draft | None) -> _Draft | None:
        """Add a stretch to the quotation it belongs to, begin one with it, or pass it by."""
        stretch, text, before, after = quoted.stretch, quoted.text, quoted.before, quoted.after
        if current is None and not _can_begin(quoted):
            return None
        ends_sentence = text.rstrip('”»" ')[-1:] in {".", "…"}
        is_cut = quoted.is_dialogue or (text.endswith(",") and _is_sentence(text))
        own = attributed_after(after, self.words, ends_sentence=ends_sentence, is_comma_inside=is_cut)
        if current and _is_another(own, current.speaker):
            current = None
        if current and (stretch.is_first or self._resumes(quoted, current)):
            current.paragraphs[-1].append(text)
            current.speaker = current.speaker or own
            return current
        own = own or attributed_before(before, self.words) or attributed_within(text, self.words)
        if not own and stretch.is_first and self._stands_alone(text, after, stretch):
            own = self._announced(quoted.index) or Speaker()
        if not own and self._follows_subject(before, text, after):
            own = subject_of(SENTENCE.split(before.strip())[-1], self.words)
        if own is None or not _can_begin(quoted):
            return current
        begin = max(0, stretch.outer[0] - _FARTHEST_BACK)
        draft = _Draft(line=quoted.block.line, speaker=own, before=quoted.block.text[begin : stretch.outer[0]])
        draft.open_paragraph(quoted.index)
        draft.paragraphs[-1].append(text)
        self.drafts.append(draft)
        return draft

    def _resumes(self, quoted: _Quoted, current: _Draft) -> bool:
        """The stretch goes on after the attribution that interrupts it."""
        before, last = quoted.before, current.paragraphs[-1]
        if len(before) > 400 or not last:
            return False
        is_sentence = quoted.text[:1].isupper() or before.rstrip().endswith(",")
        ends_sentence = last[-1][-1:] in {".", "…"}
        said = attributed_after(before, self.words, ends_sentence=ends_sentence, is_comma_inside=quoted.is_dialogue)
        return said is not None and is_sentence and attributed_before(before, self.words) is None

    def _stands_alone(self, text: str, after: str, stretch: Stretch) -> bool:
        is_rest = not stretch.is_closed or not after.strip(" .,;!?)")
        return len(text.split()) >= _FEWEST_ALONE and is_rest

    def _follows_subject(self, before: str, text: str, after: str) -> bool:
        """A whole sentence in marks behind a sentence about somebody: ``Ana Ruiz agrees. “It is time.”``"""
        return before.rstrip()[-1:] in {".", ":", ","} and _is_sentence(text) and not after.strip(" .")

    def _announced(self, index: int) -> Speaker | None:
        return announced_by(self.body[index - 1].text, self.words) if index else None


def _finished(draft: _Draft, cast: Cast) -> Quote:
    name, title = cast.name(draft.speaker or Speaker(), draft.before)
    paragraphs = [_join(pieces) for pieces in draft.paragraphs]
    return Quote(
        text="\n\n".join(paragraphs),
        speaker=name,
        title=title,
        paragraphs=len(paragraphs),
        line=draft.line,
        blocks=tuple(draft.blocks),
    )


def _is_another(speaker: Speaker | None, before: Speaker | None) -> bool:
    names = [person.name.rsplit(None, 1)[-1] for person in (speaker, before) if person and person.name]
    return len(names) == 2 and names[0] != names[1]


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) >= _FEWEST_OF_SENTENCE


def _can_begin(quoted: _Quoted) -> bool:
    """No title or slogan, and no few words inside a sentence of somebody else's: ``calls the plan “a step back”``."""
    text, number = quoted.text, len(quoted.text.split())
    is_inside = not quoted.stretch.is_first and not quoted.before.rstrip().endswith((":", ","))
    return number >= _FEWEST_WORDS and not (is_inside and number < 5 and not text[:1].isupper())


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
