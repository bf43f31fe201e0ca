"""The marks in the page contents: artifacts lose their number, the rest get their element's type."""

from typing import Any

import pydyf

from core.pdf.finisher.tree import Content, Node


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
