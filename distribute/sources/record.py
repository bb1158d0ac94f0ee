"""A release as the JSON that ``show --json`` prints."""

from __future__ import annotations

from typing import Any

from distribute.domain.release import Asset, Block, Dateline, MediaContact, Quote, Release


def release_record(release: Release) -> dict[str, Any]:
    """JSON-able, absent parts null or empty; instants and dates in ISO 8601."""
    line = release.release_line
    return {
        "headline": release.headline,
        "short_headline": release.short_headline,
        "subheads": list(release.subheads),
        "language": release.language,
        "release_line": {
            "kind": str(line.kind),
            "raw": line.raw,
            "until": line.until.isoformat() if line.until else None,
        },
        "dateline": _dateline(release.dateline),
        "body": [_block(block) for block in release.body],
        "quotes": [_quote(quote) for quote in release.quotes],
        "contacts": [_contact(contact) for contact in release.contacts],
        "boilerplate": release.boilerplate,
        "notes_to_editors": release.notes_to_editors,
        "end_mark": release.end_mark,
        "link": release.link,
        "assets": [_asset(asset) for asset in release.assets],
        "issued": release.issued.isoformat() if release.issued else None,
        "other": [{"part": aside.part, "line": aside.line, "text": aside.text} for aside in release.other],
        "version": release.version,
        "updated": release.updated.isoformat() if release.updated else None,
        "slug": release.slug,
        "edition": release.edition,
        "source": release.source,
        "sha256": release.sha256,
    }


def _dateline(dateline: Dateline | None) -> dict[str, Any] | None:
    if dateline is None:
        return None
    day = dateline.date.isoformat() if dateline.date else None
    return {"raw": dateline.raw, "place": dateline.place, "date": day}


def _block(block: Block) -> dict[str, Any]:
    return {"kind": str(block.kind), "text": block.text}


def _quote(quote: Quote) -> dict[str, Any]:
    return {"speaker": quote.speaker, "title": quote.title, "text": quote.text, "paragraphs": quote.paragraphs}


def _contact(contact: MediaContact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "role": contact.role,
        "organisation": contact.organisation,
        "phones": list(contact.phones),
        "emails": list(contact.emails),
    }


def _asset(asset: Asset) -> dict[str, Any]:
    return {
        "url": asset.url,
        "alt": asset.alt,
        "caption": asset.caption,
        "credit": asset.credit,
        "rights": asset.rights,
        "full_size": asset.full_size,
        "name": asset.name,
        "is_embedded": asset.is_embedded,
        "width": asset.width,
        "height": asset.height,
    }
