"""What is packed into a file (docx, xlsx, odt, zip), without unpacking it to disk.

What a package says of itself counts nothing: each part is unpacked into nothing, up
to the limit, and what comes out is counted.
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from .files import ending

# Packages whose faults have a name of their own, used as media types of attachments
PROGRAM = "application/x-package-with-program"
BOMB = "application/x-package-too-large"
LOCKED = "application/x-package-locked"

_CHUNK = 64 * 1024
_HEADER = 30
_PACKAGE = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# begins of programs of Windows, Linux, macOS, Android, and scripts
_PROGRAM_HEADS = (
    *(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"),
    *(b"dex\n", b"#!"),
)
# a file of any kind wrapped into an office document by “insert object”
_WRAPPED = "\x01Ole10Native".encode("utf-16-le")
_PROGRAM_ENDINGS = frozenset(
    (
        "app apk bat cmd com cpl dll dmg elf exe hta jar js jse lnk msi msp pif ps1 "
        "reg scr sh sys vb vbe vbs wsf wsh"
    ).split()
)


@dataclass(frozen=True)
class Limits:
    """Most of what a package may unpack to; ``ratio`` is times its own size."""

    size: int
    entries: int
    ratio: int
    depth: int


class _Fault(Exception):
    """What is wrong with a package, found while it is read."""


def find_fault(content, limits):
    """Return what is wrong with a package, as one of the types above, or ``""``.

    :param content: the file in bytes; whatever is no package has no fault here
    :param limits: a :class:`Limits`
    """
    if not content.startswith(_PACKAGE):
        return ""
    try:
        _Reader(len(content), limits).inspect(content, 1)
    except _Fault as fault:
        return str(fault)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        # what cannot be read is no package that anybody accepts
        return LOCKED
    return ""


class _Reader:
    """Counts what comes out of a package and the packages within it."""

    def __init__(self, packed, limits):
        self.limits = limits
        # small packages are harmless, however well they are packed
        least = limits.size // 10
        self.most = min(limits.size, max(least, packed * limits.ratio))
        self.total = self.entries = 0

    def inspect(self, content, depth):
        if depth > self.limits.depth:
            raise _Fault(BOMB)
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
        self.entries += len(parts)
        declared = sum(part.file_size for part in parts)
        if self.entries > self.limits.entries or self.total + declared > self.most:
            raise _Fault(BOMB)
        for part in parts:
            self._read_part(content, part, depth)

    def _read_part(self, content, part, depth):
        if part.flag_bits & 1:
            raise _Fault(LOCKED)
        if ending(part.filename) in _PROGRAM_ENDINGS:
            raise _Fault(PROGRAM)
        body = self._unpack(content, part)
        if body.startswith(_PROGRAM_HEADS):
            raise _Fault(PROGRAM)
        if body.startswith(_OLE) and _WRAPPED in body:
            raise _Fault(PROGRAM)
        if body.startswith(_PACKAGE):
            self.inspect(body, depth + 1)

    def _unpack(self, content, part):
        """Return a part, unpacked to its real end and not to the size it declares."""
        start = part.header_offset
        names = content[start + 26 : start + _HEADER]
        start += _HEADER + int.from_bytes(names[:2], "little")
        start += int.from_bytes(names[2:4], "little")
        packed = content[start : start + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            self._count(len(packed))
            return packed
        if part.compress_type != zipfile.ZIP_DEFLATED:
            raise _Fault(LOCKED)
        unpacker, pieces = zlib.decompressobj(-zlib.MAX_WBITS), []
        while packed and not unpacker.eof:
            pieces.append(unpacker.decompress(packed, _CHUNK))
            self._count(len(pieces[-1]))
            packed = unpacker.unconsumed_tail
        return b"".join(pieces)

    def _count(self, size):
        self.total += size
        if self.total > self.most:
            raise _Fault(BOMB)
