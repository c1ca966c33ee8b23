"""A creative is what the file holds, whatever its name says."""

import io
from datetime import datetime

import pytest
from PIL import Image

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from assets.models import Creative
from assets.services import UnsupportedFile, upload_creative
from tests.factories.media import clip, picture, upload


def bring(ad_account: AdAccount, at: datetime, content: bytes, name: str = "coat.jpg") -> Creative:
    return upload_creative(
        ad_account=ad_account, upload=upload(content, name), name="", actor=None, at=at
    )


def test_a_picture_is_measured_named_and_kept(ad_account: AdAccount, at: datetime) -> None:
    content = picture(1200, 628, kind="PNG")

    creative = bring(ad_account, at, content, "Winter coat.png")

    assert (creative.kind, creative.mime_type, creative.name) == (
        "image",
        "image/png",
        "Winter coat",
    )
    assert (creative.width, creative.height, creative.duration_ms) == (1200, 628, 0)
    assert creative.file.read() == content
    assert ActivityEntry.objects.get(action="upload_creative").label == "Winter coat"


@pytest.mark.parametrize(
    ("container", "mime_type", "size"),
    [
        ("mp4", "video/mp4", (720, 1280)),
        ("mov", "video/quicktime", (640, 640)),
        ("avi", "video/x-msvideo", (1280, 720)),
        ("mpeg", "video/mpeg", (640, 640)),
    ],
)
def test_a_video_is_measured_and_has_a_cover(
    ad_account: AdAccount, at: datetime, container: str, mime_type: str, size: tuple[int, int]
) -> None:
    creative = bring(ad_account, at, clip(*size, container=container), "misleading.jpg")

    assert (creative.kind, creative.mime_type) == ("video", mime_type)
    assert (creative.width, creative.height) == size
    assert 5_500 <= creative.duration_ms <= 6_500
    with Image.open(io.BytesIO(creative.cover.read())) as cover:
        assert cover.format == "JPEG"
        assert cover.width / cover.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_a_phone_picture_is_measured_the_way_it_is_held(
    ad_account: AdAccount, at: datetime
) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # turn by 90 degrees
    out = io.BytesIO()
    Image.new("RGB", (1280, 720)).save(out, "JPEG", exif=turned)

    creative = bring(ad_account, at, out.getvalue())

    assert (creative.width, creative.height) == (720, 1280)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><script>alert(1)</script>", "not a picture or video"),
        (b"\x89PNG\r\n\x1a\n<?php system($_GET['c']); ?>", "damaged"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "not a picture or video"),
        (b"", "not a picture or video"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 400, "cannot be played"),
        (picture(300, 300), "at least 540 px"),
        (picture(2000, 700), "Crop it"),
        (clip(seconds=2), "Cut it"),
        (clip(360, 640), "at least 720×1280"),
        (clip(800, 640), "9:16, 1:1 or 16:9"),
    ],
)
def test_what_ads_cannot_show_is_refused_with_what_to_do(
    ad_account: AdAccount, at: datetime, content: bytes, reason: str
) -> None:
    with pytest.raises(UnsupportedFile, match=reason):
        bring(ad_account, at, content)

    assert not Creative.objects.exists()


def test_the_weight_is_limited(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.services.limits.MAX_IMAGE_BYTES", 1000)

    with pytest.raises(UnsupportedFile, match="MB is the most"):
        bring(ad_account, at, picture(720, 1280))


def test_the_same_file_again_is_the_same_creative(ad_account: AdAccount, at: datetime) -> None:
    content = picture()

    first, again = (bring(ad_account, at, content, name) for name in ("a.jpg", "b.jpg"))

    assert first == again
    assert Creative.objects.count() == 1
