"""Serving creatives: only to people who may see the account, and in ranges, so that videos can be
played and wound in every browser.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from assets.queries import creative_of

CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def file(request: AdAccountRequest, creative_id: int) -> HttpResponseBase:
    creative = creative_of(request.ad_account, creative_id)
    if creative is None:
        raise Http404
    return _serve(request, creative.file, creative.mime_type)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def cover(request: AdAccountRequest, creative_id: int) -> HttpResponseBase:
    creative = creative_of(request.ad_account, creative_id)
    if creative is None:
        raise Http404
    return _serve(request, creative.cover, "image/jpeg")


def _serve(request: HttpRequest, stored: FieldFile, content_type: str) -> HttpResponseBase:
    try:
        opened, size = stored.open("rb"), stored.size
    except FileNotFoundError:
        raise Http404 from None
    response = _part(request.headers.get("Range", ""), opened, size) or FileResponse(opened)
    response["Content-Type"] = content_type
    response["Content-Disposition"] = f'inline; filename="{PurePath(stored.name or "").name}"'
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _part(wanted: str, opened: IO[bytes], size: int) -> HttpResponseBase | None:
    """The answer to a range request; None when the whole file is meant."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if first:
        start, end = int(first), min(int(last or size - 1), size - 1)
    else:
        start, end = max(size - int(last), 0), size - 1
    if start > end:
        opened.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": end - start + 1}
    return StreamingHttpResponse(
        _between(opened, start, end - start + 1), status=206, headers=headers
    )


def _between(opened: IO[bytes], start: int, count: int) -> Iterator[bytes]:
    with opened:
        opened.seek(start)
        while count > 0 and (chunk := opened.read(min(CHUNK, count))):
            count -= len(chunk)
            yield chunk
