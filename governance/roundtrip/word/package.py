"""Opening a Word file that came from outside: whole, without macros, not too big, and one of ours."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import docx
from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree

from core.errors import TooLarge, Unreadable
from governance.roundtrip.reading import check_size, read_json
from governance.roundtrip.word.writing import PART_NAMESPACE

UNPACKED = 20


def open_word(data: bytes) -> Any:
    """The document. Raises Unreadable for a broken file, another format, or macros; TooLarge for a zip bomb."""
    check_size(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(_("Filen er i gammelt Word-format eller kryptert. Lagre den som .docx uten passord."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            unpacked = sum(one.file_size for one in package.infolist())
            broken = unpacked <= _limit() and package.testzip()
            types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError) as error:
        raise _broken() from error
    if unpacked > _limit():
        raise TooLarge(_("Filen er for stor når den pakkes ut. Fjern bilder og lim inn bare tekst."))
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        raise Unreadable(_("Filen inneholder makroer. Lagre den som .docx uten makroer."), code="macros")
    if broken or "word/document.xml" not in names:
        raise _broken()
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:
        raise _broken() from error


def _limit() -> int:
    return UNPACKED * int(settings.MAX_UPLOAD_BYTES)


def _broken() -> Unreadable:
    return Unreadable(_("Filen er ødelagt eller er ikke en Word-fil (.docx). Åpne den i Word og lagre på nytt."))


def carried(document: Any) -> dict[str, Any]:
    """The letter as it was exported, and the tags that were written. Raises Unreadable when there is none."""
    for part in document.part.package.iter_parts():
        if PART_NAMESPACE.encode() in part.blob[:400] and str(part.partname).startswith("/customXml/"):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            try:
                found = json.loads(etree.fromstring(part.blob, parser).text or "")
                letter = read_json(json.dumps(found["letter"]).encode())
            except (etree.XMLSyntaxError, ValueError, KeyError, TypeError) as error:
                raise _foreign() from error
            return {"letter": letter, "written": list(found.get("written", []))}
    raise _foreign()


def _foreign() -> Unreadable:
    return Unreadable(
        _("Filen mangler merkene fra Styringsdialog. Hent Word-filen herfra, og rediger den i Word."),
        code="letter_word_foreign",
    )
