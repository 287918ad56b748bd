import base64
import zipfile
from io import BytesIO

from odoo.tools.pdf import PdfWriter

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.%s.main+xml"


def package(parts):
    """Return a zip archive of ``parts`` (name → text)."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def office(main, **parts):
    """Return an office document whose main part is of type ``main``."""
    types = f'<Types><Override ContentType="{MAIN_TYPE % main}"/></Types>'
    return package({"[Content_Types].xml": types, "x.xml": "<x/>", **parts})


PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 24
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 24
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
DOCX = office("wordprocessingml.document")
XLSX = office("spreadsheetml.sheet")
PPTX = office("presentationml.presentation")
MACROS = office("wordprocessingml.document", **{"word/vbaProject.bin": "VBA"})
DOCM = package(
    {
        "[Content_Types].xml": '<Types><Override ContentType="application/'
        'vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    }
)
ODT = package({"mimetype": "application/vnd.oasis.opendocument.text"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
DOC = OLE + "WordDocument".encode("utf-16-le")
DOC_MACROS = DOC + "_VBA_PROJECT".encode("utf-16-le")
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64 + b"PE\x00\x00"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"#!/bin/sh\nrm -rf /\n"
ZIP = package({"a.txt": "a"})
BROKEN_ZIP = ZIP[:20]


def scan():
    """Return a PDF of one page as a client uploads it: it opens."""
    writer, buffer = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(buffer)
    return base64.b64encode(buffer.getvalue())


SCAN = scan()
