"""Texts of every kind to read: pasted, in Markdown, in HTML, and what nobody should hand over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.cli.conftest import RELEASE

_HEADS = {
    "en": "A headline about dams that failed\n\nOTTAWA, 24 November 2026 – The dams of the valley have failed.\n\n",
    "de": "Eine Meldung über Dämme\n\nBERLIN, 24. November 2026 – Die Dämme sind gebrochen und das ist nicht gut.\n\n",
    "pt": "Uma notícia sobre barragens\n\nLisboa, 24 de novembro de 2026 – As barragens não são para a gente.\n\n",
}
_PROSE = "The inspectors wrote to the ministry about spillway {n} of the dam and waited. "
_QUOTE = "“We wrote to the ministry {n} times and nobody answered,” said Ana Ruiz, director of Example Works. "
_GERMAN = "Die Aufsichtsbehörde schrieb dem Ministerium zum {n}. Mal, und niemand antwortete auf das Schreiben. "
_ODD = "\u00e9\u4e2d\u0645\u202f\u00ad\u200b\U0001f30a\u0301\u2028\u00a0\u0416{n}\u00df\uf0b7\u2011 "


class Kind(NamedTuple):
    """A pattern to repeat, ``{n}`` counting; the file's suffix; the language of the head above it."""

    pattern: str
    suffix: str = ".txt"
    language: str = "en"

    def text(self, size: int, most_lines: int = 45_000) -> str:
        """A text of about ``size`` bytes; fewer where it would have more lines than a release can have."""
        number = size // len(self.pattern.encode()) + 1
        if lines := len(self.pattern.replace("\u2028", "").split("\n")) - 1:
            number = min(number, most_lines // lines)
        return _HEADS[self.language] + "".join(self.pattern.replace("{n}", str(n)) for n in range(number))


PASTED: Mapping[str, Kind] = {
    "a release, over and over": Kind(RELEASE + "\n\n"),
    "paragraphs": Kind(_PROSE * 6 + "\n\n"),
    "one long line": Kind(_PROSE),
    "short lines": Kind("Short line number {n} of many that are here to be read\n"),
    "quotations": Kind(_QUOTE * 2 + "\n\n"),
    "quotations in one line": Kind(_QUOTE),
    "pronouns in one line": Kind("“We wrote to the ministry {n} times and nobody answered,” she said. "),
    "marks never closed": Kind("“Opened and never closed {n}\n\n"),
    "marks in one line": Kind('"a" '),
    "contacts": Kind("Media contact: Ana Ruiz, Press Officer, 613-555-0142, ana{n}@example.org\n\n"),
    "contacts on several lines": Kind("Media contact:\nAna Ruiz {n}\nPress Officer\n613-555-0142 ext. {n}\n\n"),
    "addresses in one line": Kind("ana{n}@example.org "),
    "telephone numbers": Kind("613 555 01{n}\n"),
    "telephone numbers of the world": Kind("Tel. +44 20 7946 0123, +33 1 99 00 12 34, ext. {n}\n"),
    "telephone numbers in Portuguese": Kind("Tel. 21 5555 0{n}\n", language="pt"),
    "embargoes": Kind("EMBARGO until 24 November 2026 at 6 a.m. EST {n}\n\n"),
    "embargoes, line by line": Kind("Embargo until 24 November 2026 at 6 a.m. EST {n}\n"),
    "embargoes without a day": Kind("EMBARGOED until further notice, number {n}, please\n"),
    "dates": Kind("Tuesday, 24 November 2026, 6 a.m. {n}\n"),
    "dates in one line": Kind("on 24 November 2026 at 6:30 p.m. "),
    "datelines": Kind("OTTAWA, 24 November 2026 – The inspectors wrote {n} letters.\n\n"),
    "a list": Kind("• Item {n} of a list that goes on and on\n"),
    "notes": Kind("Notes to editors\n\nNote {n} is a long sentence that ends here, with words{n} enough to count.\n\n"),
    "footnotes": Kind("[1] A note about number {n}\n"),
    "end marks": Kind("-30-\n\nLine {n}\n\n"),
    "prose in German": Kind(_GERMAN * 5 + "\n\n", language="de"),
    "short lines in German": Kind("Zeile {n} Aufsichtsbehörde Ministerium Ana Ruiz\n", language="de"),
    "columns": Kind("Ana Ruiz {n}\t\tBen Okoro\nana@example.org\t\tben@example.org\n\n"),
    "parentheses": Kind("(("),
    "digits": Kind("12"),
    "digits apart": Kind("1 "),
    "spaces": Kind("  "),
    "tabs": Kind("a\t"),
    "blank lines": Kind("a word {n} here and there" + "\n" * 8),
    "capitals": Kind("Ana Ruiz "),
    "capitals, line by line": Kind("ANA RUIZ, DIRECTOR OF EXAMPLE WORKS {n}\n"),
    "dashes": Kind("– "),
    "odd characters": Kind(_ODD),
}

MARKED: Mapping[str, Kind] = {
    "Markdown: releases": Kind(f"# A headline\n\n{_PROSE * 3}\n\n- **One** [link](https://example.org)\n\n", ".md"),
    "Markdown: prose": Kind(_PROSE * 6 + "\n\n", ".md"),
    "Markdown: one long line": Kind(_PROSE, ".md"),
    "Markdown: wrapped lines": Kind("The inspectors wrote about spillway {n} of the dam\n", ".md"),
    "Markdown: emphasis": Kind("A *word* and **two** and ***three*** {n}.\n\n", ".md"),
    "Markdown: emphasis in one line": Kind("*a* **b** ", ".md"),
    "Markdown: emphasis never closed": Kind("*a _b **c ", ".md"),
    "Markdown: links": Kind('See [page {n}](https://example.org/{n} "title") here.\n\n', ".md"),
    "Markdown: brackets": Kind("[[", ".md"),
    "Markdown: titles never closed": Kind('[a](b "t ', ".md"),
    "Markdown: images never closed": Kind("![a](", ".md"),
    "Markdown: lists": Kind("- Item {n} of a list\n  - An item within\n", ".md"),
    "Markdown: quotations in quotations": Kind("> > > Line {n} of what was said\n\n", ".md"),
    "Markdown: tables": Kind("| Name {n} | 613-555-0142 |\n", ".md"),
    "Markdown: headings": Kind("## Heading {n}\n\nWords.\n\n", ".md"),
    "Markdown: backticks": Kind("`a ``b ", ".md"),
    "Markdown: contacts": Kind("Media contact: Ana Ruiz, 613-555-0142, ana{n}@example.org\n\n", ".md"),
    "HTML: paragraphs": Kind("<p>" + _PROSE * 3 + "<b>bold</b> <a href='https://example.org'>link</a></p>\n", ".html"),
    "HTML: nothing closed": Kind("<p><b>Word {n} <i>and so on, for as long as it takes", ".html"),
    "HTML: tables": Kind("<table><tr><td>Ana {n}</td><td>613-555-0142</td></tr></table>\n", ".html"),
    "HTML: angle brackets": Kind("<a<b", ".html"),
    "HTML: as plain text": Kind("<p>" + _PROSE + "</p>\n"),
}  # fmt: skip
KINDS: Mapping[str, Kind] = {**PASTED, **MARKED}
