"""Files that people send and fetch: too large ones are refused before they are kept anywhere, and
what is stored is answered so that no browser runs it."""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from bizcenter.lib.unstorable import refuse_unstorable

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
_TOO_LARGE = "_too_large_files"


class SizeLimit(FileUploadHandler):
    """Drops a file as soon as it grows beyond the limit; its name is kept for the answer."""

    def __init__(self, request: HttpRequest, *, max_bytes: int, max_files: int) -> None:
        super().__init__(request)
        self.max_bytes, self.max_files = max_bytes, max_files
        self.dropped: list[str] = []
        setattr(request, _TOO_LARGE, self.dropped)

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        # One file too many may still come, to be answered in words.
        if content_length > self.max_bytes * (self.max_files + 1):
            raise RequestDataTooBig("The files are too large together.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > self.max_bytes:
            self.dropped.append(str(self.file_name))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


def sent_files(request: HttpRequest) -> MultiValueDict[str, UploadedFile] | None:
    """What a form with files is bound to beside `posted`: nothing until it is sent."""
    return request.FILES if request.method == "POST" else None


def too_large_files(request: HttpRequest) -> list[str]:
    """Names of the files that were dropped for their size."""
    found: list[str] = getattr(request, _TOO_LARGE, [])
    return found


def uploads_up_to(max_bytes: int, *, files: int) -> Callable[[View], View]:
    """The view gets no file larger than this. Forms are protected as everywhere, only later: the
    limit has to be in place before anything of the request is read."""

    def decorate(view: View) -> View:
        @csrf_protect
        @wraps(view)
        def protected(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refuse_unstorable(request)
            return view(request, *args, **kwargs)

        @csrf_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            limit = SizeLimit(request, max_bytes=max_bytes, max_files=files)
            request.upload_handlers.insert(0, limit)
            return protected(request, *args, **kwargs)

        return wrapped

    return decorate


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files from one input."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = [each for each in data if each] if isinstance(data, list | tuple) else []
        if not sent:
            super().clean(None, initial)
        return sent


class PrivateFile(Protocol):
    """A row with a file that somebody sent. `sha256` is that of what was stored, `safe_name` what
    it is called when fetched."""

    file: Any  # a FieldFile
    content_type: Any
    sha256: Any

    @property
    def safe_name(self) -> str: ...
    @property
    def is_picture(self) -> bool: ...


def private_file(row: PrivateFile) -> HttpResponse:
    """The stored file, as something to look at and never to run. Raises Http404 when it is lost
    or is not what was stored any more."""
    try:
        with row.file.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError:
        raise Http404 from None
    if hashlib.sha256(content).hexdigest() != row.sha256:
        logger.error("The stored file %s is not what was uploaded.", row.file.name)
        raise Http404
    response = HttpResponse(content, content_type=row.content_type)
    shown = "inline" if row.is_picture else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{row.safe_name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
