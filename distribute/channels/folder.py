"""Files under one root by way of a request: written whole or not at all, never over other bytes."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter

from distribute.channels.base import Answer

SCHEME = "outbox://"
_FULL = {errno.ENOSPC, errno.EDQUOT}


class OutboxAdapter(BaseAdapter):
    """Answers ``PUT outbox://local/<path>`` by writing the body to ``<root>/<path>``.

    201 for a new file, 200 when it already holds these bytes; both with its ``file:`` address in
    ``Location``. 422 when it holds others, 400 for a path outside the root, 503 when the disk is
    full, 403 when the folder cannot be written: refusals with a sentence in ``message``.
    """

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root

    def send(self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any) -> requests.Response:
        body = request.body if isinstance(request.body, bytes) else (request.body or "").encode()
        return respond(request, self._put(unquote(urlsplit(request.url or "").path).lstrip("/"), body))

    def close(self) -> None:
        """Nothing stays open between two requests."""

    def _put(self, path: str, body: bytes) -> Answer:
        root = self.root.resolve()
        target = (root / path).resolve() if "\0" not in path else root
        if target == root or not target.is_relative_to(root):
            return _refusal(400, f"“{path}” is not a place inside {root}")
        try:
            if not target.exists():
                _write(target, body)
                return 201, {"Location": target.as_uri()}, b""
            if target.read_bytes() == body:
                return 200, {"Location": target.as_uri()}, b""
        except OSError as error:
            return _refusal(503 if error.errno in _FULL else 403, f"{target} cannot be written ({error.strerror})")
        return _refusal(422, f"{target} already holds something else, which is never overwritten: move it away")


def respond(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    """A response as requests gives it, from an answer made in this process."""
    response = requests.Response()
    response.status_code, headers, body = answer
    response.headers.update(headers)
    response.raw = io.BytesIO(body)
    response.request, response.url = request, request.url or ""
    return response


def _refusal(status: int, message: str) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps({"message": message}).encode()


def _write(target: Path, body: bytes) -> None:
    """The whole file or none, whenever the power is cut."""
    created = [folder for folder in target.parents if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    for folder in (target.parent, *(folder.parent for folder in created)):
        _keep_entries(folder)


def _keep_entries(folder: Path) -> None:
    """Make a folder's new entries survive a power cut, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
