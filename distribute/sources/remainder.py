"""What a release leaves over: the lines of its text that none of its parts shows, so that nothing is lost unseen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from distribute.domain.release import Aside, Release
from distribute.sources.parts import Part
from distribute.sources.reading import Reading

_TOKEN = re.compile(r"\w+|[^\w\s]")


def find_other(reading: Reading, release: Release) -> tuple[Aside, ...]:
    """Lines of the letterhead, labels and footers, contacts as written, and whatever front matter overruled."""
    return tuple(_left(reading, release))


def _left(reading: Reading, release: Release) -> Iterator[Aside]:
    shown = {part: Counter(_TOKEN.findall(text)) for part, text in _shown(release).items()}
    found, is_overruled = reading.resolved.dateline, "dateline" in reading.matter
    is_alone = found is not None and found.is_alone and not is_overruled
    dated = range(found.paragraph.start, found.paragraph.stop) if found and is_alone else range(0)
    for index, (line, part) in enumerate(zip(reading.document.lines, reading.resolved.parts, strict=True)):
        if part is Part.BODY and found and is_overruled and index == found.paragraph.start:
            yield Aside(part=str(Part.DATE), text=found.raw, line=line.number)
        if index in dated or part is Part.BODY:
            continue
        tokens = Counter(_TOKEN.findall(line.text))
        is_above = part is Part.RELEASE_LINE and line.number < (release.release_line.line or 0)
        pool = shown.get(part)
        if pool and not is_above and all(pool[token] >= number for token, number in tokens.items()):
            for token, number in tokens.items():
                pool[token] -= number
        else:
            yield Aside(part=str(part), text=line.text, line=line.number)


def _shown(release: Release) -> dict[Part, str]:
    """The text that each part ends in; the body always holds its own lines."""
    return {
        Part.HEADLINE: release.headline or "",
        Part.SUBHEAD: "\n".join(release.subheads),
        Part.RELEASE_LINE: release.release_line.raw or "",
        Part.END_MARK: release.end_mark or "",
        Part.BOILERPLATE: release.boilerplate or "",
        Part.NOTES: release.notes_to_editors or "",
    }
