"""What a file is, told by its content: names and what a client says count nothing.

Only what is recognised for certain has a type here; everything else is left to the
caller, for whom an unknown file is one that is not on the list.
"""

import zipfile
from io import BytesIO

PDF = "application/pdf"
ZIP = "application/zip"
# Office files that bring programs along, whatever they are called
MACRO = "application/vnd.ms-office.macroenabled"
OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument"
# What a browser would run when it shows it
ACTIVE_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "image/svg+xml",
        "text/xml",
        "application/xml",
        "text/xsl",
        "application/xslt+xml",
        "text/javascript",
        "application/javascript",
        "application/ecmascript",
        "application/x-shockwave-flash",
        "multipart/related",
        "message/rfc822",
    }
)

# the parts of a package are small; a bomb is not read
_PART_LIMIT = 1024 * 1024
_MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", "wordprocessingml.document"),
    (b"spreadsheetml.sheet.main+xml", "spreadsheetml.sheet"),
    (b"presentationml.presentation.main+xml", "presentationml.presentation"),
    (b"presentationml.slideshow.main+xml", "presentationml.slideshow"),
)
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_BRANDS = {
    "image/heic": (b"heic", b"heix", b"hevc", b"mif1", b"msf1"),
    "video/quicktime": (b"qt  ",),
    "audio/mp4": (b"M4A ",),
    "video/3gpp": (b"3gp4", b"3gp5", b"3gp6"),
    "video/mp4": (
        *(b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1"),
        *(b"M4V ", b"MSNV", b"dash"),
    ),
}
_OLE_STREAMS = (
    ("_VBA_PROJECT", MACRO),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)


def detect(content):
    """Return the media type of ``content`` (bytes), ``""`` when it is not certain."""
    head = content[:64]
    for signature, mimetype in _SIGNATURES:
        if head.startswith(signature):
            return mimetype
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _detect_package(content)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _detect_ole(content)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _detect_brand(head[8:12])
    return ""


def is_active(mimetype):
    """Return whether a browser would run a file of this type."""
    return (mimetype or "").split(";")[0].strip().lower() in ACTIVE_TYPES


def ending(name):
    """Return the ending of a file name, lower case and without the dot."""
    stem, dot, last = (name or "").rpartition(".")
    return last.strip().lower() if dot and stem else ""


def words(text):
    """Return the set of lower-case words in a list separated by commas or blanks."""
    parts = (text or "").replace(",", " ").split()
    return {part.lower().lstrip(".") for part in parts}


def _detect_brand(brand):
    for mimetype, brands in _BRANDS.items():
        if brand in brands:
            return mimetype
    return ""


def _detect_ole(content):
    for stream, mimetype in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return mimetype
    return ""


def _detect_package(content):
    """Tell office documents from other archives, and those with macros from all."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = package.namelist()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return MACRO
            if any(name.startswith("Basic/") for name in names):
                return MACRO
            if "[Content_Types].xml" in names:
                return _detect_ooxml(_read_part(package, "[Content_Types].xml"))
            if "mimetype" in names:
                mimetype = _read_part(package, "mimetype").decode("ascii", "ignore")
                return mimetype.strip() if mimetype.startswith(ODF) else ZIP
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        EOFError,
    ):
        return ""
    return ZIP


def _detect_ooxml(types):
    if b"macroenabled" in types.lower():
        return MACRO
    for mark, rest in _MAIN_PARTS:
        if mark in types:
            return OOXML + rest
    return ZIP


def _read_part(package, name):
    with package.open(name) as part:
        return part.read(_PART_LIMIT)
