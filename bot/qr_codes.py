"""Links as QR codes."""

from io import BytesIO

import segno

DOTS_PER_SQUARE = 12  # sharp on a phone's screen and on paper


def qr_png(link: str) -> bytes:
    """Return a PNG picture with the QR code of a link, black on white with its quiet border."""
    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=DOTS_PER_SQUARE)
    return picture.getvalue()


def qr_svg(link: str) -> str:
    """Return the same as an SVG picture without a border, for papers."""
    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="svg", border=0)
    return picture.getvalue().decode()
