"""A PDF may show something; one that does something is refused."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

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
