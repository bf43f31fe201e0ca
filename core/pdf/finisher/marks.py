"""The marks in the page contents: artifacts lose their number, the rest get their element's type."""

import re
from typing import Any

import pydyf

from core.pdf.finisher.tree import Content, Node
from core.text import NBSP

_LAST_GLYPH = re.compile(rb"^(\[.*?)([0-9a-f]{4})>[-0-9.]*\] TJ$", re.DOTALL)


def rewrite_marks(page_streams: list[Any], artifacts: list[dict[int, str]], root: Node) -> None:
    """Every ``/Span <</MCID n>> BDC`` of every page. An artifact must have no number, and a page
    head says that it is one, so that a reader can leave it out."""
    kinds: dict[tuple[int, int], str] = {
        (kid.page, kid.mcid): node.kind for node in root.walk() for kid in node.kids if isinstance(kid, Content)
    }
    for page, stream in enumerate(page_streams):
        parts = stream.stream
        for index, part in enumerate(parts):
            if part != b"BDC":
                continue
            properties = parts[index - 1]
            number = properties.get("MCID") if isinstance(properties, dict) else None
            if number is None:
                continue
            reason = artifacts[page].get(number)
            if reason is not None:
                parts[index - 2] = "/Artifact"
                parts[index - 1] = pydyf.Dictionary({"Type": f"/{reason}"})
            elif (page, number) in kinds:
                parts[index - 2] = f"/{kinds[page, number]}"


def mend_line_ends(
    page_streams: list[Any], hyphens: list[set[int]], spaces: list[set[int]], fonts: dict[str, int]
) -> None:
    """What the layout did at the end of a line is undone for those who listen.

    A hyphen it put there is read as a soft hyphen, so that the word is said as one. A space it
    dropped is shown again, or the words of two lines run together. ``fonts`` gives the number of
    the space's glyph in each font."""
    for stream, soft, open_ in zip(page_streams, hyphens, spaces, strict=True):
        if soft or open_:
            _mend_page(stream.stream, soft, open_, fonts)


def _mend_page(parts: list[Any], soft: set[int], open_: set[int], fonts: dict[str, int]) -> None:
    inside: int | None = None
    font = last_font = ""
    last = -1
    found: list[tuple[int, int, str]] = []
    for index, part in enumerate(parts):
        if part == b"BDC":
            inside, last = parts[index - 1].get("MCID"), -1
        elif part == b"EMC":
            if inside is not None and last >= 0 and inside in soft | open_:
                found.append((last, inside, last_font))
            inside = None
        elif isinstance(part, bytes) and part.endswith(b" Tf"):
            font = part[1:].split()[0].decode()
        elif isinstance(part, bytes) and part.endswith(b"] TJ"):
            last, last_font = index, font
    for index, number, used in reversed(found):
        if number in soft:
            parts[index : index + 1] = _split_last_glyph(parts[index])
        elif used in fonts:
            parts[index] = parts[index].removesuffix(b"] TJ") + b"<%04x>] TJ" % fonts[used]


def space_glyphs(document: Any) -> dict[str, int]:
    """Font → the glyph of the space, in fonts that have shown one."""
    return {
        font.hash: glyph
        for font in document.fonts.values()
        for glyph, text in font.to_unicode.items()
        if text in {" ", NBSP}
    }


def _split_last_glyph(shown: bytes) -> list[Any]:
    """``[<a b c>] TJ`` as ``[<a b>] TJ`` and the last glyph inside its own mark."""
    match = _LAST_GLYPH.match(shown)
    if match is None:
        return [shown]
    before = match.group(1)
    before = before.removesuffix(b"<") if before.endswith(b"<") else before + b">"
    mark = pydyf.Dictionary({"ActualText": pydyf.String("\u00ad")})
    return [before + b"] TJ", "/Span", mark, b"BDC", b"[<" + match.group(2) + b">] TJ", b"EMC"]
