"""The marks in the page contents: artifacts lose their number, the rest get their element's type."""

import re
from typing import Any

import pydyf

from core.pdf.finisher.tree import Content, Node

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


def soften_hyphens(page_streams: list[Any], hyphens: list[set[int]]) -> None:
    """A hyphen that the layout put at the end of a line is read as a soft hyphen, so that a screen
    reader says the word as one. The glyph gets a mark of its own with the soft hyphen as its text."""
    for stream, numbers in zip(page_streams, hyphens, strict=True):
        if not numbers:
            continue
        parts = stream.stream
        inside: int | None = None
        last = -1
        found: list[int] = []
        for index, part in enumerate(parts):
            if part == b"BDC":
                inside = parts[index - 1].get("MCID")
                last = -1
            elif part == b"EMC":
                if inside in numbers and last >= 0:
                    found.append(last)
                inside = None
            elif inside in numbers and isinstance(part, bytes) and part.endswith(b"] TJ"):
                last = index
        for index in reversed(found):
            parts[index : index + 1] = _split_last_glyph(parts[index])


def _split_last_glyph(shown: bytes) -> list[Any]:
    """``[<a b c>] TJ`` as ``[<a b>] TJ`` and the last glyph inside its own mark."""
    match = _LAST_GLYPH.match(shown)
    if match is None:
        return [shown]
    before = match.group(1)
    before = before.removesuffix(b"<") if before.endswith(b"<") else before + b">"
    mark = pydyf.Dictionary({"ActualText": pydyf.String("\u00ad")})
    return [before + b"] TJ", "/Span", mark, b"BDC", b"[<" + match.group(2) + b">] TJ", b"EMC"]
