"""The text part: complete, one paragraph a line, its marks as supplied."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from jinja2 import Environment

from distribute.domain.release import Block, BlockKind, Mark, MarkKind, Release
from distribute.rendering.letter import Letterhead, compile_letter

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def text_of(release: Release, letterhead: Letterhead, environment: Environment, language: str = "en") -> str:
    letter = compile_letter(release, letterhead, language, at=AT, zone="America/Toronto", environment=environment)
    return letter.text.with_tags("<{}>")


def test_every_paragraph_is_one_line_exactly_as_supplied(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    lines = text_of(client_release, letterhead, environment).split("\n")
    for block in client_release.body:
        assert block.text in lines


def test_the_parts_come_in_their_order(full_release: Release, letterhead: Letterhead, environment: Environment) -> None:
    text = text_of(full_release, letterhead, environment)
    order = [
        "Amnesty International Canada (English branch)\nEMBARGOED UNTIL\n<reader_lift>\nthat is, <other_lifts>",
        "\n\nBelarus: Police must be held accountable for violence\n\n",
        "\n\nTestimony from hundreds",
        "\n\nOTTAWA, 24 November 2026 — Amnesty",
        "\n\nWhat happened\n\n",
        "• 50 journalists detained\n• 140 protesters",
        "\n\n“Unlike those",
        "\n\nENDS\n\n",
        "Notes to editors\n\n1. Interviews",
        "\n\nPolice officers and protesters in Minsk, 30 August.\nPhoto: Ada Example\nFree for reporting",
        "\nDownload the image (JPEG): https://media.example.org/minsk-print.jpg",
        "Media contacts (not for publication)\n\nLucy Scholey\nMedia Relations, Amnesty",
        "+1 613-744-7667 ext. 236\n\nJean Exemple\nRelations médias\n+33 1 99 00 12 34\njean@example.org",
        "About Amnesty International Canada (English branch)\n\nExample Rights Watch",
        "\n\n-- \n100 Example Street\nOttawa ON  K1A 0B1, Canada\nYou receive this",
        "\nUnsubscribe: <unsubscribe_url>\n",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert text.endswith(order[-1])


def test_the_address_of_a_link_follows_its_words(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    def link(words: str, href: str) -> Block:
        mark = Mark(start=4, end=4 + len(words), kind=MarkKind.LINK, href=href)
        return Block(kind=BlockKind.PARAGRAPH, text=f"See {words}.", marks=(mark,))

    body = (
        link("our report", "https://example.org/report"),
        link("example.org/report", "https://example.org/report/"),
        link("desk@example.org", "mailto:desk@example.org"),
        link("the desk", "mailto:desk@example.org"),
        link("613 555 0123", "tel:+16135550123"),
    )
    text = text_of(replace(client_release, body=body), letterhead, environment)
    assert "See our report (https://example.org/report)." in text
    assert "See example.org/report." in text
    assert "See desk@example.org." in text
    assert "See the desk (desk@example.org)." in text
    assert "See 613 555 0123." in text


def test_french_puts_its_space_before_the_colon(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    assert "\nSe désabonner\u00a0: <unsubscribe_url>\n" in text_of(client_release, letterhead, environment, "fr")
