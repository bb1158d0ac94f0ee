"""The only way to the network: sessions over a live wire, or over a rehearsal that answers in its place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from distribute import __version__
from distribute.channels.base import Answer, Provider
from distribute.channels.folder import SCHEME, OutboxAdapter, respond

TIMEOUT = (3.05, 30.0)
"""Seconds to connect, and between two pieces of an answer."""


class Wire(Protocol):
    """Where requests go: out of the house, or to a rehearsal."""

    def session(self, provider_class: type[Provider[Any]], /) -> requests.Session:
        """A session for one provider and one thread."""
        ...


class LiveWire:
    """Requests that leave: to the network, or as files under ``outbox``.

    ``timeout``: seconds to connect, and between two pieces of an answer.
    """

    def __init__(self, outbox: Path, timeout: tuple[float, float] = TIMEOUT) -> None:
        self.outbox = outbox
        self.timeout = timeout

    def session(self, _provider_class: type[Provider[Any]], /) -> requests.Session:
        session = open_session(self.timeout)
        session.mount(SCHEME, OutboxAdapter(self.outbox))
        return session


class RehearsalWire:
    """Requests that stay: answered by the provider's ``rehearse`` and kept in ``requests``, in order."""

    def __init__(self) -> None:
        self.requests: list[requests.PreparedRequest] = []

    def session(self, provider_class: type[Provider[Any]], /) -> requests.Session:
        return _session({"": RehearsalAdapter(provider_class.rehearse, self.requests)})


class RehearsalAdapter(BaseAdapter):
    """Answers in this process; opens no socket and writes no file."""

    def __init__(
        self, rehearse: Callable[[requests.PreparedRequest], Answer], kept: list[requests.PreparedRequest]
    ) -> None:
        super().__init__()
        self._rehearse = rehearse
        self._kept = kept

    def send(self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any) -> requests.Response:
        self._kept.append(request)
        return respond(request, self._rehearse(request))

    def close(self) -> None:
        """Nothing is open."""


class NothingLeft(requests.ConnectionError):
    """The request failed before its first byte was handed to the system."""


_departed = threading.local()


class _HTTP(HTTPConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _departed.anything = True
        super().send(data)


class _HTTPS(HTTPSConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        _departed.anything = True
        super().send(data)


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPS


class WatchingAdapter(HTTPAdapter):
    """Never repeats a request, and tells a failure before the first byte from one after it.

    The exception alone does not tell: a stalled TLS handshake is a ReadTimeout like a lost answer.
    """

    def __init__(self, timeout: tuple[float, float]) -> None:
        self.timeout = timeout
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        _departed.anything = False
        try:
            return super().send(request, *args, **kwargs | {"timeout": kwargs.get("timeout") or self.timeout})
        except requests.RequestException as error:
            if _departed.anything:
                raise
            raise NothingLeft(error, request=request) from error


def open_session(timeout: tuple[float, float]) -> requests.Session:
    """A session over the network alone; ``timeout`` as for :class:`LiveWire`."""
    adapter = WatchingAdapter(timeout)
    return _session({"https://": adapter, "http://": adapter})


def _session(adapters: Mapping[str, BaseAdapter]) -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no ~/.netrc over our credentials, no proxy nobody configured
    session.headers["User-Agent"] = f"distribute/{__version__}"
    session.adapters.clear()
    for prefix, adapter in adapters.items():
        session.mount(prefix, adapter)
    return session
