"""Texts to read: built like releases in six languages, put together wrongly, and wild."""

from __future__ import annotations

from hypothesis import strategies as st

from distribute.sources.vocabulary import vocabulary

MARKS = (
    ("“", "”"),
    ("«\u00a0", "\u00a0»"),
    ("„", "“"),
    ('"', '"'),
    ("‘", "’"),
    ("»", "«"),
    ("“", ""),
    ("", "”"),
    ("«", ""),
)
PROSE = {
    "en": "The engineers closed the footbridge because its beams had been weakened by the winter.",
    "fr": "Les ingénieurs ont fermé la passerelle parce que l’hiver avait affaibli ses poutres.",
    "de": "Die Ingenieure haben den Steg gesperrt, weil der Winter die Balken geschwächt hat.",
    "es": "Los ingenieros cerraron la pasarela porque el invierno había debilitado sus vigas.",
    "nl": "De ingenieurs sloten de brug omdat de balken door de winter waren verzwakt.",
    "pl": "Inżynierowie zamknęli kładkę, ponieważ zima osłabiła jej belki, i nie wiadomo, jak długo to potrwa.",
    "pt": "Os engenheiros fecharam a passarela porque o inverno enfraqueceu as suas vigas.",
}
PEOPLE = ("Ana Ruiz", "Dr. Ben Okoro", "Marie-Ève d’Aoust", "Lars van der Berg", "O’Neill", "ÉLISE NGUYÊN")
REACHES = (
    "613-555-0142 ext. 236",
    "+44 (0)20 7946 0123",
    "Tél. : 01 99 00 12 34, poste 7",
    "ana.ruiz@example.org",
    "Ana Ruiz <ana@example.org>",
    "Fax: 613-555-0199",
    "www.example.org",
)
PLACES = ("OTTAWA", "Paris", "GENEVA/NEW YORK", "Den Haag", "São Paulo", "London, Ont.")
BREAKS = ("\n", "\n\n", "\r\n\r\n", "\n \t\n\n", "\u2028", "\x0b", "\r")
WILD = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=300)
SIGNS = st.text(alphabet=" \t\u00a0\u202f\u00ad.,:;-–—*#>[]()<>/\\_|'’\"“”«»„0123456789aAéÉsSnN@\n", max_size=300)


def _phrase(language: str) -> st.SearchStrategy[str]:
    """Any phrase of the vocabulary, as it stands, shouted, or with what may follow it."""
    words = vocabulary(language)
    groups = ("immediate", "embargo", "labels", "contact_openers", "end_marks", "notes_headings", "boilerplate_openers")
    phrases = st.sampled_from([phrase for group in groups for phrase in words.phrases(group)])
    return st.builds(
        lambda phrase, change, tail: change(phrase) + tail,
        phrases,
        st.sampled_from([str, str.upper, str.title, str.capitalize]),
        st.sampled_from(["", ":", " :", " –", " Example Works", ": Ana Ruiz, 613-555-0142", " 24.11.2026, 6 h"]),
    )


def _date(language: str) -> st.SearchStrategy[str]:
    months = sorted(vocabulary(language).months)
    forms = (
        "{d} {m} {y}",
        "{m} {d}, {y}",
        "{d}. {m} {y}",
        "{d} de {m} de {y}",
        "le {d} {m}",
        "{d}/{n}/{y}",
        "{y}-{n}-{d}",
    )
    return st.builds(
        lambda form, month, day, number: form.format(d=day, m=month, n=number, y=2026),
        st.sampled_from(forms),
        st.sampled_from(months),
        st.integers(0, 32),
        st.integers(0, 13),
    )


def _quote(language: str) -> st.SearchStrategy[str]:
    verbs = st.sampled_from(vocabulary(language).phrases("attribution_verbs"))
    return st.builds(
        lambda marks, verb, person, form: form.format(
            q=f"{marks[0]}{PROSE[language]}{marks[1]}", v=verb, p=person, t="director of Example Works"
        ),
        st.sampled_from(MARKS),
        verbs,
        st.sampled_from(PEOPLE),
        st.sampled_from(
            ("{q} {v} {p}, {t}.", "{p}, {t}, {v}: {q}", "{q}", "{p} {v}:\n\n{q}", "{q}, {v} {p}. {q}", "{q}\n{q}")
        ),
    )


def _part(language: str) -> st.SearchStrategy[str]:
    prose = st.integers(1, 12).map(lambda number: " ".join([PROSE[language]] * number))
    wrapped = prose.map(lambda text: text.replace(" ", "\n", 9))
    contact = st.lists(st.sampled_from([*PEOPLE, *REACHES, "Example Works", "Press Officer"]), max_size=6)
    dateline = st.builds(
        "{}, {} {} {}".format, st.sampled_from(PLACES), _date(language), st.sampled_from("—–:.-"), prose
    )
    lists = st.lists(st.sampled_from(["• One", "- Two of them", "* Three", "1. Four", "– Five"]), max_size=4).map(
        "\n".join
    )
    return st.one_of(
        _phrase(language),
        _quote(language),
        _date(language),
        prose,
        wrapped,
        dateline,
        lists,
        contact.map("\n".join),
        contact.map(", ".join),
        st.sampled_from(
            ["A headline about a bridge", "A HEADLINE IN CAPITALS", "-30-", "###", "***", "[1] A note", "© 2026"]
        ),
    )


@st.composite
def release_texts(draw: st.DrawFn) -> str:
    """Parts of releases in one language, in any order, with any breaks between them."""
    language = draw(st.sampled_from(tuple(PROSE)))
    parts = draw(st.lists(_part(language), min_size=1, max_size=9))
    return "".join(part + draw(st.sampled_from(BREAKS)) for part in parts)


def any_texts() -> st.SearchStrategy[str]:
    """Releases, releases with wild pieces in them, and what is no text at all."""
    mixed = st.lists(st.one_of(release_texts(), WILD, SIGNS), max_size=3).map("\n".join)
    return st.one_of(release_texts(), mixed, WILD, SIGNS)
