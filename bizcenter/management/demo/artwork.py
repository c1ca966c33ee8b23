"""Pictures for the demo's creatives, drawn rather than fetched: a scene, a headline, a brand.

Every picture is a function of its arguments, so the same demo has the same files everywhere.
"""

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 720, 1280
Color = tuple[int, int, int]
Draw = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Look:
    """Two background colours from top to bottom, one accent, one ink for the words."""

    top: Color
    bottom: Color
    accent: Color
    ink: Color


LOOKS = {
    "dawn": Look((255, 214, 186), (250, 150, 128), (122, 46, 58), (66, 22, 34)),
    "sage": Look((222, 233, 214), (142, 176, 148), (38, 84, 66), (20, 52, 42)),
    "night": Look((30, 41, 82), (12, 16, 38), (255, 196, 92), (255, 246, 226)),
    "sea": Look((196, 236, 240), (64, 150, 178), (10, 70, 96), (6, 44, 62)),
    "lilac": Look((238, 226, 250), (176, 148, 220), (88, 46, 140), (52, 24, 92)),
    "sun": Look((255, 240, 178), (252, 190, 66), (168, 82, 10), (84, 42, 8)),
}


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    file = resources.files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"
    font = ImageFont.truetype(io.BytesIO(file.read_bytes()), size)
    font.set_variation_by_axes([min(32, max(14, size)), weight])
    return font


def _mix(a: Color, b: Color, share: float) -> Color:
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def _backdrop(look: Look) -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        column.putpixel((0, y), _mix(look.top, look.bottom, y / HEIGHT))
    picture = column.resize((WIDTH, HEIGHT))
    glow = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(glow).ellipse((60, 330, 660, 930), fill=120)
    halo = Image.new("RGB", (WIDTH, HEIGHT), _mix(look.top, (255, 255, 255), 0.5))
    picture.paste(halo, mask=glow.filter(ImageFilter.GaussianBlur(70)))
    return picture


def _shadow(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).ellipse(box, fill=110)
    shade = Image.new("RGB", picture.size, (0, 0, 0))
    picture.paste(shade, mask=mask.filter(ImageFilter.GaussianBlur(24)))


def _bottle(draw: Draw, look: Look) -> None:
    pale = _mix(look.accent, (255, 255, 255), 0.72)
    draw.rounded_rectangle((262, 520, 458, 960), 46, fill=look.accent)
    draw.rounded_rectangle((276, 534, 330, 946), 30, fill=_mix(look.accent, (255, 255, 255), 0.16))
    draw.rectangle((318, 452, 402, 524), fill=_mix(look.accent, (0, 0, 0), 0.25))
    draw.rounded_rectangle((300, 396, 420, 462), 18, fill=_mix(look.accent, (0, 0, 0), 0.4))
    draw.rounded_rectangle((286, 660, 434, 840), 12, fill=pale)
    draw.ellipse((334, 690, 386, 742), fill=look.accent)
    draw.rounded_rectangle((310, 768, 410, 780), 6, fill=look.accent)
    draw.rounded_rectangle((326, 796, 394, 806), 5, fill=look.accent)


def _bicycle(draw: Draw, look: Look) -> None:
    ink, frame = _mix(look.accent, (0, 0, 0), 0.45), look.accent
    left, right, radius = (206, 830), (514, 830), 122
    for x, y in (left, right):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink, width=16)
        for step in range(10):
            angle = step * math.pi / 5
            end = (x + 112 * math.cos(angle), y + 112 * math.sin(angle))
            draw.line(((x, y), end), fill=_mix(ink, look.bottom, 0.5), width=3)
    seat, head, crank = (296, 622), (462, 612), (350, 828)
    for path in ((left, seat), (left, crank), (crank, seat), (seat, head), (crank, head)):
        draw.line(path, fill=frame, width=18, joint="curve")
    draw.line((head, right), fill=frame, width=18)
    draw.line(((446, 560), head), fill=frame, width=16)
    draw.line(((446, 560), (508, 552)), fill=ink, width=16)
    draw.rounded_rectangle((252, 592, 344, 618), 12, fill=ink)
    draw.ellipse((326, 804, 374, 852), fill=ink)


def _chair(draw: Draw, look: Look) -> None:
    wood, cloth = _mix(look.accent, (120, 70, 30), 0.5), look.accent
    for x0, x1 in ((250, 226), (470, 494), (300, 290), (420, 430)):
        draw.line(((x0, 800), (x1, 990)), fill=wood, width=20)
    draw.rounded_rectangle((226, 470, 494, 800), 70, fill=cloth)
    draw.rounded_rectangle((206, 720, 514, 828), 46, fill=_mix(cloth, (255, 255, 255), 0.14))
    for x in (186, 478):
        draw.rounded_rectangle((x, 640, x + 56, 820), 28, fill=_mix(cloth, (0, 0, 0), 0.2))


def _mug(draw: Draw, look: Look) -> None:
    body = _mix(look.accent, (255, 255, 255), 0.1)
    draw.arc((430, 640, 580, 840), -90, 90, fill=body, width=34)
    draw.rounded_rectangle((216, 570, 486, 940), 52, fill=body)
    draw.ellipse((216, 536, 486, 620), fill=_mix(look.accent, (0, 0, 0), 0.3))
    draw.ellipse((238, 550, 464, 608), fill=(84, 52, 34))
    for x in (290, 350, 410):
        points = [(x + 16 * math.sin(step / 5), 510 - step * 4) for step in range(32)]
        draw.line(points, fill=_mix(look.top, (255, 255, 255), 0.6), width=9)
    draw.ellipse((300, 700, 402, 802), outline=_mix(look.top, (255, 255, 255), 0.5), width=10)


def _leaves(draw: Draw, look: Look) -> None:
    for index in range(9):
        angle = math.radians(-160 + index * 17.5)
        x, y = 360 + 250 * math.cos(angle), 770 + 330 * math.sin(angle)
        green = _mix(look.accent, (255, 255, 255), 0.08 * (index % 4))
        draw.line(((360, 800), (x, y)), fill=green, width=10)
        draw.ellipse((x - 56, y - 76, x + 56, y + 76), fill=green)
    pot = _mix(look.accent, (190, 96, 60), 0.75)
    draw.polygon(((262, 790), (458, 790), (430, 986), (290, 986)), fill=pot)
    draw.rounded_rectangle((246, 764, 474, 816), 14, fill=_mix(pot, (255, 255, 255), 0.15))


def _phone(draw: Draw, look: Look) -> None:
    draw.rounded_rectangle((236, 420, 484, 960), 44, fill=_mix(look.accent, (0, 0, 0), 0.6))
    draw.rounded_rectangle((250, 436, 470, 944), 32, fill=_mix(look.top, (255, 255, 255), 0.7))
    for row in range(4):
        y = 480 + row * 112
        draw.rounded_rectangle((270, y, 450, y + 92), 16, fill=_mix(look.bottom, look.top, row / 4))
        draw.ellipse((284, y + 20, 336, y + 72), fill=look.accent)
        draw.rounded_rectangle((350, y + 30, 436, y + 42), 6, fill=look.accent)
        draw.rounded_rectangle((350, y + 54, 410, y + 64), 5, fill=_mix(look.accent, look.top, 0.5))


SCENES: dict[str, Callable[[Draw, Look], None]] = {
    "bottle": _bottle,
    "bicycle": _bicycle,
    "chair": _chair,
    "mug": _mug,
    "leaves": _leaves,
    "phone": _phone,
}


def poster(scene: str, look_name: str, headline: str, brand: str) -> Image.Image:
    """An upright picture of 720 x 1280 pixels."""
    look = LOOKS[look_name]
    picture = _backdrop(look)
    _shadow(picture, (150, 930, 570, 1020))
    draw = ImageDraw.Draw(picture)
    SCENES[scene](draw, look)
    draw.text((56, 70), brand.upper(), font=_font(28, 700), fill=look.accent)
    draw.multiline_text((52, 122), headline, font=_font(74, 800), fill=look.ink, spacing=10)
    return picture


def certificate(company: str, number: str) -> Image.Image:
    """A made-up register extract, for the verification of a business."""
    picture = Image.new("RGB", (900, 1200), (252, 250, 244))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, 860, 1160), outline=(38, 84, 66), width=6)
    lines = (
        (140, 52, 700, "Certificate of incorporation"),
        (300, 30, 400, "This practice document certifies that"),
        (380, 44, 700, company),
        (480, 30, 400, "is entered in the register under the number"),
        (560, 44, 700, number),
        (1040, 24, 400, "SPECIMEN. Made for practice, not a real document."),
    )
    for top, size, weight, text in lines:
        draw.text((450, top), text, (30, 40, 36), _font(size, weight), anchor="mm")
    draw.ellipse((370, 720, 530, 880), outline=(168, 82, 10), width=10)
    return picture


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    return out.getvalue()
