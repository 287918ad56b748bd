"""Scans of papers: a PDF that opens, or a picture that can be looked at."""

import io

from odoo.tools.pdf import PdfReader, PdfReadError

from . import pictures
from .files import PDF, detect

TYPES = (PDF, *pictures.FORMATS.values())


def find_fault(content):
    """Return why it is no scan: ``kind``, ``broken``, ``pixels``; ``""`` if it is one.

    :param content: the file in bytes; its name counts nothing
    """
    kind = detect(content or b"")
    if kind not in TYPES:
        return "kind"
    if kind == PDF:
        return "" if count_pages(content) else "broken"
    fault = pictures.find_fault(content)
    return "broken" if fault == "kind" else fault


def count_pages(content):
    """Return how many pages a PDF has, 0 when it does not open or has a password."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        return 0 if reader.is_encrypted else len(reader.pages)
    except (PdfReadError, ValueError, KeyError, TypeError, OSError, RecursionError):
        return 0
