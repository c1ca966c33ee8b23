"""A PDF may show something; one that does something is refused."""

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from accounts.services.documents import examine
from tests.accounts.verification.test_reading_documents import refusal
from tests.factories.papers import pdf, written


def changed_pdf(change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    change(writer)
    return written(writer)


def test_a_locked_pdf_is_refused() -> None:
    assert "locked" in refusal(changed_pdf(lambda writer: writer.encrypt("secret")))


def test_a_pdf_of_more_than_fifty_pages_is_refused() -> None:
    assert "51 pages" in refusal(pdf(pages=51))


def _launch(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def _script(writer: PdfWriter) -> None:
    action = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    }
    writer.pages[0][NameObject("/AA")] = DictionaryObject(
        {NameObject("/O"): DictionaryObject(action)}
    )


def _hidden_name(writer: PdfWriter) -> None:
    """The kind of action is not written in place but pointed at."""
    kind = writer._add_object(NameObject("/JavaScript"))
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): kind})


@pytest.mark.parametrize(
    "change",
    [
        _script,
        lambda writer: writer.add_attachment("evil.exe", b"MZ"),
        _launch,
        _hidden_name,
    ],
)
def test_a_pdf_that_does_something_is_refused(change) -> None:
    assert "contains a script, an attachment or an action" in refusal(changed_pdf(change))


def pdf_with_object_streams(count: int, size: int) -> bytes:
    """A blank page, and so many streams that hold one object each and unpack to `size` bytes."""
    out, rows = io.BytesIO(), [b"\0" * 5 + b"\xff\xff"]

    def put(number: int, body: bytes) -> None:
        rows.append(b"\1" + out.tell().to_bytes(4, "big") + b"\0\0")
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def stream(facts: bytes, data: bytes) -> bytes:
        packed = zlib.compress(data, 9)
        head = b"<<%b/Filter/FlateDecode/Length %d>>" % (facts, len(packed))
        return head + b"\nstream\n" + packed + b"\nendstream"

    out.write(b"%PDF-1.5\n")
    put(1, b"<</Type/Catalog/Pages 2 0 R>>")
    put(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    put(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    for place in range(count):
        index = b"%d 0 " % (4 + count + place)
        facts = b"/Type/ObjStm/N 1/First %d" % len(index)
        put(4 + place, stream(facts, index + b"(x)" + b" " * size))
    rows += [b"\2" + (4 + place).to_bytes(4, "big") + b"\0\0" for place in range(count)]
    last, start = 4 + 2 * count, out.tell()
    rows.append(b"\1" + start.to_bytes(4, "big") + b"\0\0")
    table = b"/Type/XRef/Root 1 0 R/W[1 4 2]/Size %d" % (last + 1)
    out.write(b"%d 0 obj\n%b\nendobj\n" % (last, stream(table, b"".join(rows))))
    return out.getvalue() + b"startxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize(("count", "size"), [(1, 60_000_000), (12, 6_000_000)])
def test_a_pdf_that_would_unpack_to_gigabytes_is_refused(count: int, size: int) -> None:
    """Ten megabytes of such streams are thirteen gigabytes."""
    content = pdf_with_object_streams(count, size)

    assert len(content) < 100_000
    assert "is too complicated to be read here" in refusal(content)


def test_a_pdf_that_keeps_its_objects_in_streams_is_read() -> None:
    content = pdf_with_object_streams(12, 1_000)

    found = examine(io.BytesIO(content), name="scan.pdf", size=len(content))
    assert (found.pages, found.is_blank) == (1, True)


def test_a_drawing_that_is_too_long_to_look_at_is_no_blank_page() -> None:
    def draw(writer: PdfWriter) -> None:
        drawing = DecodedStreamObject()
        drawing.set_data(b" " * 60_000_000)
        writer.pages[0][NameObject("/Contents")] = writer._add_object(drawing.flate_encode())

    content = changed_pdf(draw)

    found = examine(io.BytesIO(content), name="map.pdf", size=len(content))
    assert found.is_blank is False
