"""A release as a post: the first candidate that fits, never a shortened one."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from distribute.domain.content import Card, Post
from distribute.domain.release import Block, BlockKind, Quote, Release
from distribute.errors import RenderError
from distribute.rendering.environment import open_environment
from distribute.rendering.fidelity import faults
from distribute.rendering.measure import LIMITS, measure
from distribute.rendering.posts import need, render_post

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
GOLDEN = Path(__file__).parents[1] / "golden" / "posts"
LINK = "https://example.org/belarus"
Ladder = Callable[[str], Environment]


@pytest.fixture
def release(client_release: Release) -> Release:
    return replace(client_release, link=LINK)


@pytest.fixture
def ladder(tmp_path: Path) -> Ladder:
    """An environment whose template for Mastodon has been edited."""

    def write(source: str) -> Environment:
        path = tmp_path / "social" / "mastodon.txt.j2"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
        return open_environment(tmp_path)

    return write


def post(release: Release, environment: Environment, network: str = "mastodon") -> Post:
    return render_post(release, network, key="0" * 32, account="@press", at=AT, environment=environment)


@pytest.mark.parametrize("network", sorted(LIMITS))
def test_the_client_s_release_is_posted_as_recorded(network: str, release: Release, environment: Environment) -> None:
    """Set UPDATE_GOLDEN=1 to record anew, and read the difference before you commit it."""
    path = GOLDEN / f"{network}.json"
    made = asdict(post(release, environment, network))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(made))


@pytest.mark.parametrize("network", sorted(LIMITS))
def test_the_recorded_count_is_the_network_s_own(network: str, release: Release, environment: Environment) -> None:
    made = post(release, environment, network)
    found = measure(made.text, network)
    assert (made.length, made.limit, made.unit) == (found.length, found.limit, found.unit)
    assert made.at == "2026-11-24T11:00:00Z"
    assert made.language == "en"


@pytest.mark.parametrize("network", ["mastodon", "x"])
def test_the_link_s_place_in_the_text_is_exact(network: str, release: Release, environment: Environment) -> None:
    made = post(release, environment, network)
    assert [made.text[link.start : link.end] for link in made.links] == [LINK]
    assert made.card is None


def test_bluesky_has_the_link_in_its_card_alone(release: Release, environment: Environment) -> None:
    made = post(release, environment, "bluesky")
    assert release.headline
    assert release.lead
    assert made.card == Card(url=LINK, title=release.headline, description=release.lead.text)
    assert "http" not in made.text
    assert made.links == ()


@pytest.mark.parametrize("network", sorted(LIMITS))
def test_a_release_without_a_link_is_posted_without(network: str, release: Release, environment: Environment) -> None:
    made = post(replace(release, link=None), environment, network)
    assert release.headline
    assert made.text.startswith(release.headline)
    assert (made.links, made.card) == ((), None)


def test_the_first_candidate_that_fits_is_taken(release: Release, ladder: Ladder) -> None:
    environment = ladder(
        "{{ 'word ' * 101 }}\n--- or shorter ---\n{{ headline }} A\n--- or shorter ---\n{{ headline }} B"
    )
    assert post(release, environment).text == f"{release.headline} A"


def test_a_candidate_that_needs_what_the_release_lacks_is_passed_over(release: Release, ladder: Ladder) -> None:
    environment = ladder("{{ need(quote) }}{{ need(headline) }}\n----- or shorter -----\n{{ need(headline) }}")
    assert post(release, environment).text == release.headline


def test_each_quotation_is_tried_in_turn(ladder: Ladder) -> None:
    texts = ("never " * 90 + "end", "It must end.")
    release = Release(
        headline="Court frees Elena Ruiz",
        language="en",
        body=tuple(Block(kind=BlockKind.PARAGRAPH, text=f"“{text}” said Ana Moreno.") for text in texts),
        quotes=tuple(Quote(text=text, speaker="Ana Moreno", blocks=(i,)) for i, text in enumerate(texts)),
    )
    assert post(release, ladder("{{ need(quote) }}")).text == "“It must end.” — Ana Moreno"


def test_what_does_not_fit_is_refused_with_the_overrun_and_a_remedy(release: Release, environment: Environment) -> None:
    long = replace(release, headline="Belarus " * 60)
    with pytest.raises(
        RenderError, match=r"x: .* 504 weighted characters, 224 more than the 280 .*`short_headline:` 224"
    ):
        post(long, environment, "x")
    with pytest.raises(RenderError, match=r"479 graphemes, 179 more than the 300 .*belarus\.txt"):
        post(long, environment, "bluesky")
    short = replace(long, short_headline="Belarus: end police violence")
    assert post(short, environment, "x").text == f"Belarus: end police violence\n\n{LINK}"
    with pytest.raises(RenderError, match=r"take 20 graphemes out of `short_headline:`"):
        post(replace(long, short_headline="a" * 320), environment, "bluesky")


def test_a_release_without_a_headline_has_no_post(environment: Environment) -> None:
    with pytest.raises(RenderError, match="give it a headline"):
        post(Release(headline=None), environment)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("“{{ headline }}, says nobody”", "quotes"),
        ("{{ headline }} “", "pair"),
        ("{{ headline }}: 99 reasons", "99"),
        ("{{ headline }} {{ link }} {{ link }}", "2 links"),
        ("{{ headline }} https://example.com", "not the release's link"),
        ("EMBARGOED UNTIL TUESDAY {{ headline }}", "editors"),
        ("{{ headline }} Call 613-744-7667", "telephone"),
    ],
)
def test_an_edited_template_cannot_betray_the_release(
    source: str, fault: str, release: Release, ladder: Ladder
) -> None:
    with pytest.raises(RenderError, match=f"social/mastodon.txt.j2: the post for mastodon may not go out: .*{fault}"):
        post(release, ladder(source))


@pytest.mark.parametrize("bad", ["{{ hedline }}", "{% if %}", "{{ need(hedline) }}", "{{ headline | shouted }}"])
def test_a_mistake_in_a_template_is_named_with_its_true_line(bad: str, release: Release, ladder: Ladder) -> None:
    environment = ladder("{{ 'word ' * 101 }}\n\n--- or shorter ---\n\n\n" + bad + "\n")
    with pytest.raises(RenderError) as raised:
        post(release, environment)
    assert (raised.value.template, raised.value.line) == ("social/mastodon.txt.j2", 6)


def test_a_divider_that_the_release_itself_prints_divides_nothing(release: Release, ladder: Ladder) -> None:
    sly = replace(release, headline="One\n--- or shorter ---\nTwo")
    assert post(sly, ladder("{{ headline }}")).text == "One --- or shorter --- Two"


def test_release_text_is_never_a_template_nor_escaped(release: Release, environment: Environment) -> None:
    sly = replace(release, headline="{{ link }} & <b>{% if %}")
    assert post(sly, environment).text.startswith("{{ link }} & <b>{% if %}")


def test_a_network_nobody_knows_is_refused(release: Release, environment: Environment) -> None:
    with pytest.raises(RenderError, match="friendster"):
        post(release, environment, "friendster")


def test_a_missing_template_is_named(release: Release) -> None:
    with pytest.raises(RenderError, match=r"social/x\.txt\.j2"):
        post(release, Environment(autoescape=True), "x")


def test_needed_units_come_back_as_they_are() -> None:
    assert need("a") == "a"


WORDS = st.sampled_from(
    ["Minsk", "the", "“no”", "“yes”,", "said", "Moreno.", "Dr.", "5", "end.", "We", "5.5%", "🇧🇾", "…"]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(SENTENCE, min_size=1, max_size=4), st.sampled_from(sorted(LIMITS)), st.booleans())
def test_a_post_fits_and_is_faithful_or_there_is_none(texts: list[str], network: str, is_linked: bool) -> None:
    release = Release(
        headline="Court frees Elena Ruiz",
        language="en",
        body=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts),
        quotes=tuple(Quote(text=text, speaker="Ana Moreno", blocks=(i,)) for i, text in enumerate(texts)),
        link=LINK if is_linked else None,
    )
    made = post(release, open_environment(), network)
    assert measure(made.text, network).fits
    assert faults(made.text, release) == []
