"""Documents are read by their content: what shows something and does nothing is taken."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from accounts.services import UnacceptableDocument
from accounts.services.documents import MAX_BYTES, examine
from tests.factories.papers import pdf, scan


def look_at(content: bytes, name: str = "certificate.pdf", size: int | None = None):
    return examine(io.BytesIO(content), name=name, size=len(content) if size is None else size)


def refusal(content: bytes, name: str = "certificate.pdf") -> str:
    with pytest.raises(UnacceptableDocument) as refused:
        look_at(content, name)
    return refused.value.message


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        found.writestr("evil.exe", b"MZ")
    return out.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def bomb(side: int) -> bytes:
    """A few kilobytes that say they are side by side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1_000_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", data)
        + png_chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (pdf(), "application/pdf"),
        (scan(kind="PNG"), "image/png"),
        (scan(kind="JPEG"), "image/jpeg"),
    ],
)
def test_pdf_jpg_and_png_are_taken_whatever_they_are_called(
    content: bytes, content_type: str
) -> None:
    found = look_at(content, "x.exe")

    assert (found.content_type, found.pages, found.is_blank) == (content_type, 1, False)


def test_what_a_reviewer_would_notice_is_noticed() -> None:
    assert look_at(scan(400, 500)).longer_side == 500
    assert look_at(scan(blank=True)).is_blank
    assert look_at(pdf("")).is_blank
    assert look_at(pdf(pages=50)).pages == 50


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        (b"\n  <HTML><body>", "a web page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "an SVG drawing"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"><script/></svg>', "an SVG drawing"),
        (archive(), "a zip archive"),
        (b"MZ\x90\x00" + b"\x00" * 200, "a program"),
        (b"\x7fELF\x02", "a program"),
        (b"#!/bin/sh\nrm -rf /", "a program"),
        (b"GIF89a", "another kind of picture"),
        (b"hello", "not a document"),
        (b" %PDF-1.7 later", "not a document"),
    ],
)
def test_everything_else_is_refused_by_what_it_is(content: bytes, why: str) -> None:
    assert why in refusal(content, "certificate.pdf")


def test_an_empty_file_and_one_that_is_too_large_are_refused() -> None:
    assert "is empty" in refusal(b"")
    with pytest.raises(UnacceptableDocument, match="larger than 10 MB"):
        look_at(b"%PDF-", size=MAX_BYTES + 1)


@pytest.mark.parametrize(
    "content",
    [
        scan() + b"<script>alert(1)</script>",
        scan() + archive(),
        scan(kind="JPEG") + archive(),
        scan(kind="JPEG") + b"<html><script>alert(1)</script>",
        scan(kind="JPEG") + pdf(),
        pdf() + b"<script>alert(1)</script>",
        pdf() + archive(),
    ],
)
def test_two_files_in_one_are_refused(content: bytes) -> None:
    assert "something else beside the document" in refusal(content)


def test_a_script_hidden_in_the_words_of_a_picture_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (700, 700)).save(out, "JPEG", comment=b"<script>alert(1)</script>")

    assert "something else" in refusal(out.getvalue())


@pytest.mark.parametrize("side", [8_000, 60_000])
def test_a_picture_that_would_unpack_to_gigabytes_is_refused_unopened(side: int) -> None:
    content = bomb(side)

    assert len(content) < 5_000
    assert any(word in refusal(content) for word in ("megapixels", "damaged"))


@pytest.mark.parametrize("content", [scan()[:2000], scan(kind="JPEG")[:900], pdf()[:300]])
def test_half_a_file_is_refused_as_damaged(content: bytes) -> None:
    assert "damaged" in refusal(content)
