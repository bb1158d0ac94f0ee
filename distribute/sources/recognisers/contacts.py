"""Where the media contacts stand: behind a label, or in a block that holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from distribute.sources.document import Document, Line
from distribute.sources.parts import Part, Proposal
from distribute.sources.people import is_name, is_organisation, is_role
from distribute.sources.reaches import has_reach
from distribute.sources.recognisers.contact_labels import heads_contacts, is_contact_label, without_label
from distribute.sources.recognisers.contact_runs import begins_with_name, find_runs
from distribute.sources.vocabulary import Vocabulary

_SHORT = 90
_LONGEST = 240
_PATIENCE = 7
_MOST_NAMED = 12
_SHORT_WORD = 4
_MOST_WORDS = 8
_WEB = re.compile(r"(?:https?://|www\.)\S+$|(?:^|\s)@\w+$|^\S+\.\w{2,4}/\S*$", re.IGNORECASE)


def propose_contacts(document: Document, words: Vocabulary, walls: frozenset[int]) -> Iterator[Proposal]:
    """Blocks of contacts; ``walls`` are lines of other parts, at which a block ends."""
    whole, spans = document.unwrapped(walls | own_lines(document.lines, words))
    own = frozenset(place for place, span in enumerate(spans) if span.start in walls)
    for proposal in _propose(whole, words, own):
        yield proposal._replace(lines=tuple(index for place in proposal.lines for index in spans[place]))


def _propose(document: Document, words: Vocabulary, walls: frozenset[int]) -> Iterator[Proposal]:
    taken: set[int] = set()
    for index, line in enumerate(document.lines):
        if index in walls or index in taken:
            continue
        if is_contact_label(line.text, words) or heads_contacts(document, index, words):
            above = index - 1
            is_role = above >= 0 and above not in walls and above not in taken and is_role_below(document, index, words)
            lines = ((above,) if is_role else ()) + tuple(_region(document, index, words, walls))
            taken.update(lines)
            yield Proposal(Part.CONTACT, lines, 0.8, line.text)
    for lines in find_runs(document, words, walls | taken):
        yield Proposal(Part.CONTACT, lines, 0.5)


def is_role_below(document: Document, index: int, words: Vocabulary) -> bool:
    """``Press Officer`` under a name is what the person does, not the head of a block."""
    above, line = document.lines[index - 1], document.lines[index]
    return above.group == line.group and not line.text.endswith(":") and is_name(above.text, words)


def own_lines(lines: Sequence[Line], words: Vocabulary) -> frozenset[int]:
    """Wrapped lines that begin with the name of somebody or of a house and tell how to reach them: they begin anew."""
    return frozenset(
        index
        for index, line in enumerate(lines)
        if line.is_wrapped and has_reach(line.text, words) and _begins_with_somebody(line.text, words)
    )


def _begins_with_somebody(text: str, words: Vocabulary) -> bool:
    first = re.split(r"[,:]", text)[0]
    is_house = text[0].isupper() and len(first.split()) <= _MOST_WORDS and is_organisation(first, words)
    return is_house or begins_with_name(text, words)


def _region(document: Document, start: int, words: Vocabulary, walls: frozenset[int]) -> Iterator[int]:
    """From the label to the last line that reaches somebody, over a few short lines that do not."""
    lines = document.lines
    last, is_reaching, patience = start, has_reach(lines[start].text, words), _PATIENCE
    if not is_reaching and is_name(without_label(lines[start].text, words).split(",")[0], words):
        patience -= 1
    for index in range(start + 1, len(lines)):
        text = lines[index].text
        if index in walls or patience == 0 or not _is_contact_like(text, words):
            break
        if is_reaching and is_contact_label(text, words) and lines[index].group != lines[index - 1].group:
            break
        if has_reach(text, words):
            last, is_reaching, patience = index, True, _PATIENCE
        else:
            patience -= 1
    if not is_reaching:
        last = _last_name(document, start, words, walls)
    if last + 1 < len(lines) and last + 1 not in walls and _goes_on(lines[last], lines[last + 1]):
        last += 1
    while is_reaching and last + 1 < len(lines) and last + 1 not in walls and _is_web_below(lines, last + 1):
        last += 1
    yield from range(start, last + 1)


def _goes_on(line: Line, below: Line) -> bool:
    """``…, 202-555-0123,`` over ``both of the Office of the Speaker``."""
    return line.group == below.group and line.text[-1] == "," and below.text[0].islower() and len(below.text) <= _SHORT


def _is_web_below(lines: Sequence[Line], index: int) -> bool:
    """``www.example.org``, ``X: @example``: an address of the contact above, though it reaches nobody."""
    text = lines[index].text
    return lines[index].group == lines[index - 1].group and len(text.split()) <= 3 and bool(_WEB.search(text))


def _last_name(document: Document, start: int, words: Vocabulary, walls: frozenset[int]) -> int:
    """A label without any way to reach somebody: it takes the name on it, or those below with what they do."""
    lines, last = document.lines, start
    if without_label(lines[start].text, words):
        return start
    for index in range(start + 1, min(len(lines), start + _MOST_NAMED)):
        text = lines[index].text
        if index in walls or len(text) > _SHORT:
            break
        is_next = is_name(text.split(",")[0], words)
        is_first = last == start
        is_told = not is_first and (is_role(text, words) or is_organisation(text, words)) and text[-1] not in ".!?"
        if not is_next and not (is_told and lines[index].group == lines[index - 1].group):
            break
        last = index
    return last


def _is_contact_like(text: str, words: Vocabulary) -> bool:
    if len(text) > _LONGEST:
        return False
    if has_reach(text, words):
        return True
    is_abbreviated = (
        text[-1] == "." and len(text.rsplit(maxsplit=1)[-1]) <= _SHORT_WORD and len(text.split()) <= _MOST_WORDS
    )
    return (len(text) <= _SHORT and text[-1] not in ".!?”»") or len(text.split()) <= 3 or is_abbreviated
