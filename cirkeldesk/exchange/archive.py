"""Zips from elsewhere: looked over before anything is unpacked, and read into memory only, a member at a
time.

Python's zipfile and openpyxl take what a zip says about itself: a few kilobytes may unfold to gigabytes.
Members, sizes, ratio and names are therefore checked on the directory of the zip, and no member is read past
the size it claims.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.model.refusal import ReadError

MOST_MEMBERS = 20_000
LARGEST_MEMBER = 24 * 1024 * 1024  # a parsed tree or sheet takes some five times its text
LARGEST_WHOLE = 256 * 1024 * 1024
LARGEST_TEXT = 48 * 1024 * 1024  # of all XML in a zip together
# Text compresses 5 to 20 times; a workbook of one repeated value some 60 times; bombs a thousand times and
# more.
HIGHEST_RATIO = 150
RATIO_MATTERS_FROM = 4 * 1024 * 1024


class Archive:
    """An opened zip whose directory was found acceptable."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive, self._file = archive, file
        self.names = [info.filename for info in archive.infolist() if not info.is_dir()]

    def read(self, name: str) -> bytes:
        """One member's bytes. Raises ReadError zip_broken or zip_too_large."""
        info = self._archive.getinfo(name)
        if info.file_size > LARGEST_MEMBER:
            raise ReadError("zip_too_large", file=self._file, member=plain_text(name)[-80:])
        with _as_broken(self._file), self._archive.open(info) as member:
            content = member.read(info.file_size + 1)
        if len(content) != info.file_size:
            raise ReadError("zip_broken", file=self._file)
        return content


def member_names(content: bytes) -> frozenset[str]:
    """The names in a zip, to see what kind it is; none when it is no zip that can be opened."""
    if not content.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):  # NotImplementedError is a RuntimeError
        return frozenset()


@contextmanager
def opened(content: bytes, file: str) -> Iterator[Archive]:
    """The zip, looked over. Raises ReadError zip_broken, zip_password, zip_outside, zip_double, zip_nested,
    zip_too_large."""
    with _as_broken(file):
        archive = zipfile.ZipFile(io.BytesIO(content))
    with archive:
        _look_over(archive.infolist(), file)
        yield Archive(archive, file)


def _look_over(members: list[zipfile.ZipInfo], file: str) -> None:
    whole, packed = sum(info.file_size for info in members), sum(info.compress_size for info in members)
    text = sum(info.file_size for info in members if info.filename.lower().endswith(".xml"))
    swollen = whole > RATIO_MATTERS_FROM and whole > HIGHEST_RATIO * max(1, packed)
    if len(members) > MOST_MEMBERS or whole > LARGEST_WHOLE or text > LARGEST_TEXT or swollen:
        raise ReadError("zip_too_large", file=file, member="")
    seen: set[str] = set()
    for info in members:
        if not info.filename:
            raise ReadError("zip_broken", file=file)
        key = _refused_member(info)
        if key != "zip_outside" and info.filename in seen:
            key = "zip_double"
        seen.add(info.filename)
        if key == "zip_password":
            raise ReadError(key, file=file)
        if key is not None:
            raise ReadError(key, file=file, member=plain_text(info.filename)[-80:])


def _refused_member(info: zipfile.ZipInfo) -> str | None:
    """Why a member is not read: it lies outside, is secret, too large, or an archive itself."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    suffix = path.suffix.lower()
    if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
        return "zip_outside"
    if info.flag_bits & 0x1:
        return "zip_password"
    if suffix == ".xml" and info.file_size > LARGEST_MEMBER:
        return "zip_too_large"
    return "zip_nested" if suffix in (".zip", ".7z", ".rar", ".gz") else None


@contextmanager
def _as_broken(file: str) -> Iterator[None]:
    """What a damaged zip raises, as one typed refusal."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError) as problem:
        raise ReadError("zip_broken", file=file) from problem
    except (KeyError, ValueError, NotImplementedError, RuntimeError, MemoryError) as problem:
        raise ReadError("zip_broken", file=file) from problem
