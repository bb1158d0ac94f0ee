"""Everybody's copy, small enough for a page to fill by itself."""

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from distribute.domain.content import Address, Slotted
from distribute.domain.release import Release
from distribute.rendering.copies import (
    KEY,
    TO,
    copies_document,
    find_preheader,
    image_hosts,
    mailbox,
    view_letters,
    without_images,
    without_personal_link,
    write_json,
)
from distribute.rendering.preview import make_preview, render_preview
from tests.cli.browsing import Visitor, needs_chromium, open_visitor
from tests.rendering.plans import HOSTILE, Planner, people


def own_words(document: dict[str, Any], place: int) -> dict[str, str]:
    """What a page finds for one recipient."""
    of, words = document["of"], document["words"]
    return {name: words[name][of[name][place] if name in of else 0] for name in words}


def test_what_the_page_fills_is_the_message_of_everybody(planned: Planner) -> None:
    plan = planned([replace(it, first_name=HOSTILE) for it in people(7)])
    document = json.loads(write_json(copies_document(plan)))
    for place, message in enumerate(map(without_personal_link, plan.messages)):
        its = own_words(document, place)
        letter = document["letters"][its[":variant"]]
        fill = {
            TO: mailbox(message.recipient),
            KEY: b64decode(document["keys"])[place * 16 : place * 16 + 16].hex(),
            **its,
        }
        assert Slotted(tuple(letter["html"])).fill({k: escape(v) for k, v in fill.items()}) == message.html
        assert Slotted(tuple(letter["text"])).fill(fill) == message.text
        headers = {name: Slotted(tuple(pieces)).fill(fill) for name, pieces in letter["headers"]}
        assert headers["To"] == mailbox(message.recipient)
        assert headers["Message-ID"] == message.message_id
        assert headers | dict(message.headers) == headers
        assert letter["label"] == {"en": "English", "fr": "French"}[message.letter.language]


@pytest.fixture(scope="module")
def visitor() -> Iterator[Visitor]:
    yield from open_visitor()


@needs_chromium
def test_a_browser_fills_everybody_s_copy_to_the_letter(
    visitor: Visitor, planned: Planner, client_release: Release, environment: Environment, tmp_path: Path
) -> None:
    plan = planned([replace(it, first_name=f"{HOSTILE}\\ é\u202e{it.line}") for it in people(7)])
    letters = {
        name: replace(
            letter,
            html=Slotted(("<p title='", "greeting", *letter.html.pieces)),
            text=Slotted(("\n", "greeting", *letter.text.pieces)),
        )
        for name, letter in plan.letters.items()
    }
    said = [
        replace(it, letter=letters[it.letter.variant], values={**it.values, "greeting": f"$& {it.recipient.name}"})
        for it in plan.messages
    ]
    plan = replace(plan, letters=letters, messages=tuple(said))
    page = tmp_path / "page.html"
    page.write_bytes(render_preview(make_preview(plan, client_release, ()), environment).encode())
    visitor.visit(page)
    for place, message in enumerate(map(without_personal_link, plan.messages)):
        visitor.ask(f"showCopy({place})")
        article = f".letter[data-variant={message.letter.variant}]"
        assert visitor.frame(f"{article} .is-filled") == message.html
        assert visitor.content(f"{article} .is-source") == message.html
        assert visitor.content(f"{article} .is-text") == message.text
        headers = visitor.content(f"{article} .headers")
        for value in (mailbox(message.recipient), message.message_id, *dict(message.headers).values()):
            assert value in headers


def test_no_personal_link_is_in_it_wherever_it_stood(planned: Planner) -> None:
    plan = planned(people(3))
    link = plan.messages[0].values["unsubscribe_url"]
    said = {**plan.messages[0].values, "greeting": f"Dear reader, leave at {link} when you like"}
    plan = replace(plan, messages=(replace(plan.messages[0], values=said), *plan.messages[1:]))
    text = write_json(copies_document(plan))
    assert "press.example.org/u/" not in text
    assert "leave at https://press.example.org/… when you like" in text


def test_a_word_that_all_share_is_kept_once(planned: Planner) -> None:
    document = copies_document(planned([replace(it, language="en") for it in people(50)]))
    assert document["of"] == {}
    assert document["words"]["unsubscribe_url"] == ["https://press.example.org/…"]


def test_a_slot_that_only_some_letters_have_is_empty_for_the_others(planned: Planner) -> None:
    plan = planned(people(3))
    greeted = {**plan.messages[1].values, "greeting": "Bonjour"}
    plan = replace(plan, messages=(plan.messages[0], replace(plan.messages[1], values=greeted), plan.messages[2]))
    document = copies_document(plan)
    assert [own_words(document, place)["greeting"] for place in range(3)] == ["", "Bonjour", ""]


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


def test_where_images_are_blocked_their_words_stand() -> None:
    html = Slotted(
        (
            (
                '<p>One</p><img alt="A bridge &gt; closed" src="https://img.example.org/a.jpg" width="560" />'
                "<IMG SRC='https://img.example.org/dot.gif' alt=''><a href=\""
            ),
            "unsubscribe_url",
            '">Leave</a><div style="background:url(https://img.example.org/b.png) no-repeat">x</div>',
        )
    )
    bare = without_images(html)
    said = bare.fill({"unsubscribe_url": "https://example.org"})
    assert "img.example.org" not in said
    assert ">A bridge &gt; closed</span>" in said
    assert "width:560px" in said
    assert said.count('role="img"') == 1
    assert 'href="https://example.org">Leave</a><div style="background:none no-repeat">x</div>' in said


def test_a_letter_without_images_is_the_same_without_them(planned: Planner) -> None:
    view = next(view_letters(planned(people(1))))
    assert not view.has_images
    assert without_images(planned(people(1)).letters["en"].html) == planned(people(1)).letters["en"].html


def test_what_inboxes_show_beside_the_subject_is_found(planned: Planner) -> None:
    view = next(view_letters(planned(people(1))))
    assert view.preheader
    assert view.preheader.removesuffix("…") in " ".join(view.text.split())
    assert find_preheader('<div style="display:none;x:y">A &amp; B<br>\n C </div><div>D</div>') == "A & B C"
    assert find_preheader("<p>none</p>") == ""


def test_only_the_hosts_of_images_are_named(planned: Planner, client_release: Release) -> None:
    letter = planned(people(1)).letters["en"]
    pictured = replace(letter, html=Slotted(('<img width="1" src="https://img.example.org/a.jpg?x=1;">',)))
    assert image_hosts([letter]) == []
    assert image_hosts([letter, pictured, pictured]) == ["https://img.example.org"]


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_json_has_no_way_out_of_its_element(text: str) -> None:
    written = write_json({text: [text, HOSTILE]})
    assert "<" not in written
    assert json.loads(written) == {text: [text, HOSTILE]}
