"""Bringing a picture or video into an ad account's library."""

import hashlib
from datetime import datetime
from pathlib import PurePath
from typing import IO, cast

from django.core.files.base import ContentFile, File
from django.db import transaction

from accounts.models import User
from accounts.services import record_activity
from adaccounts.models import AdAccount
from assets.models import Creative
from bizcenter.lib.ids import new_id

from .media import Media, examine

NAME_LENGTH = 100


def upload_creative(
    *, ad_account: AdAccount, upload: File, name: str, actor: User | None, at: datetime
) -> Creative:
    """The file is in the account's library, measured and with a cover; the same file again answers
    the creative that is there. Raises UnsupportedFile."""
    signature = _md5(upload)
    known = Creative.objects.filter(ad_account=ad_account, signature=signature).first()
    if known is not None:
        return known
    media = examine(cast(IO[bytes], upload.file), upload.size)
    creative = _creative(ad_account, media, signature, at)
    creative.name = (name.strip() or PurePath(upload.name or "").stem or "Untitled")[:NAME_LENGTH]
    creative.size_bytes = upload.size
    return _store(creative, media, upload, actor)


def _md5(upload: File) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _creative(ad_account: AdAccount, media: Media, signature: str, at: datetime) -> Creative:
    return Creative(
        id=new_id(),
        ad_account=ad_account,
        kind=media.kind,
        mime_type=media.mime_type,
        width=media.width,
        height=media.height,
        duration_ms=media.duration_ms,
        signature=signature,
        created_at=at,
    )


def _store(creative: Creative, media: Media, upload: File, actor: User | None) -> Creative:
    """Files first, row last: a row never points at nothing. Two people who upload the same file at
    once get one row; the loser's files go."""
    upload.seek(0)
    creative.file.save(f"{creative.pk}.{media.extension}", upload, save=False)
    creative.cover.save(f"{creative.pk}.jpg", ContentFile(media.cover), save=False)
    kept = False
    try:
        with transaction.atomic():
            (written,) = Creative.objects.bulk_create([creative], ignore_conflicts=True)
            stored = Creative.objects.get(
                ad_account=creative.ad_account, signature=creative.signature
            )
            kept = stored.pk == written.pk
            if kept:
                _record(creative, actor)
    finally:
        if not kept:
            creative.file.delete(save=False)
            creative.cover.delete(save=False)
    return stored


def _record(creative: Creative, actor: User | None) -> None:
    record_activity(
        business_center=creative.ad_account.business_center,
        actor=actor,
        at=creative.created_at,
        action="upload_creative",
        summary=f"Uploaded the {creative.get_kind_display().lower()} “{creative.name}”"[:300],
        reference=f"creative:{creative.pk}",
        label=creative.name,
        ad_account_id=creative.ad_account_id,
        after={"size": f"{creative.width}×{creative.height}", "file_size": creative.size_bytes},
    )
