"""Content to send, and loopback servers that count what they take and refuse what the real ones refuse."""

from __future__ import annotations

import base64
import json
import re
import socket
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import getaddresses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import requests

from distribute.channels import open_provider
from distribute.channels.base import Provider
from distribute.channels.transport import LiveWire
from distribute.domain.content import Address, Card, Letter, Link, Message, Post, Slotted, Sought
from tests.channels.asked import NOON, BadQuestion, PostmarkMemory, SendGridMemory, postmark_row, sendgrid_row

ENVIRON = {
    "POSTMARK_SERVER_TOKEN": "pm-secret-7731",
    "SENDGRID_API_KEY": "SG.secret-7731",
    "RESEND_API_KEY": "re_secret-7731",
    "MASTODON_API_URL": "https://social.example.org",
    "MASTODON_ACCESS_TOKEN": "masto-secret-7731",
    "BLUESKY_HANDLE": "press.example.org",
    "BLUESKY_APP_PASSWORD": "blue-secret-7731",
}

JSON = {"Content-Type": "application/json"}
Answer = tuple[int, dict[str, str], bytes]


def make_letter(**changes: Any) -> Letter:
    values: dict[str, Any] = {
        "variant": "en",
        "language": "en",
        "sender": Address("Équipe médias, Example", "press@example.org"),
        "reply_to": Address("", "desk@example.org"),
        "subject": "Belarus: “Police must be held accountable” — statement",
        "html": Slotted(("<p>Dear ", "first_name", ",</p><a href='https://example.org/u/", "token", "'>Stop</a>")),
        "text": Slotted(("Dear ", "first_name", ",\n\nÀ tout de suite.\nhttps://example.org/u/", "token", "\n")),
        "headers": (
            ("List-Unsubscribe", Slotted(("<https://example.org/u/", "token", ">, <mailto:stop@example.org>"))),
            ("List-Unsubscribe-Post", Slotted(("List-Unsubscribe=One-Click",))),
        ),
        "date": "Tue, 24 Nov 2026 11:00:00 +0000",
        "release": "belarus-police",
    }
    return Letter(**values | changes)


def make_message(number: int, letter: Letter | None = None, **changes: Any) -> Message:
    values: dict[str, Any] = {
        "key": f"{number:032x}",
        "letter": letter or make_letter(),
        "recipient": Address(f"Person {number}", f"person{number}@example.com"),
        "values": {"first_name": f"<P&{number}>", "token": f"token{number}"},
    }
    return Message(**values | changes)


def make_sought(item: Message | Post, since: datetime = NOON) -> Sought:
    """``item`` as it is asked for after its answer was lost."""
    if isinstance(item, Message):
        return Sought(key=item.key, recipient=item.recipient.email, release=item.letter.release, since=since)
    return Sought(key=item.key, recipient=item.account, release=item.release, since=since)


def make_post(network: str = "mastodon", **changes: Any) -> Post:
    text = "Minsk 🕯️: police must answer.\nhttps://example.org/r"
    values: dict[str, Any] = {
        "key": "ab" * 16,
        "network": network,
        "account": "@press",
        "text": text,
        "language": "en",
        "links": (Link(start=text.index("https"), end=len(text), url="https://example.org/r"),),
        "card": Card(url="https://example.org/r", title="Police must answer", description="Statement"),
        "length": 51,
        "limit": 300,
        "unit": "graphemes",
        "at": "2026-11-24T11:00:00Z",
        "release": "belarus-police",
    }
    return Post(**values | changes)


@pytest.fixture
def letter() -> Callable[..., Letter]:
    return make_letter


@pytest.fixture
def message() -> Callable[..., Message]:
    return make_message


@pytest.fixture
def post_to() -> Callable[..., Post]:
    return make_post


@pytest.fixture
def environ() -> dict[str, str]:
    """Complete settings for every provider; invented, and never contacted."""
    return dict(ENVIRON)


@pytest.fixture
def items(message: Callable[..., Message]) -> Callable[[type[Provider[Any]]], list[Any]]:
    """Content a provider class can carry: up to three messages, or its one post."""

    def choose(provider_class: type[Provider[Any]]) -> list[Any]:
        if "email" in provider_class.channels:
            shared = make_letter()
            return [make_message(number, shared) for number in range(1, 4)]
        return [make_post(provider_class.name)]

    return choose


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Callable[..., Provider[Any]]]:
    """Opens providers over the live wire with short timeouts; closes their sessions afterwards."""
    with ExitStack() as stack:

        class Closing(LiveWire):
            def session(self, provider_class: type[Provider[Any]], /) -> requests.Session:
                return stack.enter_context(super().session(provider_class))

        def open_(name: str, environ: Mapping[str, str]) -> Provider[Any]:
            return open_provider(name, environ, Closing(tmp_path / "outbox", timeout=(1.0, 0.4)))

        yield open_


class Refused(Exception):
    """What a fake answers instead of taking the request."""

    def __init__(self, status: int, content: Any, headers: Mapping[str, str] | None = None) -> None:
        self.answer: Answer = (status, {**JSON, **(headers or {})}, json.dumps(content).encode())


def is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode(text, validate=True))
    except ValueError:
        return False


@dataclass
class Fake:
    """A provider that keeps count. ``faults``: answers given, once each, before any state changes."""

    prefix: ClassVar[str] = ""
    accepted: Counter[str] = field(default_factory=Counter)
    faults: deque[Answer] = field(default_factory=deque)
    url: str = ""
    calls: int = 0
    delay: float = 0.0
    """Seconds an answer takes, half of them before anything is done about the request."""

    @property
    def environ(self) -> dict[str, str]:
        return ENVIRON | {f"{self.prefix}_API_URL": self.url}

    def take(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.calls += 1
        if self.faults:
            return self.faults.popleft()
        try:
            return self.answer(method, path, headers, body)
        except Refused as refused:
            return refused.answer

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        raise NotImplementedError

    def json_of(self, headers: Mapping[str, str], body: bytes, refusal: Refused) -> Any:
        if headers.get("Content-Type") != "application/json":
            raise Refused(415, {"message": "Content-Type must be application/json"})
        try:
            return json.loads(body)
        except ValueError:
            raise refusal from None


def only(entry: Any, allowed: set[str], required: set[str]) -> str:
    """The name of a field that is unknown or missing; empty when all is well."""
    if not isinstance(entry, dict):
        return "(not an object)"
    return next(iter(sorted(entry.keys() - allowed) or sorted(required - entry.keys())), "")


class FakePostmark(Fake):
    prefix = "POSTMARK"
    FIELDS: ClassVar[set[str]] = {
        *("From", "To", "ReplyTo", "Subject", "HtmlBody", "TextBody", "Headers", "Metadata"),
        *("Tag", "MessageStream", "TrackOpens", "TrackLinks", "Attachments"),
    }

    def __init__(self) -> None:
        super().__init__()
        self.inactive: set[str] = set()
        self.account_code = 0
        self.answers_only: int | None = None
        self.memory = PostmarkMemory()
        self.received: dict[str, dict[str, Any]] = {}

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        place = path.partition("?")[0]
        is_detail = method == "GET" and re.fullmatch(r"/messages/outbound/[^/]+/details", place)
        known = {("POST", "/email/batch"), ("GET", "/server"), ("GET", "/messages/outbound")}
        if (method, place) not in known and not is_detail:
            raise Refused(404, {})
        if headers.get("X-Postmark-Server-Token") != ENVIRON["POSTMARK_SERVER_TOKEN"]:
            raise Refused(401, {"ErrorCode": 10, "Message": "No Account or Server API tokens were supplied."})
        if place.startswith("/messages/outbound"):
            return self._search(path)
        if method == "GET":
            return 200, JSON, json.dumps({"Name": "Press"}).encode()
        if len(body) > 50_000_000:
            raise Refused(413, {})
        entries = self.json_of(headers, body, Refused(422, {"ErrorCode": 402, "Message": "Invalid JSON"}))
        if not isinstance(entries, list) or len(entries) > 500:
            raise Refused(422, {"ErrorCode": 410, "Message": "Too many messages in a batch"})
        answers = [self._entry(entry) for entry in entries]
        return 200, JSON, json.dumps(answers[: self.answers_only]).encode()

    def _search(self, path: str) -> Answer:
        try:
            told = self.memory.detail if path.endswith("/details") else self.memory.answer
            return 200, JSON, json.dumps(told(path)).encode()
        except (BadQuestion, ValueError) as bad:
            raise Refused(422, {"ErrorCode": 300, "Message": str(bad)}) from bad

    def _entry(self, entry: Any) -> dict[str, Any]:
        if wrong := only(entry, self.FIELDS, {"From", "To", "Subject", "MessageStream"}):
            raise Refused(422, {"ErrorCode": 403, "Message": f"Unknown or missing field {wrong}"})
        recipients = getaddresses([entry["To"]])
        if self.account_code:
            return {"ErrorCode": self.account_code, "Message": "The sender is not confirmed."}
        if len(recipients) != 1 or "@" not in recipients[0][1] or not entry["Subject"]:
            return {"ErrorCode": 300, "Message": "Invalid 'To' address or empty subject."}
        if any(len(key) > 20 or len(value) > 80 for key, value in entry["Metadata"].items()):
            return {"ErrorCode": 300, "Message": "Metadata is too long."}
        if any(set(header) != {"Name", "Value"} for header in entry["Headers"]):
            return {"ErrorCode": 300, "Message": "A header needs a Name and a Value."}
        if entry["TrackLinks"] not in {"None", "HtmlAndText", "HtmlOnly", "TextOnly"}:
            return {"ErrorCode": 300, "Message": "TrackLinks is not one of its values."}
        if not all(map(self._is_file, entry.get("Attachments", []))):
            return {"ErrorCode": 300, "Message": "An attachment has a Name, Content in base64 and a ContentType."}
        address = recipients[0][1]
        self.received[address] = entry
        if address in self.inactive:
            return {"ErrorCode": 406, "Message": "You tried to send to a recipient marked as inactive."}
        self.accepted[address] += 1
        self.memory.keep(postmark_row(entry, f"pm-{address}", self.memory.now))
        return {"To": entry["To"], "MessageID": f"pm-{address}", "ErrorCode": 0, "Message": "OK"}

    @staticmethod
    def _is_file(file: dict[str, str]) -> bool:
        is_known = not only(file, {"Name", "Content", "ContentType", "ContentID"}, {"Name", "Content", "ContentType"})
        return is_known and is_base64(file["Content"]) and file.get("ContentID", "cid:").startswith("cid:")


class FakeSendGrid(Fake):
    prefix = "SENDGRID"
    FIELDS: ClassVar[set[str]] = {
        *("personalizations", "from", "reply_to", "subject", "content", "categories", "tracking_settings", "headers"),
        "attachments",
    }
    FILE: ClassVar[set[str]] = {"content", "type", "filename", "disposition", "content_id"}
    PERSON: ClassVar[set[str]] = {"to", "headers", "substitutions", "custom_args", "subject", "send_at"}

    def __init__(self) -> None:
        super().__init__()
        self.received: dict[str, dict[str, str]] = {}
        self.files: dict[str, list[dict[str, str]]] = {}
        self.memory = SendGridMemory()
        self.may_read_logs = True

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        known = {("POST", "/v3/mail/send"), ("GET", "/v3/scopes"), ("POST", "/v3/logs")}
        if (method, path) not in known and not (method == "GET" and path.startswith("/v3/logs/")):
            raise Refused(404, {"errors": [{"message": "not found", "field": None}]})
        if headers.get("Authorization") != f"Bearer {ENVIRON['SENDGRID_API_KEY']}":
            raise Refused(401, {"errors": [{"message": "The provided authorization grant is invalid", "field": None}]})
        if path.startswith("/v3/logs"):
            return self._log(method, path, headers, body)
        if method == "GET":
            return 200, JSON, json.dumps({"scopes": ["mail.send"]}).encode()
        mail = self.json_of(headers, body, self._refuse("", "Bad Request"))
        if wrong := only(mail, self.FIELDS, {"personalizations", "from", "subject", "content"}):
            raise self._refuse(wrong, "This field is unknown or required.")
        if [part["type"] for part in mail["content"]] != ["text/plain", "text/html"] or not mail["subject"]:
            raise self._refuse("content", "text/plain comes first, then text/html")
        files = self._attached(mail, body)
        people = mail["personalizations"]
        if not 1 <= len(people) <= 1000:
            raise self._refuse("personalizations", "The personalization block is limited to 1000 per request.")
        addresses = [self._person(index, person) for index, person in enumerate(people)]
        if len(set(addresses)) != len(addresses):
            raise self._refuse("personalizations", "Each unique email address should only be included once.")
        for index, (address, person) in enumerate(zip(addresses, people, strict=True)):
            self.accepted[address] += 1
            self.memory.keep(sendgrid_row(mail, person, f"sg-{self.calls}.recvd-{index}", self.memory.now))
            self.received[address] = {part["type"]: self._fill(part["value"], person) for part in mail["content"]}
            self.files[address] = files
            self.received[address] |= person["headers"] | person["custom_args"]
        return 202, {"X-Message-Id": f"sg-{self.calls}"}, b""

    def _attached(self, mail: dict[str, Any], body: bytes) -> list[dict[str, str]]:
        if len(body) > 30_000_000:
            raise Refused(413, {"errors": [{"message": "The total size may not exceed 30MB.", "field": None}]})
        files: list[dict[str, str]] = mail.get("attachments", [])
        if any(only(it, self.FILE, {"content", "filename"}) or not is_base64(it["content"]) for it in files):
            raise self._refuse("attachments", "An attachment needs content in base64 and a filename.")
        return files

    def _log(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if not self.may_read_logs:
            raise Refused(403, {"errors": [{"message": "access forbidden", "field": None}]})
        if method == "GET":
            if (found := self.memory.detail(path.removeprefix("/v3/logs/"))) is None:
                raise Refused(404, {"errors": [{"message": "message not found"}]})
            return 200, JSON, json.dumps(found).encode()
        try:
            found = self.memory.listing(self.json_of(headers, body, self._refuse("", "Bad Request")))
            return 200, JSON, json.dumps(found).encode()
        except BadQuestion as bad:
            raise self._refuse("query", str(bad)) from bad

    def _person(self, index: int, person: Any) -> str:
        where = f"personalizations.{index}"
        if wrong := only(person, self.PERSON, {"to"}):
            raise self._refuse(f"{where}.{wrong}", "This field is unknown or required.")
        if len(person["to"]) != 1 or only(person["to"][0], {"email", "name"}, {"email"}):
            raise self._refuse(f"{where}.to", "One recipient, with an email.")
        if re.search("[;,]", person["to"][0].get("name", "")):
            raise self._refuse(f"{where}.to.0.name", "A name may not hold a comma or semicolon.")
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", address := person["to"][0]["email"]):
            raise self._refuse(f"{where}.to.0.email", "Does not contain a valid address.")
        if len(json.dumps(person["substitutions"])) > 10_000:
            raise self._refuse(f"{where}.substitutions", "Substitutions may not exceed 10000 bytes.")
        if any(not isinstance(value, str) for value in person["substitutions"].values()):
            raise self._refuse(f"{where}.substitutions", "Substitutions are strings.")
        return str(address)

    @staticmethod
    def _fill(text: str, person: dict[str, Any]) -> str:
        for tag, value in person["substitutions"].items():
            text = text.replace(tag, value)
        return text

    @staticmethod
    def _refuse(where: str, why: str) -> Refused:
        return Refused(400, {"errors": [{"message": why, "field": where or None, "help": None}]})


class FakeResend(Fake):
    prefix = "RESEND"
    FIELDS: ClassVar[set[str]] = {"from", "to", "reply_to", "subject", "html", "text", "headers", "tags"}

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, tuple[bytes, Answer]] = {}
        self.bodies: list[bytes] = []
        self.is_restricted = False
        self.answers_only: int | None = None

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if (method, path) not in {("POST", "/emails/batch"), ("GET", "/domains")}:
            raise self._refuse(404, "not_found", "The requested endpoint does not exist.")
        if headers.get("Authorization") != f"Bearer {ENVIRON['RESEND_API_KEY']}":
            raise self._refuse(403, "invalid_api_key", "API key is invalid.")
        if method == "GET":
            if self.is_restricted:
                raise self._refuse(401, "restricted_api_key", "This API key is restricted to only send emails.")
            return 200, JSON, json.dumps({"data": []}).encode()
        self.bodies.append(body)
        key = headers.get("Idempotency-Key", "")
        if not 1 <= len(key) <= 256:
            raise self._refuse(400, "invalid_idempotency_key", "The key must be between 1-256 chars.")
        if key not in self.kept:
            self.kept[key] = body, self._send(self.json_of(headers, body, self._invalid("The body is not JSON.")))
        first, answer = self.kept[key]
        if first != body:
            raise self._refuse(409, "invalid_idempotent_request", "Same key used with a different request payload.")
        return answer

    def _send(self, entries: Any) -> Answer:
        if not isinstance(entries, list) or not 1 <= len(entries) <= 100:
            raise self._invalid("A batch holds 1 to 100 emails.")
        addresses = [self._check(entry) for entry in entries]
        self.accepted.update(addresses)
        answers = [{"id": f"re-{address}"} for address in addresses]
        return 200, JSON, json.dumps({"data": answers[: self.answers_only]}).encode()

    def _check(self, entry: Any) -> str:
        if wrong := only(entry, self.FIELDS, {"from", "to", "subject"}):
            raise self._invalid(f"The {wrong} field is unknown or missing.")
        recipients = getaddresses(entry["to"])
        if len(recipients) != 1 or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", recipients[0][1]):
            raise self._invalid("Invalid `to` field. One email@example.com or Name <email@example.com>.")
        words = [word for tag in entry["tags"] for word in (tag["name"], tag["value"])]
        if not all(re.fullmatch("[A-Za-z0-9_-]{1,256}", word) for word in words):
            raise self._invalid("Tags should only contain ASCII letters, numbers, underscores, or dashes.")
        if not all(isinstance(value, str) for value in entry["headers"].values()):
            raise self._invalid("Headers are strings.")
        return str(recipients[0][1])

    def _invalid(self, why: str) -> Refused:
        return self._refuse(422, "validation_error", why)

    @staticmethod
    def _refuse(status: int, name: str, why: str) -> Refused:
        return Refused(status, {"statusCode": status, "name": name, "message": why})


class FakeMastodon(Fake):
    prefix = "MASTODON"

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[str, dict[str, Any]] = {}

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if (method, path) not in {("POST", "/api/v1/statuses"), ("GET", "/api/v1/apps/verify_credentials")}:
            raise Refused(404, {"error": "Record not found"})
        if headers.get("Authorization") != f"Bearer {ENVIRON['MASTODON_ACCESS_TOKEN']}":
            raise Refused(401, {"error": "The access token is invalid"})
        if method == "GET":
            return 200, JSON, json.dumps({"name": "distribute"}).encode()
        status = self.json_of(headers, body, Refused(400, {"error": "Bad Request"}))
        if wrong := only(status, {"status", "visibility", "language"}, {"status"}):
            raise Refused(422, {"error": f"Validation failed: {wrong}"})
        if not status["status"] or len(status["status"]) > 500:
            raise Refused(422, {"error": "Validation failed: Text character limit of 500 exceeded"})
        if status.get("visibility") != "public" or not re.fullmatch("[a-z]{2}", status.get("language", "")):
            raise Refused(422, {"error": "Validation failed: visibility or language"})
        key = headers["Idempotency-Key"]
        if key not in self.statuses:
            self.accepted[key] += 1
            number = str(100_000 + len(self.statuses))
            self.statuses[key] = {"id": number, "url": f"{self.url}/@press/{number}", "content": status["status"]}
        return 200, JSON, json.dumps(self.statuses[key]).encode()


class FakeBluesky(Fake):
    prefix = "BLUESKY"

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, dict[str, Any]] = {}
        self.write_faults: deque[Answer] = deque()

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        content = self.json_of(headers, body, self._refuse("not JSON"))
        if (method, path) == ("POST", "/xrpc/com.atproto.server.createSession"):
            return self._log_in(content)
        if (method, path) != ("POST", "/xrpc/com.atproto.repo.putRecord"):
            raise Refused(501, {"error": "MethodNotImplemented"})
        if headers.get("Authorization") != "Bearer jwt-7731":
            raise Refused(400, {"error": "InvalidToken", "message": "Token could not be verified"})
        if self.write_faults:
            return self.write_faults.popleft()
        return self._write(content)

    def _log_in(self, login: Any) -> Answer:
        expected = {"identifier": ENVIRON["BLUESKY_HANDLE"], "password": ENVIRON["BLUESKY_APP_PASSWORD"]}
        if login != expected:
            raise Refused(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
        return 200, JSON, json.dumps({"accessJwt": "jwt-7731", "refreshJwt": "r", "did": "did:plc:press"}).encode()

    def _write(self, content: Any) -> Answer:
        if wrong := only(content, needed := {"repo", "collection", "rkey", "record"}, needed):
            raise self._refuse(f"{wrong} is unknown or missing")
        if content["repo"] != ENVIRON["BLUESKY_HANDLE"]:
            raise self._refuse("Could not find repo")
        if not re.fullmatch("[234567abcdefghij][234567a-z]{12}", rkey := content["rkey"]):
            raise self._refuse("Invalid record key: must be a TID")
        self._check(content["record"])
        uri = f"at://did:plc:press/{content['collection']}/{rkey}"
        if self.records.get(uri) != content["record"]:
            self.accepted[uri] += 1
        self.records[uri] = content["record"]
        return 200, JSON, json.dumps({"uri": uri, "cid": "bafy"}).encode()

    def _check(self, record: Any) -> None:
        if wrong := only(record, {"$type", "text", "createdAt", "langs", "facets", "embed"}, {"text", "createdAt"}):
            raise self._refuse(f"record/{wrong} is unknown or missing")
        text = record["text"].encode()
        if record["$type"] != "app.bsky.feed.post" or len(text) > 3000 or len(record["langs"]) > 3:
            raise self._refuse("Record/text must not be longer than 3000 bytes")
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", record["createdAt"]):
            raise self._refuse("Record/createdAt must be an RFC 3339 datetime")
        for facet in record.get("facets", []):
            start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
            if not 0 <= start < end <= len(text) or not text[start:end].decode().startswith("http"):
                raise self._refuse("Record/facets do not lie on the text")
        if "embed" in record and not {"uri", "title", "description"} <= record["embed"]["external"].keys():
            raise self._refuse("Record/embed/external needs uri, title and description")

    @staticmethod
    def _refuse(why: str) -> Refused:
        return Refused(400, {"error": "InvalidRequest", "message": why})


@pytest.fixture
def serve() -> Iterator[Callable[[Fake], Fake]]:
    """Puts a fake on a loopback port."""
    with ExitStack() as stack:

        def start(fake: Fake) -> Fake:
            lock = threading.Lock()

            class Handler(BaseHTTPRequestHandler):
                protocol_version = "HTTP/1.1"

                def _reply(self) -> None:
                    body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                    time.sleep(fake.delay / 2)
                    with lock:
                        status, headers, content = fake.take(self.command, self.path, dict(self.headers.items()), body)
                    time.sleep(fake.delay / 2)
                    lines = [f"HTTP/1.1 {status} Answer", f"Content-Length: {len(content)}"]
                    lines += [f"{name}: {value}" for name, value in headers.items()]
                    self.wfile.write("\r\n".join([*lines, "", ""]).encode() + content)  # one send: no delayed ACK

                do_POST = do_PUT = do_GET = _reply  # noqa: N815  the names http.server calls

                def log_message(self, *_args: Any) -> None:
                    """Quiet."""

            class Server(ThreadingHTTPServer):
                daemon_threads = True

                def handle_error(self, request: Any, client_address: Any) -> None:
                    """A client that is killed breaks its connection."""
                    if not isinstance(sys.exc_info()[1], ConnectionError):
                        super().handle_error(request, client_address)

            server = stack.enter_context(Server(("127.0.0.1", 0), Handler))
            fake.url = f"http://127.0.0.1:{server.server_port}"
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
            thread.start()
            stack.callback(thread.join, 5)
            stack.callback(server.shutdown)
            return fake

        yield start


@pytest.fixture
def postmark_server(serve: Callable[[Fake], Fake]) -> Fake:
    return serve(FakePostmark())


@pytest.fixture
def sendgrid_server(serve: Callable[[Fake], Fake]) -> Fake:
    return serve(FakeSendGrid())


@pytest.fixture
def resend_server(serve: Callable[[Fake], Fake]) -> Fake:
    return serve(FakeResend())


@pytest.fixture
def mastodon_server(serve: Callable[[Fake], Fake]) -> Fake:
    return serve(FakeMastodon())


@pytest.fixture
def bluesky_server(serve: Callable[[Fake], Fake]) -> Fake:
    return serve(FakeBluesky())


@dataclass
class Misbehaving:
    """A server at socket level. ``bodies``: requests read to their end, that is, possibly carried out."""

    url: str
    bodies: list[bytes] = field(default_factory=list)

    def read(self, connection: socket.socket) -> bytes:
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(65536)
        head, _, body = received.partition(b"\r\n\r\n")
        found = re.search(rb"content-length: (\d+)", head.lower())
        length = int(found[1]) if found else 0
        while len(body) < length:
            body += connection.recv(65536)
        self.bodies.append(body)
        return body


@pytest.fixture
def misbehaving() -> Iterator[Callable[[Callable[[Misbehaving, socket.socket], None]], Misbehaving]]:
    """Starts a server that hands each connection to ``behave`` and then closes it."""
    with ExitStack() as stack:

        def start(behave: Callable[[Misbehaving, socket.socket], None]) -> Misbehaving:
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            server = Misbehaving(f"http://127.0.0.1:{listener.getsockname()[1]}")

            def run() -> None:
                with suppress(OSError):
                    while True:
                        connection, _ = listener.accept()
                        with closing(connection), suppress(OSError):
                            behave(server, connection)

            thread = threading.Thread(target=run, daemon=True)
            thread.start()
            stack.callback(thread.join, 5)
            stack.callback(listener.shutdown, socket.SHUT_RDWR)
            return server

        yield start
