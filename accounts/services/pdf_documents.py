"""A PDF of a stranger: how many pages, whether anything is on them, and that it does nothing."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

MAX_PAGES = 50
MAX_OBJECTS = 5_000
# A file of 10 MB may unpack to a thousand times as much: a stream alone, and all that hold objects.
MAX_STREAM = 8 * 1024 * 1024
MAX_OBJECT_STREAMS = 16 * 1024 * 1024
_LIMITS = Configuration().with_overwrites(
    zlib_maximum_output_length=MAX_STREAM,
    lzw_maximum_output_length=MAX_STREAM,
    run_length_maximum_output_length=MAX_STREAM,
    brotli_maximum_output_length=MAX_STREAM,
    array_based_stream_maximum_output_length=MAX_STREAM,
)
_READ_AT_MOST = 3  # pages whose drawing is looked at
_ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"}
_ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"}
_PAINTS = re.compile(rb"(?<![\w/])(Tj|TJ|'|\"|Do|sh|BI|[fFbBsS]\*?)(?![\w])")


class UnsafePdf(Exception):
    """Says what is wrong, to be put behind the name of the file."""


@dataclass(frozen=True)
class FoundPdf:
    pages: int
    is_blank: bool


def read(content: bytes) -> FoundPdf:
    """What the PDF holds. Raises UnsafePdf when it is damaged, locked, long or does something."""
    try:
        with apply_configuration(_LIMITS):
            return _read(PdfReader(io.BytesIO(content), strict=False))
    except UnsafePdf:
        raise
    except LimitReachedError as error:
        raise _too_complicated() from error
    # The parser meets what strangers wrote and fails in many ways; all mean the same here.
    except Exception as error:
        raise UnsafePdf("is damaged. Save it again as PDF and send the new file.") from error


def _read(reader: PdfReader) -> FoundPdf:
    if reader.is_encrypted:
        raise UnsafePdf("is locked with a password. Save it without one.")
    _check_object_streams(reader)
    pages = len(reader.pages)
    if not 1 <= pages <= MAX_PAGES:
        raise UnsafePdf(f"has {pages} pages; {MAX_PAGES} is the most.")
    if any(_is_active(thing) for thing in _objects(reader)):
        raise UnsafePdf("contains a script, an attachment or an action. Print it to a new PDF.")
    return FoundPdf(pages, _is_blank(reader))


def _too_complicated() -> UnsafePdf:
    return UnsafePdf("is too complicated to be read here. Print it to a new PDF.")


def _check_object_streams(reader: PdfReader) -> None:
    """Before anything is looked up in them: the reader keeps every one that it has unpacked."""
    unpacked = 0
    for number in {container for container, _ in reader.xref_objStm.values()}:
        stream = reader.get_object(IndirectObject(number, 0, reader))
        unpacked += len(stream.get_data()) if isinstance(stream, StreamObject) else 0
        if unpacked > MAX_OBJECT_STREAMS:
            raise _too_complicated()


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, used or not, and the trailer."""
    yield reader.trailer
    places = [
        (generation, number) for generation, table in reader.xref.items() for number in table
    ] + [(0, number) for number in reader.xref_objStm]
    if len(places) > MAX_OBJECTS:
        raise _too_complicated()
    for generation, number in places:
        if number:
            yield reader.get_object(IndirectObject(number, generation, reader))


def _is_active(thing: Any, depth: int = 0) -> bool:
    """Looks into what is written inside the object; what it points at is asked on its own."""
    if depth > 40:
        raise _too_complicated()
    if isinstance(thing, DictionaryObject):
        kind = thing.get("/S")
        if isinstance(kind, IndirectObject):
            kind = kind.get_object()
        if _ACTIVE_KEYS & set(thing) or (isinstance(kind, str) and kind in _ACTIVE_ACTIONS):
            return True
        return any(_is_active(thing.raw_get(key), depth + 1) for key in thing)
    if isinstance(thing, ArrayObject):
        return any(_is_active(value, depth + 1) for value in list.__iter__(thing))
    return False


def _is_blank(reader: PdfReader) -> bool:
    """Nothing is painted on the pages that are looked at; what is too long to look at is no blank
    page."""
    for page in reader.pages[:_READ_AT_MOST]:
        try:
            contents = page.get_contents()
            if contents is not None and _PAINTS.search(contents.get_data()):
                return False
        except LimitReachedError:
            return False
    return True
