"""Pictures: made small, turned as the camera was held, with what they say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageOps

from evidencedesk.custody.shown_text import shown_text
from evidencedesk.intake.preview import CannotShow, PictureShown, Raster, Trouble

# What a phone of 200 megapixels makes as JPEG can be made small while it is read; the others can't.
_MOST_JPEG_PIXELS = 250_000_000
_MOST_PIXELS = 60_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF")
_SAID = 120


def look_at_picture(path: Path, room: int) -> PictureShown:
    """The picture, no side of it longer than ``room``. Raises CannotShow, and whatever a decoder raises."""
    # The limits below are ours, for each form its own.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(path, formats=_FORMATS) as picture:
        width, height = picture.size
        most = _MOST_JPEG_PIXELS if picture.format in {"JPEG", "MPO"} else _MOST_PIXELS
        if width * height > most:
            raise CannotShow(Trouble.TOO_MANY_PIXELS, width, height)
        exif = picture.getexif()
        picture.draft("RGB", (room, room))
        small = picture.convert("RGBA")
    small.thumbnail((room, room))
    small = _turned(small, exif)
    details = exif.get_ifd(ExifTags.IFD.Exif)
    where = exif.get_ifd(ExifTags.IFD.GPSInfo)
    turned = exif.get(ExifTags.Base.Orientation) in {5, 6, 7, 8}
    return PictureShown(
        raster_of(small),
        height if turned else width,
        width if turned else height,
        _told(details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)),
        _camera(_told(exif.get(ExifTags.Base.Make)), _told(exif.get(ExifTags.Base.Model))),
        bool(where),
        _place(where),
    )


def raster_of(picture: Image.Image) -> Raster:
    """The pixels as they are drawn."""
    return Raster(picture.width, picture.height, picture.convert("RGBA").tobytes())


def _turned(picture: Image.Image, exif: Image.Exif) -> Image.Image:
    own = Image.Exif()
    own[ExifTags.Base.Orientation] = exif.get(ExifTags.Base.Orientation, 1)
    picture.getexif().clear()
    picture.getexif().update(own)
    return ImageOps.exif_transpose(picture)


def _told(value: Any) -> str:
    return shown_text(" ".join(str(value).replace("\x00", " ").split()), _SAID) if value else ""


def _camera(make: str, model: str) -> str:
    return model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()


def _place(where: dict[int, Any]) -> str:
    """Degrees with their sign; empty where they make no sense."""
    try:
        latitude = _degrees(where[ExifTags.GPS.GPSLatitude], where.get(ExifTags.GPS.GPSLatitudeRef) == "S")
        longitude = _degrees(where[ExifTags.GPS.GPSLongitude], where.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return ""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # also when it is no number at all
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"


def _degrees(parts: Sequence[Any], negative: bool) -> float:  # noqa: FBT001 - south and west are negative
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value
