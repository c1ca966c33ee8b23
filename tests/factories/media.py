"""Pictures and clips as bytes, small and quick to make."""

import io

import av
import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(
    width: int = 720, height: int = 1280, *, kind: str = "JPEG", colour: str = "teal"
) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def clip(
    width: int = 720,
    height: int = 1280,
    *,
    seconds: float = 6,
    container: str = "mp4",
    seed: int = 1,
) -> bytes:
    """A short film of noise (two pictures a second), so that it is as heavy as a real one."""
    out = io.BytesIO()
    chance = np.random.default_rng(seed)
    rate = 24 if container == "mpeg" else 2
    with av.open(out, "w", format=container) as film:
        track = film.add_stream("mpeg4", rate=rate)
        track.width, track.height, track.pix_fmt = width, height, "yuv420p"
        track.bit_rate = 4_000_000
        for _ in range(int(seconds * rate)):
            noise = chance.integers(0, 255, (height // 8, width // 8, 3), dtype=np.uint8)
            image = np.kron(noise, np.ones((8, 8, 1), dtype=np.uint8))
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
            film.mux(track.encode(frame))
        film.mux(track.encode(None))
    return out.getvalue()


def upload(content: bytes, name: str = "file.jpg") -> SimpleUploadedFile:
    """As a browser sends it; the name and type it claims are not to be trusted."""
    return SimpleUploadedFile(name, content)
