"""The letter a journalist gets: golden files, slots, headers, and text that stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from distribute.domain.content import Address, Letter
from distribute.domain.release import Asset, Block, BlockKind, Mark, MarkKind, MediaContact, Release
from distribute.errors import RenderError
from distribute.rendering.environment import open_environment, shipped_templates
from distribute.rendering.letter import Contents, Letterhead, _tokens, compile_letter, reader_values
from tests.rendering import clock_laws

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
LEAVE = "https://press.example.org/u/abc?x=1&y=2"
TORONTO = "America/Toronto"
EVIL = '<script>alert(1)</script> "quotes" \'single\' &amp; {{7*7}} {% x %} {# y #} \\" <mj-text> </p> http://elsewhere.example'


def compiled(release: Release, letterhead: Letterhead, environment: Environment, language: str = "en") -> Letter:
    return compile_letter(release, letterhead, language, at=AT, zone=TORONTO, environment=environment)


def filled(letter: Letter, release: Release) -> tuple[str, str]:
    """HTML and text as the reader in Paris gets them."""
    values = reader_values(
        letter,
        unsubscribe_url=LEAVE,
        language=letter.language,
        zone="Europe/Paris",
        issuer_zone=TORONTO,
        lift=release.lift,
    )
    escaped = {name: value.replace("&", "&amp;") for name, value in values.items()}
    return letter.html.fill(escaped), letter.text.fill(values)


def visible(html: str) -> str:
    """What select-all would copy, after the parser has found nothing to complain about."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document: Any = parser.parse(html)
    assert parser.errors == []

    def walk(element: Any) -> Iterator[str]:
        if not isinstance(element.tag, str) or "display:none" in element.get("style", ""):
            return
        yield element.text or ""
        for child in element:
            yield from walk(child)
            yield child.tail or ""
        if element.tag in {"p", "h1", "h2", "li", "br", "td", "div"}:
            yield "\n"

    return "".join(walk(document.find("body")))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"https?://\S+", " ", text))


@pytest.fixture(params=["client", "embargoed", "full"])
def named_release(request: pytest.FixtureRequest) -> tuple[str, Release]:
    """Each release of the conftest with its name in the golden folder."""
    return request.param, request.getfixturevalue(f"{request.param}_release")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_letter_is_as_approved(
    named_release: tuple[str, Release],
    language: str,
    letterhead: Letterhead,
    environment: Environment,
    golden: Callable[[str, str], None],
) -> None:
    name, release = named_release
    letter = compiled(release, letterhead, environment, language)
    html, text = filled(letter, release)
    headers = [("Subject", letter.subject), ("Date", letter.date)]
    headers += [(header, value.fill({"unsubscribe_url": LEAVE})) for header, value in letter.headers]
    golden(f"email/{name}.{language}.html", html)
    golden(f"email/{name}.{language}.txt", text)
    golden(f"email/{name}.{language}.headers.txt", "".join(f"{header}: {value}\n" for header, value in headers))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_html_and_text_say_the_same_words_in_the_same_order(
    named_release: tuple[str, Release], language: str, letterhead: Letterhead, environment: Environment
) -> None:
    _, release = named_release
    html, text = filled(compiled(release, letterhead, environment, language), release)
    assert words(visible(html)) == words(text)


def test_the_same_release_makes_the_same_letter(
    full_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    assert compiled(full_release, letterhead, environment) == compiled(full_release, letterhead, open_environment())


def test_a_letter_has_only_the_slots_it_needs(
    client_release: Release, embargoed_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    assert compiled(client_release, letterhead, environment).slots == {"unsubscribe_url"}
    letter = compiled(embargoed_release, letterhead, environment)
    assert letter.html.slots == letter.text.slots == {"unsubscribe_url", "reader_lift", "other_lifts"}
    assert ".invalid" not in "".join(letter.html.pieces + letter.text.pieces)


def test_each_reader_reads_the_lift_on_their_own_clock(
    embargoed_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    letter = compiled(embargoed_release, letterhead, environment, "fr")
    values = reader_values(
        letter,
        unsubscribe_url=LEAVE,
        language="fr",
        zone="Asia/Tokyo",
        issuer_zone=TORONTO,
        lift=embargoed_release.lift,
    )
    assert values == {
        "unsubscribe_url": LEAVE,
        "reader_lift": "mardi 24 novembre 2026, 20:00 heure normale du Japon (Tokyo)",
        "other_lifts": (
            "mardi 24 novembre 2026, 06:00 heure normale de l’Est nord-américain (Toronto); "
            "mardi 24 novembre 2026, 11:00 UTC"
        ),
    }


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Toronto", "America/St_Johns", "Australia/Lord_Howe"])
def test_a_reader_reads_the_right_lift_in_the_e_mail_on_both_sides_of_every_clock_change(
    zone: str, embargoed_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    letter = compiled(embargoed_release, letterhead, environment)
    for moment, before, after in clock_laws.changes(zone):
        for minutes, offset in ((-1, before), (0, after)):
            lift = moment + timedelta(minutes=minutes)
            values = reader_values(
                letter, unsubscribe_url=LEAVE, language="en", zone=zone, issuer_zone=TORONTO, lift=lift
            )
            local = lift + offset
            shown = f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M} "
            assert shown in letter.text.fill(values)
            assert shown in letter.html.fill(values)


def test_a_reader_of_an_embargoed_letter_needs_the_lift(
    embargoed_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    letter = compiled(embargoed_release, letterhead, environment)
    with pytest.raises(RenderError, match="no lift"):
        reader_values(letter, unsubscribe_url=LEAVE, language="en", zone="UTC", issuer_zone=TORONTO, lift=None)


@pytest.mark.parametrize(
    "url", ["http://press.example.org/u", "javascript:x", "https://a>, <mailto:b", "https://a b", ""]
)
def test_an_unsubscribe_address_that_is_not_https_is_refused(
    url: str, client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    letter = compiled(client_release, letterhead, environment)
    with pytest.raises(RenderError, match="PUBLIC_URL"):
        reader_values(letter, unsubscribe_url=url, language="en", zone="UTC", issuer_zone=TORONTO, lift=None)


def test_the_headers_offer_one_click_and_an_address_to_write_to(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    letter = compiled(client_release, letterhead, environment, "fr")
    assert {name: value.fill({"unsubscribe_url": LEAVE}) for name, value in letter.headers} == {
        "List-Unsubscribe": f"<{LEAVE}>, <mailto:desk@example.org?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": "Media list <press.example.org>",
        "Content-Language": "en, fr",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    assert letter.date == "Mon, 23 Nov 2026 14:00:00 +0000"


def test_without_a_reply_address_the_sender_takes_the_unsubscriptions(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    alone = replace(letterhead, reply_to=None, sender=Address("Desk", "a?b@example.org"))
    headers = dict(compiled(client_release, alone, environment).headers)
    assert headers["List-Unsubscribe"].with_tags("").endswith("<mailto:a%3Fb@example.org?subject=unsubscribe>")


@pytest.mark.parametrize("list_id", ["", "press", "press.example.org>\r\nX: y", "présse.example.org"])
def test_a_list_id_that_is_none_is_refused(list_id: str, letterhead: Letterhead) -> None:
    with pytest.raises(RenderError, match="list id"):
        replace(letterhead, list_id=list_id)


def test_the_subject_is_the_headline(
    client_release: Release, embargoed_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    headline = client_release.headline
    assert compiled(client_release, letterhead, environment).subject == headline
    assert compiled(embargoed_release, letterhead, environment).subject == f"EMBARGO 24 Nov 06:00 EST: {headline}"
    french = compiled(embargoed_release, letterhead, environment, "fr").subject
    assert french == f"EMBARGO 24 nov. 06:00 HNE\u00a0: {headline}"


def test_a_long_subject_is_cut_at_a_word(
    client_release: Release, embargoed_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    for release in (client_release, embargoed_release):
        subject = compiled(replace(release, headline="Police held\r\n" * 20), letterhead, environment).subject
        assert len(subject) <= 120
        assert re.search(r"(?:Police|held)…$", subject)
        assert "\n" not in subject


def test_the_author_s_shorter_headline_is_the_subject_where_inboxes_would_cut_the_long_one(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    release = replace(client_release, short_headline="Police must answer")
    assert compiled(release, letterhead, environment).subject == client_release.headline, "it fits"
    long = replace(release, headline=f"{client_release.headline} against peaceful protesters")
    letter = compiled(long, letterhead, environment)
    assert letter.subject == "Police must answer"
    assert f"\n{long.headline}\n" in filled(letter, long)[1]


def test_hostile_text_stays_text_in_both_parts(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    token = _tokens(Contents(versions=(client_release,)), letterhead, environment)["unsubscribe_url"]
    evil = f"{EVIL} {token} CR\r\nLF"
    release = replace(
        client_release,
        headline=evil,
        subheads=(evil,),
        body=(Block(kind=BlockKind.PARAGRAPH, text=evil), Block(kind=BlockKind.LIST, text=EVIL)),
        end_mark=evil,
        boilerplate=evil,
        notes_to_editors=evil,
        contacts=(MediaContact(name=evil, role=evil, phones=(evil,)),),
        assets=(Asset(url="https://media.example.org/a.jpg", alt=evil, caption=evil, credit=evil),),
    )
    letter = compiled(release, replace(letterhead, organisation=EVIL, postal_address=evil), environment)
    html, text = filled(letter, release)
    expected = evil.replace("\r\n", " ")
    shown = re.sub(r"\s+", " ", visible(html))
    for part in (shown, re.sub(r"\s+", " ", text)):
        assert part.count(expected) >= 9
        assert "49" not in part.replace(token, "")
    assert "<script" not in html
    assert "{{" not in html
    assert words(visible(html)) == words(text)


def test_a_release_that_holds_its_own_token_gets_another(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    guessed = _tokens(Contents(versions=(client_release,)), letterhead, environment)["unsubscribe_url"]
    release = replace(client_release, boilerplate=guessed)
    assert _tokens(Contents(versions=(release,)), letterhead, environment)["unsubscribe_url"] not in repr(release)
    assert compiled(release, letterhead, environment).html.pieces[1::2] == ("unsubscribe_url",)


SAFE = st.characters(
    exclude_categories=("Cc", "Cs", "Cn", "Co"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd",
)


@given(text=st.text(SAFE, min_size=1, max_size=40).filter(lambda text: bool(text.strip())))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_out_as_it_went_in(
    text: str, client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    body = (Block(kind=BlockKind.PARAGRAPH, text=text),)
    release = replace(client_release, headline=text, body=body)
    html, plain = filled(compiled(release, letterhead, environment), release)
    once = re.sub(r"\s+", " ", text).strip()
    assert re.sub(r"\s+", " ", visible(html)).count(once) >= 2
    assert re.sub(r"\s+", " ", plain).count(once) >= 2


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x00", "\x1b", "\ufffd"])
def test_an_invisible_character_is_refused_by_its_number(
    character: str, client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    release = replace(client_release, headline=f"Police{character} held")
    with pytest.raises(RenderError, match=f"U\\+{ord(character):04X}"):
        compiled(release, letterhead, environment)


@pytest.mark.parametrize("href", ["http://example.org", "javascript:alert(1)", "ftp://example.org/a"])
def test_a_link_that_is_not_https_is_refused(
    href: str, client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    mark = Mark(start=0, end=4, kind=MarkKind.LINK, href=href)
    release = replace(client_release, body=(Block(kind=BlockKind.PARAGRAPH, text="link", marks=(mark,), line=3),))
    with pytest.raises(RenderError, match="in line 3 of the release"):
        compiled(release, letterhead, environment)


def _workspace(tmp_path: Path, old: str, new: str) -> Environment:
    """An environment whose footer was edited by the workspace."""
    footer = (shipped_templates() / "email/footer.mjml.j2").read_text(encoding="utf-8")
    assert old in footer
    (tmp_path / "email").mkdir()
    (tmp_path / "email/footer.mjml.j2").write_text(footer.replace(old, new), encoding="utf-8")
    return open_environment(tmp_path)


def test_a_workspace_may_change_the_footer(tmp_path: Path, client_release: Release, letterhead: Letterhead) -> None:
    environment = _workspace(tmp_path, "<mj-divider", '<mj-spacer height="9px" /><mj-divider')
    assert "height:9px" in compiled(client_release, letterhead, environment).html.pieces[0]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("<mj-divider", '<mj-image src="https://spy.example/p.gif" alt="" width="1px" /><mj-divider'), "spy.example"),
        (("<mj-divider", "<mj-dividor /><mj-divider"), "mj-dividor"),
        (("letter.footer.reason", "letter.footer.raison"), "raison"),
        (("{{ letter.footer.unsubscribe_url }}", "mailto:desk@example.org"), "no place for unsubscribe_url"),
    ],
)
def test_a_workspace_template_that_breaks_a_promise_is_refused(
    tmp_path: Path, client_release: Release, letterhead: Letterhead, edit: tuple[str, str], says: str
) -> None:
    with pytest.raises(RenderError, match=says):
        compiled(client_release, letterhead, _workspace(tmp_path, *edit))


def test_a_release_in_another_language_keeps_its_own(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    html = "".join(compiled(client_release, letterhead, environment, "fr").html.pieces)
    assert '<html lang="fr" dir="ltr"' in html
    assert re.search(r'<h1 [^>]*lang="en" dir="ltr"', html)
    assert 'lang="fr"' not in re.sub(r"<(?:html|body|div)[^>]*>", "", html)


@pytest.mark.parametrize(("language", "status"), [("ar", "محظور النشر حتى"), ("he", "באמברגו עד")])
def test_a_letter_from_right_to_left_is_so_throughout(
    language: str, status: str, full_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    release = replace(full_release, language=language, headline="بيلاروس: يجب محاسبة الشرطة")
    letter = compiled(release, letterhead, environment, language)
    html, text = filled(letter, release)
    assert f'<html lang="{language}" dir="rtl"' in html
    assert "direction:ltr" not in html
    assert not re.search(r"line-height:[^\"]*text-align:left", html)
    assert '<span dir="ltr">+1 613-744-7667</span> ' in html, "the word for the extension reads with its language"
    assert status in text
    assert "24" in letter.subject
    assert words(visible(html)) == words(text)


def test_a_right_to_left_release_in_an_english_letter_stands_at_the_right(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    release = replace(client_release, language="he", headline="בלארוס")
    html = "".join(compiled(release, letterhead, environment).html.pieces)
    assert re.search(r'text-align:right;[^>]*><h1 [^>]*lang="he" dir="rtl"', html.replace("\n", "").replace("> ", ">"))


def test_no_letter_loads_anything_but_the_pictures_of_the_release(
    full_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    html, _ = filled(compiled(full_release, letterhead, environment), full_release)
    assert re.findall(r'src="([^"]*)"', html) == ["https://media.example.org/minsk.jpg"]
    assert "url(" not in html
    assert "@import" not in html
    assert "<link" not in html


def test_a_date_without_a_zone_is_refused(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    with pytest.raises(RenderError, match="no time zone"):
        compile_letter(
            client_release,
            letterhead,
            "en",
            at=datetime(2026, 11, 23),  # noqa: DTZ001 - what is refused
            zone=TORONTO,
            environment=environment,
        )


@pytest.mark.parametrize(("zone", "others"), [("America/Toronto", 1), ("UTC", 1), ("Europe/Paris", 2)])
def test_no_clock_is_shown_twice(
    embargoed_release: Release, letterhead: Letterhead, environment: Environment, zone: str, others: int
) -> None:
    letter = compiled(embargoed_release, letterhead, environment)
    lift = embargoed_release.lift
    values = reader_values(letter, unsubscribe_url=LEAVE, language="en", zone=zone, issuer_zone=TORONTO, lift=lift)
    clocks = [values["reader_lift"], *values["other_lifts"].split("; ")]
    assert len(clocks) == len(set(clocks)) == others + 1
    assert "Tuesday 24 November 2026, 11:00 UTC" in clocks
