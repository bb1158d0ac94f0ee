"""One request and its reply: what each status, and each way of getting none, proves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from distribute.channels.transport import NothingLeft
from distribute.config import Secret
from distribute.errors import BatchRefused, SubmissionError, TryLater, Unauthorised, Uncertain

PAUSE = 60.0
LONGEST_PAUSE = 3600.0
LONGEST_QUOTE = 300

MEANINGS: dict[int, type[SubmissionError]] = {
    400: BatchRefused,
    401: Unauthorised,
    402: Unauthorised,
    403: Unauthorised,
    404: Unauthorised,  # paths are ours and fixed, so the base address is wrong: every batch would fail alike
    405: Unauthorised,  # likewise: something else answers at that address
    410: Unauthorised,
    413: BatchRefused,
    415: BatchRefused,
    422: BatchRefused,
    429: TryLater,
    503: TryLater,
}
"""What a status proves. Any other that is not a success proves nothing: Uncertain."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer read to its end; ``headers`` are found in any letter case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; None when it is something else."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def _by_status(_reply: Reply) -> None:
    """No verdict beyond the status."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """How errors speak of a provider.

    ``remedy``: what to do when the account is refused: ``Check SENDGRID_API_KEY``.
    ``secrets``: blotted out should an answer repeat them.
    ``verdict``: what an answer means when the provider's own error code says more than its status.
    """

    name: str
    remedy: str
    secrets: tuple[Secret, ...] = ()
    verdict: Callable[[Reply], type[SubmissionError] | None] = _by_status


def post(session: requests.Session, url: str, *, body: bytes, headers: Mapping[str, str], service: Service) -> Reply:
    """POST ``body`` once; the reply, if its status is a success.

    Raises TryLater, Unauthorised or BatchRefused where it is proven that nothing was done, and
    Uncertain where it is not (``MEANINGS``). A redirect is not followed: it would carry the body
    to an address nobody chose.
    """
    return _exchange(session, requests.Request("POST", url, data=body, headers=dict(headers)), service)


def put(session: requests.Session, url: str, *, body: bytes, headers: Mapping[str, str], service: Service) -> Reply:
    """PUT ``body`` once; as ``post``."""
    return _exchange(session, requests.Request("PUT", url, data=body, headers=dict(headers)), service)


def get(session: requests.Session, url: str, *, headers: Mapping[str, str], service: Service) -> Reply:
    """GET once; as ``post``."""
    return _exchange(session, requests.Request("GET", url, headers=dict(headers)), service)


def ask(
    session: requests.Session,
    url: str,
    *,
    headers: Mapping[str, str],
    service: Service,
    body: bytes | None = None,
    may_be_absent: bool = False,
) -> dict[str, Any]:
    """A question that changes nothing, by GET, or by POST with a ``body``; the JSON object it is answered with.

    Empty when it ``may_be_absent`` and the service has nothing there (404). Asking again is harmless,
    so an answer that is lost, or none that is documented, is TryLater; all else is as for ``post``.
    """
    request = requests.Request("GET" if body is None else "POST", url, data=body, headers=dict(headers))
    try:
        reply = _exchange(session, request, service, absent=404 if may_be_absent else None)
    except Uncertain as lost:
        raise TryLater(f"{lost}; it was only a question, and can be asked again") from lost
    answer = {} if reply.status == 404 else reply.json()
    if not isinstance(answer, dict):
        raise TryLater(f"{service.name} gave an answer it does not document; the question can be asked again")
    return answer


def said(content: Any, service: Service) -> str:
    """The provider's own words in an answer's JSON, one line of at most 300 characters without its full stop."""
    words = " ".join(_words(content).split()).rstrip(".")
    for secret in service.secrets:
        words = words.replace(secret.reveal(), "…")
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def _exchange(
    session: requests.Session, request: requests.Request, service: Service, absent: int | None = None
) -> Reply:
    try:
        prepared = session.prepare_request(request)
        "".join(map(str, prepared.headers.values())).encode("latin-1")
    except ValueError:  # a header no request can carry: the library's own message would show the credential
        raise Unauthorised(f"{service.name} cannot be addressed with these settings. {service.remedy}.") from None
    try:
        response = session.send(prepared, allow_redirects=False)
    except NothingLeft as error:
        raise TryLater(f"{service.name} cannot be reached ({cause(error)}); nothing was sent") from error
    except requests.RequestException as error:
        raise Uncertain(f"{service.name} was sent this, but its answer was lost ({cause(error)})") from error
    reply = Reply(response.status_code, response.headers, response.content)
    if 200 <= reply.status < 300 or reply.status == absent:
        return reply
    raise _refusal(reply, request.url, service)


def _refusal(reply: Reply, url: str, service: Service) -> SubmissionError:
    """The error a reply without success is."""
    meaning = service.verdict(reply) or MEANINGS.get(reply.status, Uncertain)
    words = said(reply.json(), service)
    answer = f"{reply.status}: {words}" if words else f"{reply.status}"
    if meaning is TryLater:
        return TryLater(f"{service.name} asks for a pause ({answer})", _pause(reply.headers))
    if meaning is Unauthorised:
        where = f" at {url}" if reply.status in {404, 405, 410} else ""
        return Unauthorised(f"{service.name} does not accept us{where} ({answer}). {service.remedy}.")
    if meaning is BatchRefused:
        return BatchRefused(f"{service.name} refused this ({answer})")
    return Uncertain(f"{service.name} answered {answer}, which does not tell whether it was carried out")


def cause(error: requests.RequestException) -> str:
    """What happened on the way, in words; never the library's text, which shows addresses and headers."""
    root: BaseException | None = error
    while isinstance(root, NothingLeft):
        root = root.__cause__
    if isinstance(root, requests.exceptions.SSLError):
        return "its certificate or encryption was not acceptable"
    if isinstance(root, requests.Timeout):
        return "no answer in time"
    if isinstance(root, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return "the connection failed"
    return type(root).__name__


def _pause(headers: Mapping[str, str]) -> float:
    """Seconds asked for: Retry-After (RFC 9110 10.2.3) or a rate limit's reset; 60 when nothing is."""
    now = _moment(headers.get("Date", "")) or datetime.now(UTC)
    for name in ("Retry-After", "X-RateLimit-Reset", "RateLimit-Reset"):
        value = headers.get(name, "").strip()
        if re.fullmatch(r"\d{1,12}(\.\d+)?", value):
            number = float(value)
            seconds = number - now.timestamp() if number > 1e9 else number  # X and Bluesky give an epoch
        elif moment := _moment(value):
            seconds = (moment - now).total_seconds()
        else:
            continue
        return min(max(seconds, 1.0), LONGEST_PAUSE)
    return PAUSE


def _moment(text: str) -> datetime | None:
    """An HTTP date, or the ISO 8601 of Mastodon."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _words(content: Any) -> str:
    """The message in the error shapes of JSON APIs; empty when there is none."""
    if not isinstance(content, dict):
        return ""
    errors = content.get("errors")
    if isinstance(errors, list):
        return "; ".join(filter(None, map(_words, errors)))
    for name in ("Message", "message", "error_description", "error", "detail"):
        if isinstance(content.get(name), str):
            field = content.get("field")
            return f"{field}: {content[name]}" if isinstance(field, str) else content[name]
    return ""
