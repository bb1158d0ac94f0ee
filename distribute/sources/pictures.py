"""An image out of a document: its size, and its bytes without a word about who took it where."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageOps, UnidentifiedImageError

from distribute.domain.release import Asset
from distribute.errors import SourceError

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 80_000_000
_REMEDY = "save it as JPEG or PNG and put it in again"


def embedded_picture(
    data: bytes, name: str, path: Path, *, alt: str | None = None, caption: str | None = None
) -> Asset:
    """The image as an Asset without an address; JPEG stays JPEG, everything else becomes PNG.

    Only pixels and the colour profile are kept: EXIF (place, time, camera), XMP, IPTC and comments are
    not, and the orientation EXIF asks for is applied. Raises SourceError for what cannot be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                _require_small(image, name, path)
                cleaned, media_type, size = _without_metadata(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(name, path) from None
    except UnidentifiedImageError:
        raise SourceError(f"the picture {name} is of a kind that cannot be read: {_REMEDY}", path) from None
    except SourceError:
        raise
    except Exception as error:  # decoders raise whatever a damaged file leads them into, struct.error among it
        raise SourceError(f"the picture {name} is damaged ({error}): {_REMEDY}", path) from error
    width, height = size
    return Asset(
        alt=alt or None,
        caption=caption or None,
        name=name,
        media_type=media_type,
        width=width,
        height=height,
        data=cleaned,
    )


def measured(asset: Asset, folder: Path) -> Asset:
    """An image named by a path, with its width and height where the file lies beside the release.

    Only a file below ``folder`` is opened, and only its header read; for any other address nothing is known.
    """
    if asset.is_embedded or asset.width or not asset.url or urlsplit(asset.url).scheme or asset.url.startswith("//"):
        return asset
    try:
        path = (folder / unquote(asset.url)).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return asset
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as image:
                return replace(asset, width=image.width, height=image.height)
    except Exception:  # noqa: BLE001  a name no system takes, a damaged file: its size is not known, and nothing is sent
        return asset


def fitted(asset: Asset, width: int) -> Asset:
    """An image out of a document, no wider than so many pixels; any other as it is."""
    if asset.data is None or (asset.width or 0) <= width:
        return asset
    with Image.open(io.BytesIO(asset.data), formats=_FORMATS) as image:
        profile = image.info.get("icc_profile")
        has_alpha = "A" in image.getbands() or "transparency" in image.info
        smooth = "RGBA" if has_alpha else image.mode if image.mode in {"L", "RGB", "CMYK"} else "RGB"
        height = max(1, round(image.height * width / image.width))
        smaller = image.convert(smooth).resize((width, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    smaller.info = {}
    if asset.media_type == "image/jpeg":
        smaller.save(written, "JPEG", quality=85, icc_profile=profile, optimize=True)
    else:
        smaller.save(written, "PNG", icc_profile=profile, optimize=True)
    return replace(asset, data=written.getvalue(), width=width, height=height)


def _require_small(image: Image.Image, name: str, path: Path) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise _too_large(name, path)


def _too_large(name: str, path: Path) -> SourceError:
    return SourceError(
        f"the picture {name} has more than {_MOST_PIXELS // 1_000_000} million pixels: make it smaller", path
    )


def _without_metadata(image: Image.Image) -> tuple[bytes, str, tuple[int, int]]:
    """Bytes, media type, and width and height in pixels as the image is seen."""
    is_photograph = image.format in {"JPEG", "MPO"}
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    written = io.BytesIO()
    if is_photograph:
        upright.save(written, "JPEG", quality=95, icc_profile=profile, optimize=True)
    else:
        upright = upright if upright.mode in {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"} else upright.convert("RGB")
        upright.save(written, "PNG", icc_profile=profile)
    return written.getvalue(), "image/jpeg" if is_photograph else "image/png", upright.size
