"""A picture that somebody brings, drawn again as a plain one on white: what else its file carries (the place
where it was taken, transparency, other colours) stays out."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Literal

from cirkeldesk.model.refusal import StoreError

LARGEST = 5 * 1024 * 1024  # bytes, of a logo


def drawn_again(
    path: Path,
    pixels: tuple[int, int],
    kind: Literal["PNG", "JPEG"] = "PNG",
    *,
    largest: int = LARGEST,
    refusal: str = "logo_unreadable",
) -> bytes:
    """The picture, upright, within so many pixels, without what its file said of itself. Raises StoreError
    `refusal` where it is no PNG or JPEG of at most `largest` bytes."""
    from PIL import Image, ImageOps

    refused = StoreError(refusal, file=path.name)
    try:
        if not path.is_file() or path.stat().st_size > largest:
            raise refused
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=("PNG", "JPEG")) as picture:
                upright = ImageOps.exif_transpose(picture)
                if upright.mode.startswith("I"):  # sixteen bits a channel
                    upright = upright.point(lambda value: value / 256).convert("L")
                upright.thumbnail(pixels)
                shown = upright.convert("RGBA")
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as problem:
        raise refused from problem
    plain = Image.new("RGB", shown.size, "white")
    plain.paste(shown, mask=shown.getchannel("A"))
    buffer = io.BytesIO()
    plain.save(buffer, kind, **({"quality": 85} if kind == "JPEG" else {}))
    return buffer.getvalue()
