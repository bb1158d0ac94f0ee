"""Nobody is greeted by what is no name."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from distribute.domain.audience import Contact
from distribute.rendering.greeting import greet
from distribute.rendering.phrases import open_phrases


@pytest.mark.parametrize(
    ("first", "last", "language", "greeting"),
    [
        ("Ana", "Ruiz", "en", "Hello Ana,"),
        ("Jean-Pierre", "Exemple", "fr", "Bonjour Jean-Pierre,"),
        ("Marie Ève", "", "fr", "Bonjour Marie Ève,"),
        ("Seán", "O’Example", "en", "Hello Seán,"),
        ("ليلى", "مثال", "en", "Hello ليلى,"),
        ("李", "例", "en", "Hello,"),
        ("小明", "例", "en", "Hello 小明,"),
        ("", "Ruiz", "en", "Hello,"),
        ("J.", "Ruiz", "en", "Hello,"),
        ("ANA", "RUIZ", "fr", "Bonjour,"),
        ("ana", "ruiz", "en", "Hello,"),
        ("Newsdesk", "", "en", "Hello,"),
        ("The Editor", "", "en", "Hello,"),
        ("ana@example.org", "", "en", "Hello,"),
        ("{{7*7}}", "", "en", "Hello,"),
        ("<script>", "", "en", "Hello,"),
        ("Ana\r\nBcc: x", "", "en", "Hello,"),
        ("Ana\u202e", "", "en", "Hello,"),
        ("A" + "n" * 40, "", "en", "Hello,"),
    ],
)
def test_a_reader_is_greeted_by_name_only_where_it_is_one(
    first: str, last: str, language: str, greeting: str, environment: Environment
) -> None:
    contact = Contact(email="ana@example.org", first_name=first, last_name=last)
    assert greet(contact, open_phrases(environment, language)) == greeting
