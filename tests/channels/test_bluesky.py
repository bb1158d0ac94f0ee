from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from distribute.channels.atproto import record_key
from distribute.channels.base import Provider
from distribute.domain.content import Accepted, Post
from distribute.errors import BatchRefused, PlanError, SubmissionError, TryLater, Unauthorised, Uncertain
from tests.channels.request import Request


@pytest.fixture
def bluesky(bluesky_server: Any, live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("bluesky", bluesky_server.environ)


@pytest.fixture
def post(post_to: Callable[..., Post]) -> Post:
    return post_to("bluesky")


def submit(provider: Provider[Any], post: Post) -> Any:
    return provider.submit(Request(provider.freeze([post]), [post.key]))


def test_a_post_becomes_a_record_under_our_key(bluesky: Provider[Any], bluesky_server: Any, post: Post) -> None:
    rkey = record_key(post.at, post.key)
    uri = f"at://did:plc:press/app.bsky.feed.post/{rkey}"
    address = f"https://bsky.app/profile/press.example.org/post/{rkey}"
    assert submit(bluesky, post) == {post.key: Accepted(provider_id=uri, url=address)}
    written = bluesky_server.records[uri]
    assert (written["text"], written["createdAt"], written["langs"]) == (post.text, post.at, ["en"])
    assert written["embed"]["external"]["title"] == "Police must answer"


def test_writing_it_twice_writes_it_once(bluesky: Provider[Any], bluesky_server: Any, post: Post) -> None:
    assert submit(bluesky, post) == submit(bluesky, post)
    assert list(bluesky_server.accepted.values()) == [1]
    assert bluesky.repeatable_for.days > 365


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {}, b'{"error": "InvalidRequest", "message": "bad identifier"}'), Unauthorised),
        ((401, {}, b'{"error": "AuthenticationRequired"}'), Unauthorised),
        ((429, {}, b"{}"), TryLater),
        ((500, {}, b"{}"), TryLater),
        ((200, {}, b"<html>"), TryLater),
        ((200, {}, b"{}"), TryLater),
    ],
)
def test_a_failed_login_let_nothing_of_the_post_leave(
    answer: Any, error: type[SubmissionError], bluesky: Provider[Any], bluesky_server: Any, post: Post
) -> None:
    bluesky_server.faults.append(answer)
    with pytest.raises(SubmissionError) as caught:
        submit(bluesky, post)
    assert type(caught.value) is error
    assert not bluesky_server.records
    assert bluesky_server.calls == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {}, b'{"error": "InvalidRequest", "message": "bad record"}'), BatchRefused),
        ((400, {}, b'{"error": "ExpiredToken", "message": "Token has expired"}'), Unauthorised),
        ((429, {}, b'{"error": "RateLimitExceeded"}'), TryLater),
        ((500, {}, b'{"error": "InternalServerError"}'), Uncertain),
        ((200, {}, b"<html>"), Uncertain),
        ((200, {}, b"{}"), Uncertain),
    ],
)
def test_a_failed_writing_means_what_it_proves(
    answer: Any, error: type[SubmissionError], bluesky: Provider[Any], bluesky_server: Any, post: Post
) -> None:
    bluesky_server.write_faults.append(answer)
    with pytest.raises(SubmissionError) as caught:
        submit(bluesky, post)
    assert type(caught.value) is error


def test_a_wrong_app_password_holds_the_plan(
    bluesky_server: Any, live: Callable[..., Provider[Any]], post: Post
) -> None:
    provider = live("bluesky", bluesky_server.environ | {"BLUESKY_APP_PASSWORD": "other-9"})
    with pytest.raises(Unauthorised, match="Check BLUESKY_HANDLE, BLUESKY_APP_PASSWORD") as caught:
        submit(provider, post)
    assert "other-9" not in str(caught.value)


def test_the_sessions_token_is_blotted_out_too(bluesky: Provider[Any], bluesky_server: Any, post: Post) -> None:
    bluesky_server.write_faults.append((400, {}, b'{"error": "InvalidRequest", "message": "bad jwt-7731"}'))
    with pytest.raises(BatchRefused) as caught:
        submit(bluesky, post)
    assert "jwt-7731" not in str(caught.value)


@pytest.mark.parametrize("changes", [{"length": 301, "limit": 300}, {"text": "👨‍👩‍👧‍👦" * 130, "links": ()}])
def test_a_post_too_long_in_graphemes_or_bytes_never_leaves(
    changes: dict[str, Any], bluesky: Provider[Any], post_to: Callable[..., Post]
) -> None:
    with pytest.raises(PlanError, match="shorten it to 300 and 3,000"):
        bluesky.freeze([post_to("bluesky", **changes)])


def test_a_handle_may_be_written_with_its_at(bluesky_server: Any, live: Callable[..., Provider[Any]]) -> None:
    provider = live("bluesky", bluesky_server.environ | {"BLUESKY_HANDLE": "@press.example.org"})
    assert provider.account == "@press.example.org"
