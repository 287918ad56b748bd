"""QR codes for printed papers."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def data_uri(text):
    """Return the QR code of ``text`` as an SVG ``data:`` address."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        box_size=10,
        border=0,
        image_factory=SvgPathImage,
    )
    code.add_data(text)
    stream = io.BytesIO()
    code.make_image().save(stream)
    content = base64.b64encode(stream.getvalue()).decode()
    return f"data:image/svg+xml;base64,{content}"
