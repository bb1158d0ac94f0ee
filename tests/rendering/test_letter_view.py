"""A letter as one of its readers gets it."""

from dataclasses import replace

import pytest

from distribute.domain.content import Address
from distribute.rendering.letter_view import find_preheader, mailbox, view_letters
from tests.rendering.plans import Planner, people


def test_each_variant_is_seen_once_through_its_first_reader(planned: Planner) -> None:
    plan = planned(people(5))
    english, french = view_letters(plan, "en")
    assert (english.label, english.recipients, english.foreign) == ("English", 4, "")
    assert (french.label, french.recipients, french.foreign) == ("French", 1, "English")
    assert french.reader == mailbox(plan.messages[-1].recipient)


def test_a_letter_that_knows_its_versions_is_asked_for_its_language(planned: Planner) -> None:
    plan = planned(people(3))
    letters = {name: replace(it, versions=("en", "fr")) for name, it in plan.letters.items()}
    messages = tuple(replace(it, letter=letters[it.letter.variant]) for it in plan.messages)
    views = list(view_letters(replace(plan, letters=letters, messages=messages), "en"))
    assert [view.foreign for view in views] == ["", ""]
    assert [view.label for view in views] == ["English and French", "English and French (2)"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("", "a@example.com"),
        ("Ada Moreau", "Ada Moreau <a@example.com>"),
        ("Zoë Œuvrard", "Zoë Œuvrard <a@example.com>"),
        ("Moreau, Ada", '"Moreau, Ada" <a@example.com>'),
        ('A "b" \\c', r'"A \"b\" \\c" <a@example.com>'),
    ],
)
def test_a_mailbox_is_written_as_people_read_it(name: str, written: str) -> None:
    assert mailbox(Address(name, "a@example.com")) == written


def test_what_inboxes_show_beside_the_subject_is_found(planned: Planner) -> None:
    view = next(view_letters(planned(people(1))))
    assert view.preheader
    assert view.preheader.removesuffix("…") in " ".join(view.text.split())
    assert find_preheader('<div style="display:none;x:y">A &amp; B<br>\n C </div><div>D</div>') == "A & B C"
    assert find_preheader("<p>none</p>") == ""
