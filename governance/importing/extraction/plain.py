"""Plain text: every visual line becomes a block of form ``line``; its role is found by reading."""

from __future__ import annotations

import re
import unicodedata

from governance.importing.records import Block

_SOURCE_NOTE = re.compile(r"\A(?:# KILDE:[^\n]*|<!-- KILDE:[^\n]*-->)\n?")


def decode(data: bytes) -> tuple[str, str] | None:
    """(text, encoding) of a text file, or None when it is no text. UTF-8, UTF-16 with mark, Latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            return None
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    odd = sum(1 for char in text if (ord(char) < 32 and char not in "\t\n\r\f") or char == "\ufffd")
    letters = sum(1 for char in text if char.isalpha() or char.isspace())
    if odd > len(text) * 0.002 + 2 or letters < len(text) * 0.5:
        return None
    return text, "latin-1"


def normalise(text: str) -> str:
    """NFC with line feeds only, without the note on where a test text comes from."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SOURCE_NOTE.sub("", text.replace("\u200b", "").replace("\ufeff", ""))


def line_blocks(text: str) -> list[Block]:
    """One block for each line that is not blank; a form feed ends a line. Pages follow form feeds and
    the one-space sign of a page break (I-01) when the text as a whole is not indented."""
    lines = re.split(r"[\n\f]", text)
    filled = [line for line in lines if line.strip()]
    one_space = sum(1 for line in filled if line[0] == " " and line[1:2] not in ("", " "))
    indented = sum(1 for line in filled if line[0] in " \t")
    page_sign = 0 < one_space <= max(3, len(filled) // 12) and indented <= len(filled) // 4
    blocks: list[Block] = []
    offset, page = 0, 1
    for line in lines:
        page += text[offset - 1 : offset] == "\f"
        if line.strip():
            if page_sign and blocks and line[0] == " " and line[1:2] != " ":
                page += 1
            start = offset + len(line) - len(line.lstrip())
            blocks.append(Block("line", start, offset + len(line.rstrip()), page))
        offset += len(line) + 1
    return blocks
