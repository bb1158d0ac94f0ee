"""The length of a text as each network counts it."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.errors import RenderError
from distribute.rendering.measure import LIMITS, measure

FAMILY = "👨‍👩‍👧‍👦"
MOST = settings(deadline=None, max_examples=60)


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        ("mastodon", "Minsk", 5),
        ("mastodon", FAMILY, 1),
        ("mastodon", "क्षि", 1),
        ("mastodon", "See https://example.org/", 27),
        ("mastodon", "See https://example.org/" + "a" * 90, 27),
        ("mastodon", "one\nhttps://example.org/a\nhttps://example.org/b", 3 + 1 + 23 + 1 + 23),
        ("mastodon", "See example.org/" + "a" * 90, 106),
        ("mastodon", "seehttps://example.org/" + "a" * 90, 113),
        ("mastodon", "https://example.org/" + "a" * 4100, 4120),
        ("mastodon", "Thanks @alice@social.example.com.", 14),
        ("mastodon", "write to press@example.org", 26),
        ("mastodon", "gopher://example.org/" + "a" * 30, 51),
        ("bluesky", "Minsk\r\nand beyond", 16),
        ("bluesky", "See https://example.org/a", 25),
        ("bluesky", FAMILY, 1),
        ("bluesky", "🇧🇾", 1),
        ("x", "Minsk", 5),
        ("x", "ミンスク", 8),
        ("x", FAMILY, 2),
        ("x", "🇧🇾", 2),
        ("x", "“«‘’»” – —", 10),
        ("x", "… € ™ •", 11),
        ("x", "See https://example.org/" + "a" * 90, 27),
        ("x", "See example.org", 27),
        ("x", "e\u0301", 1),
        ("x", "a\r\nb", 3),
        ("x", "Größe naïve Łódź", 16),
        ("x", "Минск", 5),
    ],
)
def test_a_text_is_as_long_as_its_network_counts_it(network: str, text: str, length: int) -> None:
    assert measure(text, network).length == length


@pytest.mark.parametrize(("network", "longest"), [("mastodon", 500), ("bluesky", 300), ("x", 280)])
def test_the_limit_itself_fits_and_one_more_does_not(network: str, longest: int) -> None:
    assert measure("a" * longest, network).fits
    assert measure("a" * longest, network).overrun == ""
    over = measure("a" * (longest + 1), network)
    assert not over.fits
    assert f"{longest + 1} {over.unit}, 1 more than the {longest} allowed" == over.overrun


def test_bluesky_also_counts_bytes() -> None:
    found = measure(FAMILY * 121, "bluesky")
    assert (found.length, found.limit, found.unit, found.fits) == (3025, 3000, "bytes", False)
    assert measure("🇧🇾" * 300, "bluesky").fits


def test_flags_that_fit_in_bytes_are_still_graphemes_when_there_are_too_many() -> None:
    assert measure("a" * 301, "bluesky").unit == "graphemes"


def test_a_network_nobody_knows_is_named() -> None:
    with pytest.raises(RenderError, match=r"friendster.*bluesky, mastodon, x"):
        measure("hello", "friendster")


@MOST
@given(st.text(max_size=200), st.sampled_from(sorted(LIMITS)))
def test_composed_and_decomposed_forms_count_the_same(text: str, network: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert measure(composed, network) == measure(decomposed, network)


@MOST
@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters=".:@"), max_size=200))
def test_plain_text_without_links_counts_alike_everywhere(text: str) -> None:
    assert len({measure(text, network).length for network in ("mastodon", "x")}) == 1


def test_the_slow_parser_is_loaded_for_posts_only() -> None:
    script = "import sys, distribute.rendering.measure; sys.exit('twitter_text' in sys.modules)"
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True)


@pytest.mark.parametrize("network", sorted(LIMITS))
def test_a_text_that_fits_nowhere_is_not_counted_for_minutes(network: str) -> None:
    assert not measure("a." * 20_000, network).fits


def test_counting_needs_nothing_that_new_pythons_do_not_come_with() -> None:
    code = (
        "import sys\n"
        "sys.modules['pkg_resources'] = None\n"
        "from distribute.rendering.measure import measure\n"
        "print(measure('Hello 👋 https://example.org/a/very/long/path/that/counts/as/less', 'x').length)\n"
        "assert sys.modules['pkg_resources'] is None\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("32\n", "")
