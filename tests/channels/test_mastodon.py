from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from distribute.channels.base import Provider
from distribute.domain.content import Accepted, Post
from distribute.errors import BatchRefused, PlanError, TryLater, Unauthorised, Uncertain
from tests.channels.request import Request


@pytest.fixture
def mastodon(mastodon_server: Any, live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("mastodon", mastodon_server.environ)


def submit(provider: Provider[Any], post: Post) -> Any:
    return provider.submit(Request(provider.freeze([post]), [post.key]))


def test_a_post_is_published_under_its_key(
    mastodon: Provider[Any], mastodon_server: Any, post_to: Callable[..., Post]
) -> None:
    post = post_to()
    outcomes = submit(mastodon, post)
    assert mastodon_server.accepted == {post.key: 1}
    assert mastodon_server.statuses[post.key]["content"] == post.text
    assert outcomes == {post.key: Accepted(provider_id="100000", url=f"{mastodon_server.url}/@press/100000")}


def test_a_status_is_public_dated_by_nobody_and_names_its_language(
    mastodon: Provider[Any], post_to: Callable[..., Post]
) -> None:
    post = post_to(language="fr-CA")
    assert json.loads(mastodon.freeze([post])) == {"status": post.text, "visibility": "public", "language": "fr"}


def test_a_repeat_a_person_asks_for_is_recognised(
    mastodon: Provider[Any], mastodon_server: Any, post_to: Callable[..., Post]
) -> None:
    assert submit(mastodon, post_to()) == submit(mastodon, post_to())
    assert mastodon_server.accepted == {post_to().key: 1}
    assert not mastodon.repeatable_for


def test_a_post_over_its_limit_never_leaves(mastodon: Provider[Any], post_to: Callable[..., Post]) -> None:
    with pytest.raises(PlanError, match="501 graphemes, 500 are allowed"):
        mastodon.freeze([post_to(length=501, limit=500)])


def test_a_post_the_server_finds_too_long_is_refused_in_its_words(
    mastodon: Provider[Any], mastodon_server: Any, post_to: Callable[..., Post]
) -> None:
    with pytest.raises(BatchRefused, match="Text character limit of 500 exceeded"):
        submit(mastodon, post_to(text="x" * 501, links=()))
    assert not mastodon_server.accepted


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"id": 7}', b'{"id": ""}'])
def test_a_success_that_names_no_post_is_uncertain(
    body: bytes, mastodon: Provider[Any], mastodon_server: Any, post_to: Callable[..., Post]
) -> None:
    mastodon_server.faults.append((200, {}, body))
    with pytest.raises(Uncertain, match="does not name it"):
        submit(mastodon, post_to())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {}, b"Bad token"), BatchRefused),
        ((401, {}, b""), Unauthorised),
        ((403, {}, b'{"error": "This action is outside the authorized scopes"}'), Unauthorised),
        ((429, {}, b"<html>"), TryLater),
        ((500, {}, b"<html>"), Uncertain),
    ],
)
def test_an_error_is_read_by_its_status_whatever_its_body(
    answer: Any,
    error: type[Exception],
    mastodon: Provider[Any],
    mastodon_server: Any,
    post_to: Callable[..., Post],
) -> None:
    mastodon_server.faults.append(answer)
    with pytest.raises(error):
        submit(mastodon, post_to())
    assert not mastodon_server.accepted


def test_the_account_is_its_server(mastodon: Provider[Any], mastodon_server: Any) -> None:
    assert mastodon.account == mastodon_server.url.removeprefix("http://")
