"""A quotation while it grows, and the one text that its pieces make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from distribute.domain.release import Quote
from distribute.sources.recognisers.cast import Cast
from distribute.sources.recognisers.speakers import Speaker


@dataclass(slots=True)
class Draft:
    """The pieces of a quotation, by the paragraphs it stands in; ``before`` is what leads to it in the first.

    ``needs_speaker`` says that nothing but a name makes it a quotation.
    """

    line: int | None
    speaker: Speaker | None = None
    before: str = ""
    needs_speaker: bool = False
    paragraphs: list[list[str]] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)

    def open_paragraph(self, block: int) -> None:
        self.paragraphs.append([])
        self.blocks.append(block)

    def add(self, piece: str, speaker: Speaker | None) -> None:
        self.paragraphs[-1].append(piece)
        self.speaker = self.speaker if is_somebody(self.speaker) else speaker or self.speaker


def is_somebody(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker != Speaker()


def finish(draft: Draft, cast: Cast) -> Quote:
    """The quotation with the name and the title that the whole text gives its speaker."""
    name, title = cast.name(draft.speaker or Speaker(), draft.before, draft.blocks[0])
    paragraphs = [_join(pieces) for pieces in draft.paragraphs]
    return Quote(
        text="\n\n".join(paragraphs),
        speaker=name,
        title=title,
        paragraphs=len(paragraphs),
        line=draft.line,
        blocks=tuple(draft.blocks),
    )


def _join(pieces: Sequence[str]) -> str:
    """The pieces around an attribution as one text; a comma set for it becomes the full stop it replaced."""
    joined = ""
    for piece in pieces:
        goes_on = piece[:1].islower()
        joined = f"{joined if goes_on else _end(joined)} {piece}" if joined else piece
    return _end(joined) if joined.endswith(",") else joined


def _end(text: str) -> str:
    bare = text.rstrip(" ,")
    return bare if bare[-1:] in ".!?…:;”»’" else f"{bare}."
