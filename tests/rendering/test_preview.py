"""One page that shows a whole plan to those who decide about it."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import Environment

from distribute.cli.browser import Browser
from distribute.domain.audience import Contact, SkipReason
from distribute.domain.content import Slotted
from distribute.domain.finding import Finding, Severity
from distribute.domain.plan import Plan, Skip
from distribute.domain.release import Release
from distribute.rendering.people import ROWS
from distribute.rendering.preview import make_preview, render_preview
from distribute.rendering.tally import REASONS
from tests.chaos.share import long
from tests.cli.browsing import CHROMIUM, Visitor, needs_chromium
from tests.rendering.plans import FINDINGS, HOSTILE, LINK, SKIPS, Planner, people


def draw(
    plan: Plan,
    release: Release,
    findings: Sequence[Finding],
    *,
    environment: Environment,
    source: str = "",
    lines: Sequence[str] = (),
) -> str:
    return render_preview(make_preview(plan, release, findings, source=source, lines=lines), environment)


def parse(page: str) -> Element:
    """The page's tree; html5lib raises at the first error of its markup."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return tree


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_page_is_html_and_loads_nothing_from_elsewhere(
    planned: Planner, release: Release, environment: Environment
) -> None:
    made = planned(people(5), SKIPS, ("mastodon", "bluesky", "x"))
    tree = parse(draw(made, release, FINDINGS, environment=environment))
    loaded = [(e.tag, value) for e in tree.iter() for name in ("src", "data", "action") if (value := e.get(name))]
    assert loaded == []
    assert {e.get("href") for e in tree.iter() if e.get("href", "").startswith("http")} == {LINK}
    assert not list(tree.iter("link"))
    assert not list(tree.iter("base"))
    assert "url(" not in "".join(words(style) for style in tree.iter("style"))


def test_the_policy_forbids_what_the_page_does_not_need(
    planned: Planner, release: Release, environment: Environment
) -> None:
    tree = parse(draw(planned(people(1)), release, (), environment=environment))
    policy = next(m.get("content", "") for m in tree.iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/]{43}='", policy)


def test_letters_are_locked_in_and_each_screen_has_its_scheme(
    planned: Planner, release: Release, environment: Environment
) -> None:
    page = draw(planned(people(5)), release, (), environment=environment)
    frames = list(parse(page).iter("iframe"))
    assert len(frames) == 2
    assert {frame.get("sandbox") for frame in frames} == {""}
    assert all(frame.get("title") for frame in frames)
    assert ".pick-dark:checked ~ .at-screen .screen { color-scheme: dark;" in page


def test_a_letter_is_the_first_recipient_s_but_for_the_personal_link(
    planned: Planner, release: Release, environment: Environment
) -> None:
    made = planned(people(5))
    page = draw(made, release, (), environment=environment)
    frames = [frame.get("srcdoc") or "" for frame in parse(page).iter("iframe")]
    first = made.messages[0]
    expected = first.html.replace(first.values["unsubscribe_url"], "https://press.example.org/…")
    assert frames[0] == expected
    assert "press.example.org/u/" not in unescape(page)
    assert f"Camille O’Neill-0 <{first.recipient.email}>" in unescape(page)


def test_both_parts_and_every_header_are_shown(planned: Planner, release: Release, environment: Environment) -> None:
    made = planned(people(1))
    tree = parse(draw(made, release, (), environment=environment))
    text = next(pre for pre in tree.iter("pre") if "is-text" in (pre.get("class") or ""))
    assert "".join(text.itertext()).startswith(made.messages[0].text[:400])
    table = next(t for t in tree.iter("table") if t.get("class") == "headers")
    names = [words(cell) for cell in table.iter("th")]
    assert names[:6] == ["From", "Reply-To", "To", "Subject", "Date", "Message-ID"]
    assert names[6:] == [name for name, _ in made.messages[0].headers]


def test_hostile_text_stays_text(planned: Planner, release: Release, environment: Environment) -> None:
    contact = Contact(email="a@example.com", first_name=HOSTILE, outlet=HOSTILE, list_name=HOSTILE, region=HOSTILE)
    skip = Skip(channel="email", recipient=HOSTILE, reason=SkipReason.SUPPRESSED, detail=HOSTILE, name=HOSTILE)
    finding = Finding(rule="r", severity=Severity.ERROR, message=HOSTILE, line=1)
    made = planned([contact], [skip] * (ROWS + 1), ("mastodon",))
    sly = replace(made.posts[0], text=HOSTILE, account=HOSTILE, links=())
    letter = replace(made.messages[0].letter, html=Slotted((HOSTILE,)), text=Slotted((HOSTILE,)), subject=HOSTILE)
    made = replace(
        made,
        posts=(sly,),
        letters={"en": letter},
        messages=(replace(made.messages[0], letter=letter),),
        inputs={HOSTILE: "0"},
    )
    page = draw(
        made, replace(release, headline=HOSTILE), [finding], environment=environment, source=HOSTILE, lines=[HOSTILE]
    )
    tree = parse(page)
    assert not list(tree.iter("img"))
    data, script = tree.iter("script")
    assert data.get("type") == "application/json"
    assert "<" not in words(data)
    assert HOSTILE in json.loads("".join(data.itertext()))["letters"]["en"]["html"]
    assert "alert" not in words(script)
    assert not [name for element in tree.iter() for name in element.keys() if name.startswith("on")]  # noqa: SIM118
    assert words(next(tree.iter("h1"))) == HOSTILE
    filled = next(frame for frame in tree.iter("iframe") if "is-filled" in (frame.get("class") or ""))
    assert filled.get("srcdoc") == HOSTILE


def test_every_recipient_and_every_reason_is_on_the_page(
    planned: Planner, release: Release, environment: Environment
) -> None:
    made = planned(people(ROWS + 40), SKIPS * 60)
    page = draw(made, release, (), environment=environment)
    text = words(parse(page))
    assert all(f"reader.{i}@example.com" in text for i in range(ROWS + 40))
    assert all(reason.value in text and REASONS[reason] in text for reason in SkipReason)
    assert all(text.count(f"left{i}@example.com") == 60 for i in range(1, len(SKIPS) + 1))
    assert f"the first {ROWS} of {ROWS + 40}" in text
    assert "b:3" in text


def test_a_post_is_shown_whole_with_its_count(planned: Planner, release: Release, environment: Environment) -> None:
    made = planned((), (), ("mastodon", "bluesky", "x"))
    tree = parse(draw(made, release, (), environment=environment))
    articles = [a for a in tree.iter("article") if (a.get("class") or "").startswith("post")]
    for post, article in zip(made.posts, articles, strict=True):
        said = next(div for div in article.iter("div") if div.get("class") == "said")
        assert "".join(said.itertext()) == post.text
        assert said.get("lang") == "en"
        assert f"{post.length} of {post.limit} {post.unit}" in words(article)
        assert "Tuesday 24 November 06:00 Toronto = 11:00 UTC" in words(article)
    assert made.posts[1].card
    assert made.posts[1].card.description in words(articles[1])
    assert "Nobody gets a letter" in words(tree)


def test_findings_come_errors_first_beside_the_words_they_are_about(
    planned: Planner, release: Release, environment: Environment
) -> None:
    tree = parse(draw(planned(people(1)), release, FINDINGS, environment=environment))
    items = [item for item in tree.iter("li") if "finding" in (item.get("class") or "")]
    assert words(items[0]) == "Blocks Nobody can be written to. Line 3 · contact-without-email"
    assert words(items[1]) == f"Advice There is no dateline. Line 1 · no-dateline 1 {release.headline}"
    assert "1 error blocks this send" in words(tree)
    shown = draw(planned(people(1)), release, FINDINGS, environment=environment, lines=["one", "two", "the third line"])
    assert "the third line" in words(parse(shown))


def test_a_release_in_another_language_than_its_letter_is_pointed_out(
    planned: Planner, release: Release, environment: Environment
) -> None:
    text = words(parse(draw(planned(people(3)), release, (), environment=environment)))
    assert text.count("The release itself is in English; only the words around it are in French.") == 1


def test_what_can_be_chosen_is_labelled_and_every_heading_has_its_level(
    planned: Planner, release: Release, environment: Environment
) -> None:
    tree = parse(draw(planned(people(5), SKIPS, ("mastodon",)), release, FINDINGS, environment=environment))
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    assert {i.get("id") for i in tree.iter("input")} == {label.get("for") for label in tree.iter("label")}
    named = [e.get(name) for e in tree.iter() for name in ("aria-labelledby", "aria-controls") if e.get(name)]
    assert set(named) <= set(ids)
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(words(table).strip() and list(table.iter("caption")) for table in tree.iter("table"))


@pytest.fixture
def large(planned: Planner, release: Release, environment: Environment) -> str:
    """The page of 50,000 people who are greeted by name, and 3,000 who are left out."""
    plan = planned(people(50_000), SKIPS * 500, ("mastodon", "bluesky", "x"))
    greeted = [replace(it, values={**it.values, "greeting": f"Dear {it.recipient.name},"}) for it in plan.messages]
    return draw(replace(plan, messages=tuple(greeted)), release, FINDINGS, environment=environment)


@pytest.mark.slow
def test_fifty_thousand_recipients_make_a_page_a_browser_can_open(large: str) -> None:
    assert len(large.encode()) < 10_000_000
    assert large.count("<tr") < 3 * ROWS
    assert "reader.49999@example.com" in large


@long
@needs_chromium
def test_a_browser_opens_fifty_thousand_searches_them_and_shows_the_last_one_s_copy(large: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(large.encode())
    assert CHROMIUM
    with Browser(CHROMIUM) as browser:
        visitor = Visitor(browser)
        visitor.visit(page)
        assert visitor.ask("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        visitor.ask("recipients.show('o’neill-4999')")
        visitor.ask("showCopy(49999)")
        assert visitor.content("#recipients .shown") == ": 11"
        assert visitor.content(".letter[data-variant=fr] .reader").endswith("<reader.49997@example.com>")
