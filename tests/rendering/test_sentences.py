"""Where a paragraph may be divided into sentences without doubt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.rendering.sentences import split_sentences


@pytest.mark.parametrize(
    "text",
    [
        "Police met the U.S. Ambassador in Minsk.",
        "Dr. Anna Petrova spoke first.",
        "The report by J. R. R. Moreno is out.",
        "Prices rose by 3.5 per cent.",
        "See Art. 5 and No. 12 Rules of the Court.",
        "Am 3. Mai wurde er verhaftet.",
        "“We will go on. We will not stop.” The crowd agreed.",
        "„Wir machen weiter. Immer.“ Das sagte sie.",
        "Le « Comité. Des Droits » est réuni.",
        "Three people (Mr Q. They were two.) were held.",
        "“We will go on. And on",
        "They waited ... Then nothing.",
        "They waited … Then nothing.",
        "It opens at 6 p.m. Toronto time.",
        "e.g. Minsk",
        "no capital. so no new sentence.",
        "She wrote “never. Again",
    ],
)
def test_where_there_is_doubt_a_paragraph_stays_whole(text: str) -> None:
    assert split_sentences(text) == (text,)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two left.", ("One came.", "Two left.")),
        ("Really? Yes! It is so.", ("Really?", "Yes!", "It is so.")),
        ("It ended in 2020. Nobody came.", ("It ended in 2020.", "Nobody came.")),
        ("C’est fini. « Nous restons », dit-elle.", ("C’est fini.", "« Nous restons », dit-elle.")),
        ("Held in Minsk.\n\nÉlus too.  Then  home.", ("Held in Minsk.", "Élus too.", "Then home.")),
        ("He said “no.” and left. She stayed.", ("He said “no.” and left.", "She stayed.")),
        ("¿Qué pasa? ¡Nada! Él vino.", ("¿Qué pasa?", "¡Nada!", "Él vino.")),
        ("", ()),
        ("  ", ()),
    ],
)
def test_sentences_are_found(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet='aA.!? “”"«»()1\n’', max_size=60))
def test_no_word_is_lost_or_moved(text: str) -> None:
    assert " ".join(split_sentences(text)).split() == text.split()
