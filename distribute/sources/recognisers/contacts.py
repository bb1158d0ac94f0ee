"""Where the media contacts stand: behind a label, or in a block that holds nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from distribute.sources.cards import Row, has_reach
from distribute.sources.contact_lines import EMAIL
from distribute.sources.document import Document, Line
from distribute.sources.parts import Part, Proposal
from distribute.sources.people import is_name, is_organisation, strip_honorific
from distribute.sources.vocabulary import CAPITALS, Vocabulary

_SHORT = 90
_LONGEST = 240
_LONGEST_LABEL = 130
_PATIENCE = 5
_LONGEST_DESK = 5
_SHORT_WORD = 4
_MOST_WORDS = 8
_FEWEST_WORDS = 3
_WEB = re.compile(r"(?:https?://|www\.)\S+$|(?:^|\s)@\w+$|^\S+\.\w{2,4}/\S*$", re.IGNORECASE)


def propose_contacts(document: Document, words: Vocabulary, walls: frozenset[int]) -> Iterator[Proposal]:
    """Blocks of contacts; ``walls`` are lines of other parts, at which a block ends."""
    whole, spans = document.unwrapped(walls | _own_lines(document.lines, words))
    own = frozenset(place for place, span in enumerate(spans) if span.start in walls)
    for proposal in _propose(whole, words, own):
        yield proposal._replace(lines=tuple(index for place in proposal.lines for index in spans[place]))


def _propose(document: Document, words: Vocabulary, walls: frozenset[int]) -> Iterator[Proposal]:
    taken: set[int] = set()
    for index, line in enumerate(document.lines):
        if index in walls or index in taken:
            continue
        if is_contact_label(line.text, words):
            above = index - 1
            is_role = (
                above >= 0 and above not in walls and above not in taken and _is_role_below(document, index, words)
            )
            lines = ((above,) if is_role else ()) + tuple(_region(document, index, words, walls))
            taken.update(lines)
            yield Proposal(Part.CONTACT, lines, 0.8, line.text)
    for lines in _unlabelled(document, words, walls | taken):
        yield Proposal(Part.CONTACT, lines, 0.5)


def is_contact_label(text: str, words: Vocabulary) -> bool:
    """The line announces contacts, alone (``Media contact``) or with the contact behind it."""
    if len(text) > _LONGEST:
        return False
    if len(text.split()) <= 6 and _ends_in_contact(words).fullmatch(text):
        return True
    if not (match := _opener(words).match(text)):
        return False
    rest = text[match.end() :]
    if not rest.strip(" :.*_-–—)"):
        return True
    colon = rest.find(":")
    label = rest if colon < 0 else rest[:colon]
    if colon >= 0 and len(text) - len(rest) + colon <= _LONGEST_LABEL and not any(ch.isdigit() for ch in label):
        after = rest[colon + 1 :].strip()
        return not after or has_reach(after, words) or is_name(after.split(",")[0].strip(), words)
    return has_reach(rest, words) and not text.endswith("?")


def _is_role_below(document: Document, index: int, words: Vocabulary) -> bool:
    """``Press Officer`` under a name is what the person does, not the head of a block."""
    above, line = document.lines[index - 1], document.lines[index]
    return above.group == line.group and not line.text.endswith(":") and is_name(above.text, words)


def _own_lines(lines: Sequence[Line], words: Vocabulary) -> frozenset[int]:
    """Wrapped lines that begin with somebody's name and tell how to reach them, so they begin anew."""
    return frozenset(
        index
        for index, line in enumerate(lines)
        if line.is_wrapped and has_reach(line.text, words) and _begins_with_name(line.text, words)
    )


def contact_rows(document: Document, lines: Sequence[int], words: Vocabulary) -> list[Row]:
    """The lines of a block without their label."""
    rows = []
    block = tuple(document.lines[index] for index in lines)
    document, _ = Document(block).unwrapped(_own_lines(block, words))
    for place, line in enumerate(document.lines):
        is_label = is_contact_label(line.text, words) and not (place and _is_role_below(document, place, words))
        text = _without_label(line.text, words) if is_label else line.text
        if text:
            rows.append(Row(text, line.number, line.group))
    return rows


def _without_label(text: str, words: Vocabulary) -> str:
    """What stands behind the label; all of it where there is none."""
    if len(text.split()) <= 6 and _ends_in_contact(words).fullmatch(text):
        return ""
    match = _opener(words).match(text)
    if not match:
        return text
    rest = text[match.end() :]
    colon = rest.find(":")
    if 0 <= colon <= _LONGEST_LABEL and not EMAIL.search(rest[:colon]) and not any(map(str.isdigit, rest[:colon])):
        return rest[colon + 1 :].strip()
    verbs = [found.end() for found in _verb(words).finditer(rest)]
    return rest[verbs[0] :].strip() if verbs else rest.strip(" :*_")


def _region(document: Document, start: int, words: Vocabulary, walls: frozenset[int]) -> Iterator[int]:
    """From the label to the last line that reaches somebody, over a few short lines that do not."""
    lines = document.lines
    last, is_reaching, patience = start, has_reach(lines[start].text, words), _PATIENCE
    if not is_reaching and is_name(_without_label(lines[start].text, words).split(",")[0], words):
        patience = _PATIENCE - 1
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
    while is_reaching and last + 1 < len(lines) and last + 1 not in walls and _is_web_below(lines, last + 1):
        last += 1
    yield from range(start, last + 1)


def _is_web_below(lines: Sequence[Line], index: int) -> bool:
    """``www.example.org``, ``X: @example``: an address of the contact above, though it reaches nobody."""
    text = lines[index].text
    return lines[index].group == lines[index - 1].group and len(text.split()) <= 3 and bool(_WEB.search(text))


def _last_name(document: Document, start: int, words: Vocabulary, walls: frozenset[int]) -> int:
    """A label without any way to reach somebody: it takes the name on it, or on the next line."""
    follower = start + 1
    if (
        follower < len(document.lines)
        and follower not in walls
        and not _without_label(document.lines[start].text, words)
    ):
        return follower if is_name(document.lines[follower].text.split(",")[0], words) else start
    return start


def _is_contact_like(text: str, words: Vocabulary) -> bool:
    if len(text) > _LONGEST:
        return False
    if has_reach(text, words):
        return True
    is_abbreviated = (
        text[-1] == "." and len(text.rsplit(maxsplit=1)[-1]) <= _SHORT_WORD and len(text.split()) <= _MOST_WORDS
    )
    return (len(text) <= _SHORT and text[-1] not in ".!?”»") or len(text.split()) <= 3 or is_abbreviated


def _unlabelled(document: Document, words: Vocabulary, walls: frozenset[int] | set[int]) -> Iterator[tuple[int, ...]]:
    """Runs of short lines with a name and an e-mail address or number, which no label announces."""
    run: list[int] = []
    for index in [*range(len(document.lines)), None]:
        line = document.lines[index] if index is not None else None
        is_short = line is not None and index not in walls and _is_short(line.text)
        is_same = not run or (line is not None and line.group == document.lines[run[-1]].group)
        if is_short and is_same and index is not None:
            run.append(index)
            continue
        if block := _contact_run(document, run, words):
            yield block
        run = [index] if is_short and index is not None else []


def _is_short(text: str) -> bool:
    return len(text) <= 120 and (text[-1] not in ".!?:”»" or (text[-1] == "." and len(text.split()) <= 3))


def _contact_run(document: Document, run: Sequence[int], words: Vocabulary) -> tuple[int, ...]:
    texts = [document.lines[index].text for index in run]
    reaching = [place for place, text in enumerate(texts) if has_reach(text, words)]
    if not reaching:
        return ()
    names = [place for place, text in enumerate(texts) if _begins_with_name(text, words)]
    names = [place for place in names if place <= reaching[0] and reaching[0] - place <= 3]
    if not names:
        return tuple(run) if len(reaching) == len(run) and all(_is_only_reach(text) for text in texts) else ()
    first = names[0]
    while first and is_organisation(texts[first - 1], words) and len(texts[first - 1]) <= _SHORT:
        first -= 1
    return tuple(run[first : reaching[-1] + 1])


def _is_only_reach(text: str) -> bool:
    """``+ info: Tel. 985 555 019 · prensa@example.org`` tells how to reach somebody and nothing else."""
    return len(re.findall(r"[^\W\d_]{2,}", EMAIL.sub("", text))) <= _FEWEST_WORDS and bool(EMAIL.search(text))


def _begins_with_name(text: str, words: Vocabulary) -> bool:
    """``Ana Ruiz, prensa@…``, or what she is for before her: ``Informes y entrevistas: Lic. Paola Requena, …``."""
    pieces = [piece.strip() for piece in re.split(r"[,;|(:–—]|\s-\s", text)]
    after_label = pieces[1:2] if ":" in text[: len(pieces[0]) + 2] and len(pieces[0].split()) <= _LONGEST_DESK else []
    return any(
        is_name(piece, words) and len(strip_honorific(piece, words).split()) <= 3 for piece in pieces[:1] + after_label
    )


@cache
def _opener(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*{words.either('contact_openers')}(?![\w\-’'])", re.IGNORECASE)


@cache
def _ends_in_contact(words: Vocabulary) -> re.Pattern[str]:
    """``Investor Relations Contact:``, ``Agency contacts``: the issuer's own word for a desk before the noun."""
    nouns = words.either("contact_nouns")
    return re.compile(rf"(?=[{CAPITALS}])[\w&/ \-]{{0,40}}\b(?i:{nouns})\s*:?")


@cache
def _verb(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('contact_verbs')}(?!\w)\s*:?", re.IGNORECASE)
