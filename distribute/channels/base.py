"""What every provider is: a way to freeze content into exact request bytes, and to submit them.

A provider is one file with one class of this shape, registered in ``channels/__init__.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Protocol, Self, TypeVar

import requests

from distribute.domain.content import Content, Outcomes, Sought

C_contra = TypeVar("C_contra", bound=Content, contravariant=True)

Answer = tuple[int, Mapping[str, str], bytes]
"""Status code, headers and body with which a rehearsal answers a request."""


class Frozen(Protocol):
    """A request as it was planned: its exact bytes, their SHA-256 in hex, and the deliveries in it, in order."""

    @property
    def body(self) -> bytes: ...
    @property
    def sha256(self) -> str: ...
    @property
    def keys(self) -> Sequence[str]: ...


class Provider(Protocol[C_contra]):
    """The service that carries a channel.

    ``name``: as in ``EMAIL_PROVIDER`` and as the prefix of its variables.
    ``channels``: the channels it can carry, ``email`` or networks.
    ``batch_size``: how many deliveries one request carries; small where a lost answer cannot be
    narrowed down to a recipient afterwards.
    ``room``: for how many bytes of letters' files one request has room; zero where they stand in it once,
    or not at all.
    ``repeatable_for``: how long the service treats the same bytes under the same key as one;
    zero where a second request may be a second sending.
    ``asks_after``: how long after a lost answer the service is asked whether it took it, one entry
    per asking, ascending; empty where nobody can be asked.
    ``Settings``: a frozen dataclass; its variables are the provider's name and the field's name.
    """

    name: ClassVar[str]
    channels: ClassVar[frozenset[str]]
    batch_size: ClassVar[int]
    room: ClassVar[int]
    repeatable_for: ClassVar[timedelta]
    asks_after: ClassVar[tuple[timedelta, ...]]
    Settings: ClassVar[type[Any]]

    @classmethod
    def open(cls, settings: Any, session: requests.Session) -> Self:
        """The provider over ``session``, whose adapters are the wire (or a rehearsal of it)."""
        ...

    @property
    def account(self) -> str:
        """What a person calls the sending account: a stream, a handle, a folder. No secret."""
        ...

    def freeze(self, items: Sequence[C_contra]) -> bytes:
        """The exact bytes that will be handed over for these items (at most ``batch_size``).

        Deterministic: the same items and settings give the same bytes. Holds no credential.
        Raises PlanError when an item breaks a limit of the service.
        """
        ...

    def submit(self, request: Frozen) -> Outcomes:
        """Hand over frozen bytes; an outcome for each key.

        Raises a SubmissionError when there is no outcome per recipient (see errors.py).
        """
        ...

    def look_up(self, sought: Sequence[Sought]) -> Outcomes:
        """What the service knows of these deliveries (1 to 500): Accepted, or Rejected where it says it dropped one.

        A key that is absent is not known there, or not yet, which proves nothing. Changes nothing,
        so a lost answer is TryLater like an unreachable service or a request for a pause; credentials
        or a plan without this API are Unauthorised.
        """
        ...

    def probe(self) -> Mapping[str, str]:
        """Ask the service whether it knows this account, changing nothing; the answer's headers.

        Empty where there is nobody to ask. Raises a SubmissionError when a send would fail.
        """
        ...

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        """The service's documented answer to ``request``, as if everything in it were accepted."""
        ...


class NobodyToAsk:
    """The part of a provider that is the same wherever a lost answer cannot be asked for."""

    asks_after: ClassVar[tuple[timedelta, ...]] = ()

    def look_up(self, sought: Sequence[Sought]) -> Outcomes:  # noqa: ARG002  there is nobody to name it to
        return {}
