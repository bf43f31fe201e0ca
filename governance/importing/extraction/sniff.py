"""What a file is, told from its first bytes and never from its name alone."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from governance.importing.extraction.plain import decode
from governance.importing.extraction.refusals import UNPACKED_LIMIT, refuse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?(?:<!doctype\s+html|<html\b|<head\b|<body\b)",
    re.I | re.S,
)
_SUFFIXES = {
    "pdf": {".pdf"},
    "docx": {".docx"},
    "odt": {".odt"},
    "zip": {".zip"},
    "html": {".html", ".htm", ".xhtml", ".txt", ".md", ""},
    "text": {".txt", ".md", ".markdown", ".text", ".html", ".htm", ""},
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "scan": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "zip": "application/zip",
    "html": "text/html",
    "markdown": "text/markdown",
    "text": "text/plain",
}
NAMES = {
    "pdf": "PDF",
    "docx": "Word-dokument",
    "odt": "OpenDocument-tekst",
    "zip": "zip-pakke",
    "text": "tekst",
    "html": "HTML",
}


LEFT_OUT = re.compile(r"(?:^|/)(?:__MACOSX|\.[^/]+|Thumbs\.db|desktop\.ini)(?:/|$)")
"""What systems leave in packages and folders, and no one has written."""


def natural(name: str) -> list[tuple[int, str]]:
    """Sort key in which «2 Brev» comes before «10 Vedlegg»."""
    return [(int(part), "") if part.isdigit() else (-1, part.lower()) for part in re.split(r"(\d+)", name) if part]


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The format found, and the text when the file is text."""

    format: str
    text: str = ""
    encoding: str = ""


def open_package(name: str, data: bytes) -> zipfile.ZipFile:
    """A zip file that is safe to unpack. Raises Unreadable when it is not."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise refuse("damaged_file", name) from error
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if total > UNPACKED_LIMIT or len(members) > 5_000 or (total > 20_000_000 and total > packed * 200):
        raise refuse("package_bomb", name)
    for member in members:
        parts = PurePath(member.filename.replace("\\", "/")).parts
        if ".." in parts or member.filename.startswith(("/", "\\")) or re.match(r"^[A-Za-z]:", member.filename):
            raise refuse("package_path", name)
        if member.flag_bits & 0x1:
            raise refuse("encrypted_file", name)
    return package


def _package_format(name: str, data: bytes) -> str:
    with open_package(name, data) as package:
        names = set(package.namelist())
        if "[Content_Types].xml" in names:
            types = package.read("[Content_Types].xml")[:200_000]
            if b"macroEnabled" in types or any(member.endswith("vbaProject.bin") for member in names):
                raise refuse("macro_file", name)
            if "word/document.xml" in names or b"wordprocessingml.document.main" in types:
                return "docx"
            raise refuse("unknown_type", name)
        if "mimetype" in names:
            kind = package.read("mimetype")[:100]
            if kind.startswith(b"application/vnd.oasis.opendocument.text"):
                return "odt"
            if kind.startswith(b"application/vnd.oasis"):
                raise refuse("unknown_type", name)
    return "zip"


def sniff(name: str, data: bytes) -> Sniffed:
    """The format of a file. Raises Unreadable for empty, unknown, protected and misnamed files."""
    if not data.strip(b"\0 \r\n\t"):
        raise refuse("empty_file", name)
    suffix = PurePath(name).suffix.lower()
    if suffix == ".docm" or suffix == ".dotm":
        raise refuse("macro_file", name)
    if data.startswith(_OLE):
        raise refuse("encrypted_file" if b"E\0n\0c\0r\0y\0p\0t" in data[:200_000] else "unknown_type", name)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        found = Sniffed("pdf")
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = Sniffed(_package_format(name, data))
    else:
        decoded = decode(data)
        if decoded is None:
            raise refuse("unknown_type", name)
        found = Sniffed("html" if _HTML.match(decoded[0][:3_000]) else "text", *decoded)
    if suffix not in _SUFFIXES[found.format]:
        known = {ending for endings in _SUFFIXES.values() for ending in endings}
        if found.format == "text" and suffix not in known:
            raise refuse("unknown_type", name)
        raise refuse("wrong_extension", name, NAMES[found.format])
    return found
