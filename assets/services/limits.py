"""What a creative may be, and how a refused file is told so: what is wrong, and what to do."""

from collections.abc import Sequence
from typing import NamedTuple

from bizcenter.lib.errors import DomainError

MEGABYTE = 1024 * 1024
MAX_IMAGE_BYTES = 20 * MEGABYTE
MAX_VIDEO_BYTES = 500 * MEGABYTE
MIN_IMAGE_SIDE = 540
MAX_IMAGE_PIXELS = 40_000_000
MIN_SECONDS, MAX_SECONDS = 5, 60
MIN_BITRATE = 516_000
RATIO_TOLERANCE = 0.02


class UnsupportedFile(DomainError):
    """The file is not a picture or video that ads can show."""

    code = "unsupported_file"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="upload")


class Frame(NamedTuple):
    """A ratio that is shown in the feed, with the smallest size that stays sharp."""

    name: str
    width: int
    height: int

    def has_shape_of(self, width: int, height: int) -> bool:
        wanted = self.width / self.height
        return abs(width / height - wanted) <= RATIO_TOLERANCE * wanted


VIDEO_FRAMES: Sequence[Frame] = (
    Frame("vertical 9:16", 720, 1280),
    Frame("square 1:1", 640, 640),
    Frame("horizontal 16:9", 1280, 720),
)
WIDEST_IMAGE, TALLEST_IMAGE = 1.91, 9 / 16

IMAGE_RULES = (
    f"JPG or PNG, at most {MAX_IMAGE_BYTES // MEGABYTE} MB, shorter side at least "
    f"{MIN_IMAGE_SIDE} px, between 9:16 and 1.91:1"
)
VIDEO_RULES = (
    f"MP4, MOV, MPEG, 3GP or AVI, at most {MAX_VIDEO_BYTES // MEGABYTE} MB, "
    f"{MIN_SECONDS} to {MAX_SECONDS} seconds, 9:16 from 720×1280, 1:1 from 640×640 or "
    "16:9 from 1280×720, at least 516 kbit/s"
)


def check_image_shape(width: int, height: int) -> None:
    """Raises UnsupportedFile for a picture that is too small, too wide or too tall."""
    if min(width, height) < MIN_IMAGE_SIDE:
        raise UnsupportedFile(
            f"This picture is {width}×{height} px. Upload one whose shorter side has at least "
            f"{MIN_IMAGE_SIDE} px."
        )
    ratio = width / height
    tolerance = 1 + RATIO_TOLERANCE
    if not TALLEST_IMAGE / tolerance <= ratio <= WIDEST_IMAGE * tolerance:
        raise UnsupportedFile(
            f"This picture is {width}×{height} px. Crop it to a shape between 9:16 (tall) and "
            "1.91:1 (wide)."
        )


def check_video_shape(width: int, height: int) -> None:
    """Raises UnsupportedFile for a shape or size the feed does not show."""
    frame = next((f for f in VIDEO_FRAMES if f.has_shape_of(width, height)), None)
    if frame is None:
        raise UnsupportedFile(f"This video is {width}×{height} px. Export it as 9:16, 1:1 or 16:9.")
    if width < frame.width * (1 - RATIO_TOLERANCE):
        raise UnsupportedFile(
            f"This video is {width}×{height} px. Export {frame.name} with at least "
            f"{frame.width}×{frame.height} px."
        )


def check_video_length(seconds: float) -> None:
    if not MIN_SECONDS <= seconds < MAX_SECONDS + 1:
        raise UnsupportedFile(
            f"This video lasts {seconds:.1f} seconds. Cut it to {MIN_SECONDS} to "
            f"{MAX_SECONDS} seconds; 9 to 15 work best."
        )


def check_bitrate(bits_per_second: float) -> None:
    if bits_per_second < MIN_BITRATE:
        raise UnsupportedFile(
            f"This video has {bits_per_second / 1000:.0f} kbit/s and would look blurred. Export "
            f"it with at least {MIN_BITRATE // 1000} kbit/s."
        )


def check_weight(size: int, most: int) -> None:
    if size > most:
        raise UnsupportedFile(
            f"This file has {size / MEGABYTE:.1f} MB; {most // MEGABYTE} MB is the most. "
            "Export it smaller and upload it again."
        )
