"""What holds for every provider, whoever it is."""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import requests

from distribute.channels import CHANNELS, PROVIDERS, open_provider
from distribute.channels.base import Answer, Provider
from distribute.channels.exchange import MEANINGS
from distribute.channels.folder import respond
from distribute.channels.transport import NothingLeft, RehearsalWire
from distribute.config import Secret, variable
from distribute.domain.content import Accepted, Message, Rejected, Slotted
from distribute.errors import BatchRefused, ConfigError, SubmissionError, TryLater, Unauthorised, Uncertain
from tests.channels.conftest import Fake, make_letter, make_message, make_sought
from tests.channels.request import Request

NAMES = sorted(PROVIDERS)
ASKED = [name for name in NAMES if PROVIDERS[name].asks_after]
Items = Callable[[type[Provider[Any]]], list[Any]]


class ScriptedWire:
    """Answers every request the same way, but lets a login succeed."""

    def __init__(self, answer: Callable[[requests.PreparedRequest], Answer]) -> None:
        self.answer = answer

    def session(self, provider_class: type[Provider[Any]], /) -> requests.Session:
        class Adapter(requests.adapters.BaseAdapter):
            def send(inner, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:  # noqa: N805
                is_login = (request.url or "").endswith("createSession")
                return respond(request, provider_class.rehearse(request) if is_login else self.answer(request))

            def close(inner) -> None:  # noqa: N805
                """Nothing is open."""

        session = requests.Session()
        session.adapters.clear()
        session.mount("", Adapter())
        return session


def submit(provider: Provider[Any], content: list[Any]) -> Any:
    return provider.submit(Request(provider.freeze(content), [item.key for item in content]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("socket_disabled")
def test_a_rehearsal_builds_the_real_requests_and_touches_nothing(
    name: str, items: Items, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wire = RehearsalWire()
    provider, content = open_provider(name, environ, wire), items(PROVIDERS[name])
    body = provider.freeze(content)
    outcomes = provider.submit(Request(body, [item.key for item in content]))
    assert list(outcomes) == [item.key for item in content]
    assert all(isinstance(outcome, Accepted) and outcome.provider_id for outcome in outcomes.values())
    assert wire.requests
    assert name == "outbox" or body in [request.body for request in wire.requests]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_is_what_it_says(name: str, environ: dict[str, str]) -> None:
    provider_class = PROVIDERS[name]
    assert provider_class.name == name
    assert provider_class.channels
    assert provider_class.channels <= set(CHANNELS)
    assert provider_class.batch_size >= 1
    assert open_provider(name, environ, RehearsalWire()).account


@pytest.mark.parametrize("name", NAMES)
def test_the_same_content_freezes_to_the_same_bytes(name: str, items: Items, environ: dict[str, str]) -> None:
    frozen = {open_provider(name, environ, RehearsalWire()).freeze(items(PROVIDERS[name])) for _ in range(2)}
    assert len(frozen) == 1


@pytest.mark.slow
def test_frozen_bytes_are_the_same_in_another_process() -> None:
    """No order of a set or a dictionary of hashes may leak into what was approved."""
    code = (
        "import sys, runpy; made = runpy.run_path(sys.argv[1]); import hashlib\n"
        "from distribute.channels import PROVIDERS, open_provider\n"
        "from distribute.channels.transport import RehearsalWire\n"
        "for name, found in sorted(PROVIDERS.items()):\n"
        "    item = made['make_message'](1) if 'email' in found.channels else made['make_post'](name)\n"
        "    body = open_provider(name, made['ENVIRON'], RehearsalWire()).freeze([item])\n"
        "    print(name, hashlib.sha256(body).hexdigest())\n"
    )
    here = Path(__file__)
    command = [sys.executable, "-c", code, str(here.with_name("conftest.py"))]
    hashes = {
        subprocess.run(
            command,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(here.parents[2])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1
    assert len(hashes.pop().splitlines()) == len(PROVIDERS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", [*MEANINGS, 302, 408, 409, 499, 500, 502, 504])
def test_a_status_means_the_same_everywhere(name: str, status: int, items: Items, environ: dict[str, str]) -> None:
    wire = ScriptedWire(lambda _request: (status, {"Retry-After": "7"}, b'{"message": "words"}'))
    provider, content = open_provider(name, environ, wire), items(PROVIDERS[name])
    meaning = MEANINGS.get(status, Uncertain)
    if name == "outbox" and meaning is BatchRefused:  # it writes one by one, so it can name the one refused
        assert all(isinstance(outcome, Rejected) for outcome in submit(provider, content).values())
        return
    with pytest.raises(SubmissionError) as caught:
        submit(provider, content)
    assert type(caught.value) is meaning
    if isinstance(caught.value, TryLater):
        assert caught.value.after == 7


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("failure", "meaning"),
    [
        (NothingLeft(), TryLater),
        (requests.ReadTimeout(), Uncertain),
        (requests.ConnectionError(), Uncertain),
        (requests.exceptions.ChunkedEncodingError(), Uncertain),
        (requests.exceptions.ContentDecodingError(), Uncertain),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_a_failure_on_the_way_means_the_same_everywhere(
    name: str, failure: Exception, meaning: type[SubmissionError], items: Items, environ: dict[str, str]
) -> None:
    def fail(_request: requests.PreparedRequest) -> Answer:
        raise failure

    with pytest.raises(SubmissionError) as caught:
        submit(open_provider(name, environ, ScriptedWire(fail)), items(PROVIDERS[name]))
    assert type(caught.value) is meaning


# ---- asking what was taken


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_says_when_it_is_asked_in_rising_order(name: str) -> None:
    """After some time to index, more than once, and while a service still knows: 30 days at the shortest."""
    times = PROVIDERS[name].asks_after
    assert list(times) == sorted(set(times))
    assert not times or (timedelta(minutes=1) <= times[0] and len(times) > 1 and times[-1] < timedelta(days=30))


def test_who_can_be_asked() -> None:
    assert ASKED == ["postmark", "sendgrid"]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ASKED])
def test_where_nobody_can_be_asked_no_request_is_made(name: str, items: Items, environ: dict[str, str]) -> None:
    wire = RehearsalWire()
    sought = [make_sought(item) for item in items(PROVIDERS[name])]
    assert open_provider(name, environ, wire).look_up(sought) == {}
    assert wire.requests == []


@pytest.mark.parametrize("name", ASKED)
def test_what_a_service_never_had_is_absent_and_asking_changes_nothing(
    name: str, items: Items, request: pytest.FixtureRequest, live: Callable[..., Provider[Any]]
) -> None:
    fake: Fake = request.getfixturevalue(f"{name}_server")
    provider, content = live(name, fake.environ), items(PROVIDERS[name])
    sought = [make_sought(item) for item in content]
    assert provider.look_up(sought) == {}
    assert not fake.accepted
    submit(provider, content[1:])
    assert provider.look_up(sought[:1]) == {}
    assert list(provider.look_up(sought)) == [item.key for item in content[1:]]
    assert fake.accepted.total() == len(content) - 1


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("status", [*MEANINGS, 302, 408, 409, 500, 502, 504])
def test_a_service_that_cannot_be_asked_says_why(name: str, status: int, items: Items, environ: dict[str, str]) -> None:
    wire = ScriptedWire(lambda _request: (status, {"Retry-After": "7"}, b'{"message": "words"}'))
    provider, content = open_provider(name, environ, wire), items(PROVIDERS[name])
    with pytest.raises(SubmissionError) as caught:
        provider.look_up([make_sought(item) for item in content])
    assert type(caught.value) is MEANINGS.get(status, TryLater)
    if status in {429, 503}:
        assert getattr(caught.value, "after", None) == 7


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("failure", [NothingLeft(), requests.ReadTimeout(), requests.ConnectionError()], ids=repr)
def test_a_lost_answer_to_a_question_can_be_asked_for_again(
    name: str, failure: Exception, items: Items, environ: dict[str, str]
) -> None:
    def fail(_request: requests.PreparedRequest) -> Answer:
        raise failure

    provider = open_provider(name, environ, ScriptedWire(fail))
    with pytest.raises(TryLater):
        provider.look_up([make_sought(item) for item in items(PROVIDERS[name])])


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.usefixtures("socket_disabled")
def test_a_rehearsal_that_is_asked_knows_nothing(name: str, items: Items, environ: dict[str, str]) -> None:
    with pytest.raises(TryLater, match="does not document"):
        open_provider(name, environ, RehearsalWire()).look_up([make_sought(i) for i in items(PROVIDERS[name])])


@pytest.mark.parametrize("name", NAMES)
def test_every_missing_setting_is_named_at_once(name: str) -> None:
    fields = dataclasses.fields(PROVIDERS[name].Settings)
    needed = [variable(field.name, name) for field in fields if field.default is dataclasses.MISSING]
    if not needed:
        open_provider(name, {}, RehearsalWire())
        return
    with pytest.raises(ConfigError) as caught:
        open_provider(name, {}, RehearsalWire())
    assert [problem.split()[0] for problem in caught.value.problems] == needed


@pytest.mark.parametrize("name", [name for name in NAMES if "email" in PROVIDERS[name].channels])
def test_nobody_is_shown_anothers_address(name: str, items: Items, environ: dict[str, str]) -> None:
    messages: list[Message] = items(PROVIDERS[name])
    document = json.loads(open_provider(name, environ, RehearsalWire()).freeze(messages))
    copies = document if isinstance(document, list) else document.pop("personalizations", None) or document.pop("files")
    addresses = [message.recipient.email for message in messages]
    assert len(copies) == len(messages)
    for copy, own in zip(copies, addresses, strict=True):
        assert [address for address in addresses if address in json.dumps(copy)] == [own]
        assert "bcc" not in json.dumps(copy).lower()
    shared = json.dumps(document) if isinstance(document, dict) else ""
    assert not any(address in shared for address in addresses)


@pytest.mark.parametrize("name", ["outbox", "postmark", "resend", "sendgrid"])
def test_every_field_of_a_letter_s_head_arrives_once_and_as_it_is(name: str, environ: dict[str, str]) -> None:
    """Those that list mail needs (RFC 2369, 2919, 8058), in the way each service has for them."""
    fields = {
        "List-Unsubscribe": "<https://press.example.org/u/token1>, <mailto:desk@example.org?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": "Media list <press.example.org>",
        "Content-Language": "fr, en",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    letter = make_letter(headers=tuple((field, Slotted((value,))) for field, value in fields.items()))
    document = json.loads(open_provider(name, environ, RehearsalWire()).freeze([make_message(1, letter)]))
    if name == "outbox":
        read = message_from_string(document["files"][0][2], policy=default)
        assert {field: read.get_all(field) for field in fields} == {field: [it] for field, it in fields.items()}
        usual = ("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type")
        assert {field: len(read.get_all(field, [])) for field in usual} == dict.fromkeys(usual, 1)
        assert read["From"].addresses[0].display_name == letter.sender.name
        return
    entry = document if name == "sendgrid" else document[0]
    sent = entry["personalizations"][0]["headers"] if name == "sendgrid" else entry.get("headers", entry.get("Headers"))
    assert (sent if name != "postmark" else {it["Name"]: it["Value"] for it in sent}) == fields
    own = {key.lower().replace("_", ""): value for key, value in entry.items()}
    shown = {"email": "desk@example.org"} if name == "sendgrid" else "desk@example.org"
    assert own["replyto"] == shown
    assert "Équipe médias" in str(own["from"])


@pytest.mark.parametrize("name", NAMES)
def test_no_credential_shows_anywhere(name: str, items: Items, environ: dict[str, str]) -> None:
    echo = json.dumps({"message": " ".join(environ.values())}).encode()
    provider = open_provider(name, environ, ScriptedWire(lambda _request: (401, {}, echo)))
    with pytest.raises(Unauthorised) as caught:
        submit(provider, items(PROVIDERS[name]))
    settings = provider.__dict__.get("_settings")
    own = [value.reveal() for value in vars(settings).values() if isinstance(value, Secret)] if settings else []
    assert name == "outbox" or own
    shown = "".join(
        (str(caught.value), repr(provider), repr(vars(provider)), provider.freeze(items(PROVIDERS[name])).decode())
    )
    assert not any(secret in shown for secret in own)


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_is_a_short_file(name: str) -> None:
    source = Path(inspect.getfile(PROVIDERS[name])).read_text("utf-8")
    assert len(source.splitlines()) < 150


@pytest.mark.parametrize("name", ["postmark", "sendgrid", "resend", "mastodon", "bluesky"])
def test_a_probe_tells_a_good_account_from_a_bad_one_and_changes_nothing(
    name: str, request: pytest.FixtureRequest, live: Callable[..., Provider[Any]]
) -> None:
    fake: Fake = request.getfixturevalue(f"{name}_server")
    live(name, fake.environ).probe()
    credential = {
        "postmark": "POSTMARK_SERVER_TOKEN",
        "sendgrid": "SENDGRID_API_KEY",
        "resend": "RESEND_API_KEY",
        "mastodon": "MASTODON_ACCESS_TOKEN",
        "bluesky": "BLUESKY_APP_PASSWORD",
    }[name]
    with pytest.raises(Unauthorised, match=credential):
        live(name, fake.environ | {credential: "wrong-7731"}).probe()
    assert not fake.accepted
    assert fake.calls == 2
