"""Pictures out of a document, shown in the letter itself: an address while it is compiled, a file of its own after."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from distribute.domain.attachment import Attachment
from distribute.domain.content import Letter, Slotted
from distribute.domain.release import Release

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


def addressed(release: Release) -> Release:
    """``release`` with an address, which leads nowhere, for each picture that stands in the document."""
    assets = (replace(it, url=_address(it.data)) if it.data is not None else it for it in release.assets)
    return replace(release, assets=tuple(assets))


def inlined(letter: Letter, releases: Iterable[Release]) -> Letter:
    """``letter`` of ``addressed`` releases with ``cid:`` (RFC 2392) in place of those addresses, and the files."""
    domain = letter.sender.email.rpartition("@")[2]
    files: dict[str, Attachment] = {}
    for asset in (it for release in releases for it in release.assets):
        if asset.data is not None and asset.media_type in _ENDINGS and asset.url not in files:
            name = f"image{len(files) + 1}.{_ENDINGS[asset.media_type]}"
            cid = f"{_digest(asset.data)}@{domain}"
            files[asset.url] = Attachment(name=name, media_type=asset.media_type, data=asset.data, cid=cid)
    pieces = tuple(it if odd % 2 else _replaced(it, files) for odd, it in enumerate(letter.html.pieces))
    return replace(letter, html=Slotted(pieces), attachments=(*letter.attachments, *files.values()))


def _replaced(piece: str, files: Mapping[str, Attachment]) -> str:
    for address, file in files.items():
        piece = piece.replace(address, f"cid:{file.cid}")
    return piece


def _address(data: bytes) -> str:
    return f"https://p{_digest(data)}.invalid/picture"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
