"""A text of thousands of lines: its parts are looked for at its ends, and nothing in its middle is lost."""

from __future__ import annotations

from distribute.domain.release import Release, ReleaseLineKind
from tests.sources.conftest import Reader
from tests.sources.test_any_text import handed_over, shown

HEAD = "A headline about dams that failed\n\nOTTAWA, 24 November 2026 – The dams of the valley have failed.\n\n"
PROSE = "The inspectors wrote to the ministry about the dam and waited.\n\n"
CONTACT = "Media contact: Ana Ruiz, 613-555-0142, ana@example.org\n\n"
QUOTE = "“We wrote to the ministry many times and nobody answered,” said Ana Ruiz.\n\n"
LONG = 2_000


def long(read: Reader, middle: str) -> Release:
    """A release with ``middle`` two thousand paragraphs below its head and as many above its end."""
    return read(HEAD + PROSE * LONG + middle + PROSE * LONG + CONTACT)


def test_contacts_and_headline_of_a_long_text_are_found_at_its_ends(read: Reader) -> None:
    release = long(read, "")
    assert release.headline == "A headline about dams that failed"
    assert [contact.emails for contact in release.contacts] == [("ana@example.org",)]


def test_what_looks_like_a_part_in_the_middle_is_body(read: Reader) -> None:
    release = long(
        read, "-30-\n\nNotes to editors\n\nMedia contact: Ben Okoro, ben@example.org\n\n24 November 2026\n\n"
    )
    texts = [block.text for block in release.body]
    assert {"-30-", "Notes to editors", "24 November 2026"} <= set(texts)
    assert release.end_mark is None
    assert len(release.contacts) == 1


def test_an_embargo_is_believed_in_the_middle_too(read: Reader) -> None:
    release = long(read, "EMBARGOED until 25 November 2026, 6 a.m. EST\n\n")
    assert release.release_line.kind is ReleaseLineKind.EMBARGO
    assert release.release_line.until is not None


def test_quotations_are_read_in_the_middle_too(read: Reader) -> None:
    (quote,) = long(read, QUOTE).quotes
    assert quote.speaker == "Ana Ruiz"


def test_nothing_of_a_long_text_is_lost(read: Reader) -> None:
    text = HEAD + (PROSE + CONTACT + QUOTE + "• An item\n• Another\n\n-30-\n\n[1] A note\n\n") * 600
    assert not handed_over(text) - shown(read(text))


def test_a_list_of_thousands_of_items_is_one_block(read: Reader) -> None:
    release = read(HEAD + "• An item of a list that is long\n" * LONG)
    assert release.body[-1].text.count("\n") == LONG - 1


def test_more_marks_than_a_release_has_stay_text(read: Reader) -> None:
    release = read(HEAD + QUOTE * 6_000)
    assert len(release.quotes) == 5_000
    assert sum("nobody answered" in block.text for block in release.body) == 6_000


def test_a_pronoun_far_behind_its_person_costs_no_copy_of_the_paragraph(read: Reader) -> None:
    said = "“We wrote to the ministry many times and nobody answered,” she said. "
    release = read(HEAD + "Ana Ruiz wrote it down. " + said * 500)
    assert {quote.speaker for quote in release.quotes[:5]} == {"Ana Ruiz"}


def test_markdown_signs_are_read_up_to_what_a_release_may_have(read: Reader) -> None:
    release = read("# A headline\n\n" + "A **word** and more.\n\n" * 3_000, name="release.md")
    assert release.body[0].text == "A word and more."
    assert release.body[0].marks
    assert release.body[-1].text == "A **word** and more."


def test_a_block_of_brackets_stays_as_it_is_written(read: Reader) -> None:
    release = read("# A headline\n\n" + "[[" * 50_000, name="release.md")
    assert release.body[0].text == "[[" * 50_000
