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

from distribute.domain.content import Slotted
from distribute.domain.release import Release
from distribute.rendering.copies import copies_document, write_json
from distribute.rendering.letter_view import KEY, TO, mailbox, without_personal_link
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


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_json_has_no_way_out_of_its_element(text: str) -> None:
    written = write_json({text: [text, HOSTILE]})
    assert "<" not in written
    assert json.loads(written) == {text: [text, HOSTILE]}
