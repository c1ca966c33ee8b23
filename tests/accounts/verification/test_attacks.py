"""Uploads that mean harm: refused with a reason, kept nowhere, and never run."""

from collections.abc import Callable
from pathlib import PurePath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.test import Client

from accounts.models import BusinessCenter, Verification, VerificationDocument
from tests.accounts.verification.test_pages import address, filled
from tests.accounts.verification.test_reading_documents import archive, bomb
from tests.factories.accounts import Cast
from tests.factories.papers import pdf, scan, upload

ClientOf = Callable[..., Client]
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("register.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "is a web page"),
        ("scan.png", b'<svg xmlns="x" onload="alert(1)"/>', "is an SVG drawing"),
        ("papers.pdf", archive(), "is a zip archive"),
        ("setup.exe", b"MZ" + bytes(100), "is a program"),
        ("bomb.png", bomb(60_000), "bomb.png is"),
        ("both.jpg", scan(kind="JPEG") + archive(), "something else beside"),
        ("both.pdf", pdf() + b"<script>alert(1)</script>", "something else beside"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(
    cast: Cast,
    business_center: BusinessCenter,
    client_of: ClientOf,
    name: str,
    content: bytes,
    why: str,
) -> None:
    claimed = SimpleUploadedFile(name, content, content_type="application/pdf")
    answer = client_of(cast.ben).post(
        address(business_center), filled(business_center, documents=claimed)
    )

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Verification.objects.exists()
    assert not VerificationDocument.objects.exists()


def test_eleven_megabytes_are_refused_and_never_held(
    cast: Cast,
    business_center: BusinessCenter,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[int] = []
    for handler in (MemoryFileUploadHandler, TemporaryFileUploadHandler):
        take = handler.receive_data_chunk

        def counted(self, raw_data, start, take=take):
            held.append(start + len(raw_data))
            return take(self, raw_data, start)

        monkeypatch.setattr(handler, "receive_data_chunk", counted)
    large = upload(pdf() + bytes(11 * MEGABYTE), "large.pdf")

    answer = client_of(cast.ben).post(
        address(business_center), filled(business_center, documents=large)
    )

    assert answer.status_code == 422
    assert "large.pdf is larger than 10 MB" in answer.content.decode()
    assert max(held) <= 10 * MEGABYTE
    assert not VerificationDocument.objects.exists()


def test_a_mountain_of_files_is_refused_unread(
    cast: Cast, business_center: BusinessCenter, client_of: ClientOf
) -> None:
    files = [upload(bytes(9 * MEGABYTE), f"{n}.pdf") for n in range(7)]

    answer = client_of(cast.ben).post(
        address(business_center), filled(business_center, documents=files)
    )

    assert answer.status_code == 400
    assert "Files may have 10 MB each and 50 MB together" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/passwd",
        "..\\..\\evil.pdf",
        "<img src=x onerror=alert(1)>.png",
        "a\x00b.png",
    ],
)
def test_names_are_shown_as_text_and_never_used(
    cast: Cast, business_center: BusinessCenter, client_of: ClientOf, name: str
) -> None:
    ben = client_of(cast.ben)
    claimed = SimpleUploadedFile("x.png", scan(), content_type="text/html")
    claimed._name = name  # past Django's own cleaning, as a hand-made request would

    ben.post(address(business_center), filled(business_center, documents=claimed))

    document = VerificationDocument.objects.get()
    assert document.file.name == f"verification/{document.pk}"
    assert PurePath(document.name).name == document.name
    assert document.content_type == "image/png"
    page = ben.get(address(business_center)).content.decode()
    assert "<img src=x" not in page
    shown = ben.get(f"{address(business_center)}documents/{document.pk}/")
    assert shown.headers["Content-Disposition"] == f'inline; filename="{document.safe_name}"'


def test_forms_with_files_are_protected_against_forgery(
    cast: Cast, business_center: BusinessCenter
) -> None:
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(cast.ben)

    answers = [
        forger.post(address(business_center), filled(business_center)),
        forger.post("/setup/business/", {"go": "leave", "legal_name": "X"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not Verification.objects.exists()
