"""Reads an uploaded file by its content, never by its name: what it is, how big, how long, and a
still of it. Refuses what ads cannot show.
"""

import io
from dataclasses import dataclass
from typing import IO

import av
from av.container import InputContainer
from av.video.stream import VideoStream
from PIL import Image, ImageOps

from assets.models import Creative

from . import limits
from .limits import UnsupportedFile

COVER_BOX = (720, 1280)
_IMAGES = {b"\xff\xd8\xff": ("JPEG", "image/jpeg", "jpg"), b"\x89PNG": ("PNG", "image/png", "png")}
_NEITHER = (
    "This is not a picture or video that ads can show. Upload a JPG or PNG picture, or an MP4, "
    "MOV, MPEG, 3GP or AVI video."
)


@dataclass(frozen=True)
class Media:
    """What was found in the file; `cover` is a JPEG that is small enough for lists."""

    kind: Creative.Kind
    mime_type: str
    extension: str
    width: int
    height: int
    duration_ms: int
    cover: bytes


def examine(upload: IO[bytes], size: int) -> Media:
    """What the file holds. Raises UnsupportedFile when ads cannot show it."""
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    for magic, (decoder, mime_type, extension) in _IMAGES.items():
        if head.startswith(magic):
            limits.check_weight(size, limits.MAX_IMAGE_BYTES)
            return _image(upload, decoder, mime_type, extension)
    demuxer, mime_type, extension = _container(head)
    if not demuxer:
        raise UnsupportedFile(_NEITHER)
    limits.check_weight(size, limits.MAX_VIDEO_BYTES)
    return _video(upload, size, demuxer, mime_type, extension)


def _image(upload: IO[bytes], decoder: str, mime_type: str, extension: str) -> Media:
    try:
        with Image.open(upload, formats=[decoder]) as found:
            if found.width * found.height > limits.MAX_IMAGE_PIXELS:
                raise UnsupportedFile(
                    f"This picture is {found.width}×{found.height} px; 40 megapixels is the most. "
                    "Save it smaller and upload it again."
                )
            picture = ImageOps.exif_transpose(found)
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnsupportedFile(
            f"This {extension.upper()} file is damaged. Save it again in your picture program."
        ) from error
    limits.check_image_shape(picture.width, picture.height)
    return Media(
        Creative.Kind.IMAGE,
        mime_type,
        extension,
        picture.width,
        picture.height,
        0,
        _cover(picture),
    )


def _container(head: bytes) -> tuple[str, str, str]:
    """Demuxer, type and extension by magic bytes. Naming the demuxer keeps FFmpeg from guessing a
    playlist format, which could make it open other files."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand == b"qt  ":
            return "mov", "video/quicktime", "mov"
        if brand.startswith(b"3g"):
            return "mov", "video/3gpp", "3gp"
        return "mov", "video/mp4", "mp4"
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free"):
        return "mov", "video/quicktime", "mov"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi", "video/x-msvideo", "avi"
    if head[:4] == b"\x00\x00\x01\xba":
        return "mpeg", "video/mpeg", "mpg"
    return "", "", ""


def _video(upload: IO[bytes], size: int, demuxer: str, mime_type: str, extension: str) -> Media:
    try:
        with av.open(upload, mode="r", format=demuxer) as container:
            stream = _picture_track(container)
            seconds = _seconds(container, stream)
            still = _still(container, stream, seconds)
    except (av.FFmpegError, ValueError) as error:
        raise UnsupportedFile(
            "This video cannot be played. Export it as MP4 (H.264) and upload it again."
        ) from error
    limits.check_video_shape(still.width, still.height)
    limits.check_video_length(seconds)
    limits.check_bitrate(size * 8 / seconds)
    return Media(
        Creative.Kind.VIDEO,
        mime_type,
        extension,
        still.width,
        still.height,
        round(seconds * 1000),
        _cover(still),
    )


def _picture_track(container: InputContainer) -> VideoStream:
    if not container.streams.video:
        raise UnsupportedFile("This file has sound but no picture. Upload a video.")
    return container.streams.video[0]


def _seconds(container: InputContainer, stream: VideoStream) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / av.time_base


def _still(container: InputContainer, stream: VideoStream, seconds: float) -> Image.Image:
    """A frame from near the beginning, upright; the very first is black too often."""
    container.seek(int(min(1.0, seconds / 3) * av.time_base), backward=True)
    frame = next(container.decode(stream), None)
    if frame is None:
        raise UnsupportedFile("This video has no picture in it. Export it again.")
    turned = frame.rotation % 360
    picture = frame.to_image()
    return picture.rotate(turned, expand=True) if turned else picture


def _cover(picture: Image.Image) -> bytes:
    flat = Image.new("RGB", picture.size, "white")
    rgba = picture.convert("RGBA")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    flat.thumbnail(COVER_BOX)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=84, optimize=True)
    return out.getvalue()
