"""An image as a letter offers it: what it shows, whose it is, what may be done with it, and where its file is."""

from __future__ import annotations

from dataclasses import dataclass

from distribute.domain.release import Asset
from distribute.errors import RenderError
from distribute.rendering.phrases import Phrases
from distribute.rendering.prose import checked_link, unbroken

_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "tif": "TIFF", "tiff": "TIFF", "webp": "WebP", "gif": "GIF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image by its https address, and that of the file to print from; absent words are empty.

    One that comes with the letter has no ``download``, unless a file to print from lies elsewhere.
    """

    url: str
    full_size: str
    alt: str
    caption: str
    credit: str
    rights: str
    download: str


def offer(asset: Asset, phrases: Phrases) -> Picture:
    full_size = checked_link(asset.full_size or asset.url, asset.line)
    if not full_size.startswith("https://"):
        raise RenderError(f"the address of the full size, “{full_size}”, is not https: correct or remove it")
    leads_to_file = asset.full_size or not asset.is_embedded
    return Picture(
        url=checked_link(asset.url, asset.line),
        full_size=full_size,
        alt=unbroken(asset.alt or ""),
        caption=unbroken(asset.caption or ""),
        credit=phrases("Photo: {credit}", credit=unbroken(asset.credit)) if asset.credit else "",
        rights=unbroken(asset.rights or ""),
        download=phrases("Download the image") + _file_facts(asset, full_size) if leads_to_file else "",
    )


def _file_facts(asset: Asset, url: str) -> str:
    """`` (JPEG, 3000 × 2000)`` behind a link: what kind of file its name says it is, and its pixels where known."""
    suffix = url.partition("?")[0].rpartition(".")[2].lower()
    size = f"{asset.width} × {asset.height}" if asset.width and asset.height and not asset.full_size else ""
    facts = ", ".join(filter(None, (_FORMATS.get(suffix), size)))
    return f" ({facts})" if facts else ""
