"""Addresses that lead to the same page."""

from __future__ import annotations

import pytest

from distribute.checking.pages import is_same_page


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/law", "https://www.example.org/law/"),
        ("www.example.org/law", "http://example.org/law"),
        ("https://example.org/en/news/law", "https://example.org/fr/nouvelles/loi"),
        ("https://en.example.org/law", "https://fr.example.org/loi"),
        ("https://example.org/law?lang=en", "https://example.org/law?lang=fr"),
        ("https://example.org/law", "https://example.org/fr/law"),
    ],
)
def test_a_page_in_two_languages_is_one(one: str, other: str) -> None:
    assert is_same_page(one, other)
    assert is_same_page(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/law", "https://example.org/bill"),
        ("https://example.org/law", "https://example.com/law"),
        ("https://example.org/en/law", "https://example.org/en/bill"),
        ("https://example.org/law?page=1", "https://example.org/law?page=2"),
        ("https://[broken", "https://example.org/law"),
    ],
)
def test_another_page_is_another(one: str, other: str) -> None:
    assert not is_same_page(one, other)
