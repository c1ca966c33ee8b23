"""Short videos for the demo: a slow camera move over a poster, encoded as H.264 in MP4."""

import io

import av
from PIL import Image

FRAMES_PER_SECOND = 8


def clip(picture: Image.Image, seconds: int) -> bytes:
    """An MP4 of the given length that zooms into `picture` and pans."""
    out = io.BytesIO()
    width, height = picture.size
    frames = seconds * FRAMES_PER_SECOND
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FRAMES_PER_SECOND)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": "26"}
        stream.codec_context.thread_count = 1
        for index in range(frames):
            share = index / frames
            zoom = 1 - 0.12 * share
            left, top = width * (1 - zoom) * share, height * (1 - zoom) * (1 - share)
            box = (left, top, left + width * zoom, top + height * zoom)
            still = picture.resize((width, height), Image.Resampling.BILINEAR, box=box)
            container.mux(stream.encode(av.VideoFrame.from_image(still)))
        container.mux(stream.encode(None))
    return out.getvalue()
