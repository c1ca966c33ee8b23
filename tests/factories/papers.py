"""Documents as bytes, harmless and otherwise, and attempts at verification made of them."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from accounts.models import BusinessCenter, User, Verification
from accounts.services import VerificationInput, submit_verification

# Its draw is not the one in twelve that is rejected by chance, for Northwind's first attempt.
NUMBER = "HRB 20260131"


def pdf(text: str = "Certificate of incorporation", *, pages: int = 1) -> bytes:
    """A PDF with the text on its first page; without a text the pages are blank."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    if text:
        drawing = DecodedStreamObject()
        drawing.set_data(f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode())
        page = writer.pages[0]
        page[NameObject("/Contents")] = writer._add_object(drawing)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan(width: int = 900, height: int = 1200, *, kind: str = "PNG", blank: bool = False) -> bytes:
    """A photographed page with lines on it."""
    page = Image.new("RGB", (width, height), "white")
    if not blank:
        pen = ImageDraw.Draw(page)
        for y in range(height // 10, height, max(1, height // 12)):
            pen.rectangle((width // 10, y, width * 9 // 10, y + height // 40), fill="black")
    out = io.BytesIO()
    page.save(out, kind)
    return out.getvalue()


def upload(content: bytes, name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def details(center: BusinessCenter, **changes: Any) -> VerificationInput:
    usual = {
        "entity_type": "company",
        "country": center.country,
        "business_name": center.legal_name,
        "document_type": "registration",
        "certificate_number": NUMBER,
    }
    return VerificationInput(**usual | changes)


def send_documents(
    center: BusinessCenter,
    actor: User,
    at: datetime,
    *,
    files: Iterable[bytes] | None = None,
    **changes: Any,
) -> Verification:
    """An attempt in review, in order unless the changes say otherwise."""
    return submit_verification(
        business_center=center,
        details=details(center, **changes),
        uploads=[upload(content) for content in files or [scan()]],
        actor=actor,
        at=at,
    )
