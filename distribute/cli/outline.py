"""``preview --text``: the whole send on a screen or two of a terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

import click

from distribute.cli.wording import counted
from distribute.rendering.letter_view import LetterView
from distribute.rendering.preview import Preview
from distribute.rendering.remarks import Remark, shorten
from distribute.rendering.showing import PostView
from distribute.rendering.tally import Tally

LABEL = 14
_WIDEST = 100
_NARROWEST = 60
_GAP = " " * LABEL
_LINES_OF_LETTER = 14
"""Lines of a letter's text that are shown: the head, which is what an inbox shows first."""


def print_outline(preview: Preview) -> None:
    """The preview on the terminal as it is now; 80 columns where there is none."""
    for line in outline(preview, shutil.get_terminal_size().columns):
        click.echo(line)


def outline(preview: Preview, width: int = 80) -> Iterator[str]:
    """Lines of at most ``width`` characters, colours and addresses aside."""
    width = max(_NARROWEST, min(width, _WIDEST))
    for line in textwrap.wrap(preview.headline or "This release has no headline", width):
        yield click.style(line, bold=True)
    for line in preview.summary:
        yield from textwrap.wrap(line, width)
    yield _verdict(preview)
    yield from _timeline(preview, width)
    if preview.remarks:
        yield from _heading("Findings")
    for remark in preview.remarks:
        yield from _remark(remark, width)
    for letter in preview.letters:
        yield from _letter(letter, width)
    for post in preview.posts:
        yield from _post(post, width)
    yield from _people(preview, width)


def _heading(words: str, beside: str = "") -> Iterator[str]:
    yield ""
    yield click.style(words, bold=True) + (f"  {beside}" if beside else "")


def _verdict(preview: Preview) -> str:
    if preview.errors:
        verb = "blocks" if preview.errors == 1 else "block"
        return click.style(f"{counted(preview.errors, 'error')} {verb} this send.", fg="red", bold=True)
    advice = f"; {counted(len(preview.remarks), 'piece')} of advice" if preview.remarks else ""
    return click.style(f"Nothing blocks this send{advice}.", fg="green")


def _timeline(preview: Preview, width: int) -> Iterator[str]:
    yield from _heading("When")
    for moment in preview.moments:
        utc = f" = {moment.utc}" if moment.utc else ""
        if moment.after:
            yield click.style(f"    {moment.after}", dim=True)
        comma = "" if moment.utc else ","
        yield click.style(f"  {moment.day}{comma} {moment.clock}{utc}", fg="red" if moment.is_lift else None)
        for happening in moment.happenings:
            yield from textwrap.wrap(happening, width, initial_indent="    → ", subsequent_indent="      ")


def _remark(remark: Remark, width: int) -> Iterator[str]:
    finding = remark.finding
    place = f"{remark.place}: " if remark.place else ""
    colour = "red" if finding.is_blocking else "yellow"
    said = f"{place}{finding.message} ({finding.rule})"
    for number, line in enumerate(_wrapped(said, width)):
        yield ("  " + click.style(f"{remark.verdict.lower():<{LABEL - 2}}", fg=colour) if not number else _GAP) + line
    for shown in remark.lines:
        if shown.middle:
            room = max(0, (width - LABEL - 6 - len(shown.middle)) // 2)
            before, after = _end_of(shown.before, room), shorten(shown.after, room)
            yield _GAP + click.style("│ ", dim=True) + before + click.style(shown.middle, underline=True) + after


def _end_of(text: str, longest: int) -> str:
    return text if len(text) <= longest else "… " + text[len(text) - longest :].partition(" ")[2]


def _letter(letter: LetterView, width: int) -> Iterator[str]:
    yield from _heading(f"E-mail: {letter.label}", counted(letter.recipients, "journalist"))
    said = dict(letter.headers)
    rows = {"Subject": letter.subject, "Preheader": letter.preheader, "From": said["From"], "To": letter.reader}
    for name, value in rows.items():
        yield from _row(name, value, width) if value else ()
    if letter.files:
        yield from _row("Attached", ", ".join(name for name, _ in letter.files), width)
    if letter.foreign:
        yield from _row("Language", f"the release itself is in {letter.foreign}", width)
    size = f"HTML {letter.html_size / 1024:.0f} KB of the 102 KB after which Gmail hides the rest"
    yield from _row("Length", f"subject {counted(len(letter.subject), 'character')}; {size}", width)
    lines = [part for line in letter.text.strip().splitlines() for part in textwrap.wrap(line, width - 4) or [""]]
    yield from _quoted(lines[:_LINES_OF_LETTER])
    if len(lines) > _LINES_OF_LETTER:
        yield click.style(f"  │ … {counted(len(lines) - _LINES_OF_LETTER, 'more line')}", dim=True)


def _post(view: PostView, width: int) -> Iterator[str]:
    post = view.post
    place = f" {view.place}" if view.place else ""
    yield from _heading(f"{view.network}{place}", f"{post.length:,} of {post.limit:,} {post.unit}")
    yield from _row("As", view.handle, width)
    yield from _row("When", view.when, width)
    yield from _quoted([part for line in post.text.splitlines() for part in _unbroken(line, width - 4)])
    if post.card:
        yield from _row("Card", f"{post.card.title} ({view.card_host})", width)


def _people(preview: Preview, width: int) -> Iterator[str]:
    plan = preview.plan
    yield from _heading("Recipients", f"{len(plan.recipients):,}" if plan.recipients else "nobody gets a letter")
    for tally in preview.tallies if plan.recipients else ():
        yield from _row(tally.heading, _counts(tally), width)
    if plan.skips:
        yield from _row("Left out", f"{len(plan.skips):,}: {_counts(preview.skip_tally)}", width)


def _counts(tally: Tally) -> str:
    return ", ".join(f"{bar.label} {bar.count:,}" for bar in tally.bars)


def _row(label: str, words: str, width: int) -> Iterator[str]:
    for number, line in enumerate(_wrapped(words, width)):
        yield (f"  {label:<{LABEL - 2}}" if not number else _GAP) + line


def _wrapped(words: str, width: int) -> Sequence[str]:
    return _unbroken(words, width - LABEL)


def _unbroken(words: str, width: int) -> Sequence[str]:
    """Lines broken between words only: an address can be copied."""
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False) or [""]


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield click.style("  │ ", dim=True) + line
