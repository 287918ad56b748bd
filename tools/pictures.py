"""Pictures that are going to be printed: known by content, no larger than useful."""

import base64
import binascii
import io

from PIL import Image

MEGABYTE = 1024 * 1024
# What a printed page, a Word file and every browser can show
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}
# More is a bomb, or a poster: a page of A3 at 300 dots an inch has 17 million
MOST_PIXELS = 50_000_000


def decoded(value):
    """Return what a client uploaded (base64) as bytes; ``None`` when it is broken."""
    try:
        return base64.b64decode(value or b"", validate=False)
    except (binascii.Error, ValueError):
        return None


def size_of(value):
    """Return the bytes that an uploaded text stands for, without decoding it."""
    return len(value or b"") * 3 // 4


def find_fault(content):
    """Return why ``content`` cannot be printed: ``"kind"``, ``"pixels"`` or ``""``."""
    try:
        with Image.open(io.BytesIO(content or b""), formats=list(FORMATS)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return "pixels"
            picture.verify()
    except Image.DecompressionBombError:
        return "pixels"
    except (OSError, SyntaxError, ValueError):
        return "kind"
    return ""


def data_uri(value):
    """Return a stored picture (base64) as a ``data:`` address, ``""`` without one."""
    if not value:
        return ""
    text = value.decode() if isinstance(value, bytes) else value
    head = base64.b64decode(text[:24])
    kind = "PNG" if head.startswith(b"\x89PNG") else "JPEG"
    return f"data:{FORMATS[kind]};base64,{text}"
