"""Reads an uploaded document by its content, never by its name: a PDF, JPG or PNG that shows
something and does nothing. Pure: no database, no storage."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps

from bizcenter.lib.errors import DomainError

from . import pdf_documents

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
MAX_PIXELS = 40_000_000
_IMAGES = {b"\xff\xd8\xff": ("JPEG", "image/jpeg"), b"\x89PNG\r\n\x1a\n": ("PNG", "image/png")}
# What the beginning of a file gives away, for an answer that helps.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (rb"<svg|<\?xml[^>]*>\s*(<!--.*?-->\s*)?(<!doctype svg[^>]*>\s*)?<svg", "an SVG drawing"),
    (rb"<!doctype|<html|<head|<body|<script|<\?xml", "a web page"),
    (rb"PK\x03\x04", "a zip archive or an office document"),
    (rb"MZ|\x7fELF|#!", "a program"),
    (rb"GIF8|II\*\x00|MM\x00\*|BM|RIFF....WEBP", "another kind of picture"),
)
_HIDDEN = re.compile(rb"<script|<html|<svg|<!doctype|<\?php|%PDF-", re.IGNORECASE)
_END_OF_PNG = b"IEND\xaeB`\x82"
_BLANK_RANGE = 12  # of 255 shades between the darkest and the lightest spot


class UnacceptableDocument(DomainError):
    """The file cannot be taken; the message says why and what to send instead."""

    code = "unacceptable_document"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="documents")


@dataclass(frozen=True)
class Examined:
    """What a document is; `longer_side` in pixels is 0 for a PDF, `pages` 1 for a picture."""

    content_type: str
    pages: int
    longer_side: int
    is_blank: bool


def examine(upload: IO[bytes], *, name: str, size: int) -> Examined:
    """What the file shows. Raises UnacceptableDocument; larger files are refused unread."""
    if size > MAX_BYTES:
        raise too_large(name)
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise UnacceptableDocument(f"{name} is empty.")
    if content.startswith(b"%PDF-"):
        return _pdf(content, name)
    for magic, (decoder, content_type) in _IMAGES.items():
        if content.startswith(magic):
            return _picture(content, name, decoder, content_type)
    raise UnacceptableDocument(
        f"{name} is {_looks_like(content)}. Send a PDF, JPG or PNG, whatever the file is called."
    )


def too_large(name: str) -> UnacceptableDocument:
    return UnacceptableDocument(
        f"{name} is larger than 10 MB, the most for one file. "
        "Save it with fewer pages or a lower resolution."
    )


def _looks_like(content: bytes) -> str:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for pattern, what in _OTHERS:
        if re.match(pattern, head, re.IGNORECASE | re.DOTALL):
            return what
    return "not a document that can be read here"


def _two_things(name: str) -> UnacceptableDocument:
    return UnacceptableDocument(
        f"{name} holds something else beside the document. Export it again and send only that."
    )


def _picture(content: bytes, name: str, decoder: str, content_type: str) -> Examined:
    if decoder == "PNG" and not content.rstrip(b"\x00").endswith(_END_OF_PNG):
        raise _two_things(name) if _END_OF_PNG in content else _damaged(name)
    if _HIDDEN.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise _two_things(name)
    try:
        with Image.open(io.BytesIO(content), formats=[decoder]) as found:
            if found.width * found.height > MAX_PIXELS:
                raise UnacceptableDocument(
                    f"{name} is {found.width}×{found.height} px; 40 megapixels is the most. "
                    "Save it smaller."
                )
            picture = ImageOps.exif_transpose(found)
            picture.load()
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise _damaged(name) from error
    return Examined(content_type, 1, max(picture.size), _is_blank(picture))


def _damaged(name: str) -> UnacceptableDocument:
    return UnacceptableDocument(f"{name} is damaged. Save it again and send the new file.")


def _is_blank(picture: Image.Image) -> bool:
    """One even surface; small specks of a scanner are averaged away."""
    small = picture.convert("RGB").convert("L").resize((48, 48), Image.Resampling.BOX)
    darkest, lightest = small.getextrema()
    return bool(lightest - darkest < _BLANK_RANGE)  # type: ignore[operator]


def _pdf(content: bytes, name: str) -> Examined:
    if not content.rstrip(b"\x00\r\n\t ").endswith(b"%%EOF"):
        raise _two_things(name) if b"%%EOF" in content else _damaged(name)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise _two_things(name)
    try:
        found = pdf_documents.read(content)
    except pdf_documents.UnsafePdf as error:
        raise UnacceptableDocument(f"{name} {error}") from error
    return Examined("application/pdf", found.pages, 0, found.is_blank)
