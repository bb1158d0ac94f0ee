"""What belongs to no part of a release is kept beside it."""

from __future__ import annotations

from tests.sources.conftest import Reader

TEXT = """Example Works
PRESS RELEASE
24 November 2026

The bridge stays closed until spring

OTTAWA, 24 November 2026 – The footbridge stays closed until the spring, the city’s engineers said on Tuesday.

-30-

Media contact: Ada Moreau, 12 Long Street, 613-555-0142, ada.moreau@example.org

© 2026 Example Works
"""


def test_letterhead_label_date_contact_and_footer_are_kept_as_they_were_written(read: Reader) -> None:
    asides = [(aside.part, aside.line, aside.text) for aside in read(TEXT).other]
    assert asides == [
        ("letterhead", 1, "Example Works"),
        ("label", 2, "PRESS RELEASE"),
        ("date", 3, "24 November 2026"),
        ("media contact", 11, "Media contact: Ada Moreau, 12 Long Street, 613-555-0142, ada.moreau@example.org"),
        ("footer", 13, "© 2026 Example Works"),
    ]


def test_what_front_matter_overrules_is_kept(read: Reader) -> None:
    release = read(
        f"---\nsubhead: Another\ndateline: PARIS\nboilerplate: Stated.\n---\n{TEXT}\nAbout Example Works\nIt builds.\n"
    )
    kept = [aside.text for aside in release.other]
    assert "OTTAWA, 24 November 2026 –" in kept
    assert "About Example Works" in kept
    assert "It builds." in kept


def test_what_a_part_shows_is_kept_only_there(read: Reader) -> None:
    release = read(
        "EMBARGOED until 24 November 2026, 6 a.m. EST\n\nA bridge is closed\n\nParis, 3 May 2026\n\n"
        "It closed in the spring, and nobody said when it would open again.\n"
    )
    assert release.release_line.raw
    assert release.dateline
    assert release.other == ()
