"""Quotations: whole ones by one speaker, over several paragraphs or interrupted; no scare quotes, no titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from distribute.domain.release import Block, BlockKind, Quote
from distribute.sources.recognisers.attribution import (
    announced_by,
    attributed_after,
    attributed_before,
    attributed_within,
)
from distribute.sources.recognisers.cast import Cast
from distribute.sources.recognisers.drafts import Draft, finish, is_somebody
from distribute.sources.recognisers.quotation_marks import (
    Stretch,
    closes_unopened,
    find_spoken,
    find_stretches,
    has_double_marks,
    opens_with_mark,
    tidy_marks,
)
from distribute.sources.recognisers.quoted import Quoted, is_sentence
from distribute.sources.recognisers.signatures import sign_above, sign_below, split_signature
from distribute.sources.recognisers.speakers import Speaker
from distribute.sources.recognisers.surroundings import Surroundings
from distribute.sources.sentences import split_sentences
from distribute.sources.vocabulary import Vocabulary

_FEWEST_WORDS = 2
_FEWEST_OF_STYLE = 4
_FARTHEST = 12
_LONGEST_BREAK = 400
_REACH = 2000
_MOST = 5000
"""Stretches in marks that are asked about: no release has as many, and those behind them are text like any other."""


def find_quotes(body: Sequence[Block], words: Vocabulary) -> tuple[Quote, ...]:
    """The quotations of a body in order, each with its speaker as far as the text names one.

    A paragraph that opens with a mark goes on with a quotation that the paragraph before it left
    open: only the last one closes (Chicago Manual of Style, 13.32).
    """
    return _Reader(body, words).read()


class _Reader:
    def __init__(self, body: Sequence[Block], words: Vocabulary) -> None:
        self.body = [replace(block, text=tidy_marks(block.text)) for block in body]
        self.words = words
        self.cast = Cast(body, words)
        self.surroundings = Surroundings(self.cast, words)
        self.drafts: list[Draft] = []
        self.pending: Draft | None = None
        self.last_open = -1
        self.seen = 0
        self.is_single = _quotes_in_single(self.body)

    def read(self) -> tuple[Quote, ...]:
        for index, block in enumerate(self.body):
            if block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE}:
                self._read_block(index, block)
            else:
                self.pending = None
        self._sign()
        return tuple(finish(draft, self.cast) for draft in self.drafts)

    def _read_block(self, index: int, block: Block) -> None:
        is_single = self.is_single or not has_double_marks(block.text)
        stretches = find_stretches(block.text, with_single=is_single)
        if self.pending and index < self.last_open and not stretches:
            self.pending.open_paragraph(index)
            self.pending.add(block.text, None)
            return
        stretches = self._spoken(block.text, is_marked=bool(stretches)) or stretches
        stretches = stretches[: _MOST - self.seen]
        self.seen += len(stretches)
        if not stretches and block.kind is BlockKind.QUOTE:
            self._take_whole(index, block)
        current = self._carried_on(index, block.text, stretches)
        if current:
            current.open_paragraph(index)
        taken = 0
        for place, stretch in enumerate(stretches):
            end = stretches[place + 1].outer[0] if place + 1 < len(stretches) else len(block.text)
            around = (
                block.text[max(taken, stretch.outer[0] - _REACH) : stretch.outer[0]],
                block.text[stretch.outer[1] : end],
            )
            if placed := self._place(Quoted(index, block, stretch, *around), current):
                current, taken = placed, stretch.outer[1]
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

    def _take_whole(self, index: int, block: Block) -> None:
        """A block quotation without marks: one when somebody signs it."""
        text, speaker = split_signature(block.text, self.words)
        draft = Draft(line=block.line, speaker=speaker or self._announced(index), needs_speaker=True)
        draft.open_paragraph(index)
        draft.add(text, None)
        self.drafts.append(draft)

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

    def _carried_on(self, index: int, text: str, stretches: Sequence[Stretch]) -> Draft | None:
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
        is_whole = len(stretches) == 1 and Quoted(index, self.body[index], first, "", text[first.outer[1] :]).is_alone
        return last if is_whole and not attributed_within(text[first.start : first.end], self.words) else None

    def _place(self, quoted: Quoted, current: Draft | None) -> Draft | None:
        """The quotation that a stretch goes on with or begins; None where it is none of anybody's."""
        own = attributed_after(
            quoted.after, self.words, ends_sentence=quoted.ends_sentence, is_comma_inside=quoted.is_cut
        )
        if current and _is_another(own, current.speaker):
            current = None
        if current and (quoted.stretch.is_first or self._resumes(quoted, current)):
            current.add(quoted.text, own)
            return current
        own = own or self._speaker(quoted)
        needs_speaker = own is None and quoted.stretch.is_first and quoted.is_rest and quoted.ends_sentence
        is_nobodys = own is None and not needs_speaker
        if is_nobodys or quoted.words < _FEWEST_WORDS or (not quoted.stretch.is_first and quoted.is_fragment):
            return None
        draft = Draft(line=quoted.block.line, speaker=own, before=quoted.lead, needs_speaker=needs_speaker)
        draft.open_paragraph(quoted.index)
        draft.add(quoted.text, None)
        self.drafts.append(draft)
        return draft

    def _speaker(self, quoted: Quoted) -> Speaker | None:
        """Who speaks, by what stands before the stretch, inside it or above; an empty speaker where nobody says."""
        own = attributed_before(quoted.before, self.words, is_short=quoted.is_short) or attributed_within(
            quoted.text, self.words
        )
        if own:
            return own
        if quoted.stretch.is_first and quoted.is_rest and (announced := self._announced(quoted.index)):
            return announced
        if quoted.stretch.is_first and quoted.is_alone:
            return Speaker()
        last = self.drafts[-1].blocks[-1] if self.drafts else -1
        return self.surroundings.speaker_of(quoted, has_spoken=last == quoted.index)

    def _resumes(self, quoted: Quoted, current: Draft) -> bool:
        """The stretch goes on after the attribution that interrupts it."""
        before, last = quoted.before, current.paragraphs[-1]
        if len(before) > _LONGEST_BREAK or not last or len(split_sentences(before.strip(" ,."), self.words)) > 1:
            return False
        goes_on = quoted.text[:1].isupper() or before.rstrip().endswith(",")
        speaker = attributed_after(
            before,
            self.words,
            ends_sentence=last[-1][-1:] in {".", "…"},
            is_comma_inside=quoted.is_dialogue or last[-1].endswith(","),
        )
        return speaker is not None and goes_on and attributed_before(before.rstrip(" ,"), self.words) is None

    def _announced(self, index: int) -> Speaker | None:
        return announced_by(self.body[index - 1].text, self.words) if index else None

    def _sign(self) -> None:
        """Give those without a speaker the one whom a line above or under them names; each line names one."""
        used: set[int] = set()
        for draft in self.drafts:
            above, below = draft.blocks[0] - 1, draft.blocks[-1] + 1
            if is_somebody(draft.speaker):
                continue
            for index, read in ((above, sign_above), (below, sign_below)):
                speaker, end = read(self.body, index, self.words) if index not in used else (None, index)
                if speaker:
                    used |= {index, end}
                    draft.speaker = speaker
                    break
            if not is_somebody(draft.speaker) and above >= 0 and not draft.needs_speaker:
                draft.speaker = self._spoke_last(above) or self.surroundings.speaker_above(self.body[above])
        self.drafts = [draft for draft in self.drafts if is_somebody(draft.speaker) or not draft.needs_speaker]

    def _spoke_last(self, index: int) -> Speaker | None:
        """Who is quoted last in a paragraph."""
        speakers = [draft.speaker for draft in self.drafts if draft.blocks[-1] == index]
        return speakers[-1] if speakers and is_somebody(speakers[-1]) else None


def _quotes_in_single(body: Sequence[Block]) -> bool:
    """Nobody speaks between double marks, and somebody does between single ones."""

    def speaks(text: str, *, with_single: bool) -> bool:
        stretches = find_stretches(text, with_single=with_single)
        pieces = (text[stretch.start : stretch.end] for stretch in stretches)
        return any(is_sentence(piece) and len(piece.split()) >= _FEWEST_OF_STYLE for piece in pieces)

    return not any(speaks(block.text, with_single=False) for block in body) and any(
        speaks(block.text, with_single=True) for block in body
    )


def _is_another(speaker: Speaker | None, before: Speaker | None) -> bool:
    names = [person.name.rsplit(None, 1)[-1] for person in (speaker, before) if person and person.name]
    return len(names) == 2 and names[0] != names[1]
