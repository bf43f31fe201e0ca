"""The tag tree of our PDF files, built from the layout instead of repaired afterwards.

WeasyPrint writes one structure element for each box on each page, which breaks what is cut by a
page, leaves page heads outside, shifts the headings of tables and writes no language, notes or
scopes. Here the tree is built from the elements the boxes come from, so an element that is cut by
a page is one element from the start. ``add_tags`` replaces WeasyPrint's function of that name;
``finish`` mends what lies outside the tree (character maps, link annotations, the output intent).
"""

from typing import Any

from core.pdf.finisher.fonts import repair_character_maps
from core.pdf.finisher.lists import repair_lists
from core.pdf.finisher.marks import mend_line_ends, rewrite_marks, space_glyphs
from core.pdf.finisher.prune import prune, separate
from core.pdf.finisher.reading import as_reading_file
from core.pdf.finisher.tables import repair_tables
from core.pdf.finisher.walk import Walk
from core.pdf.finisher.write import write_tree

__all__ = ["add_tags", "as_reading_file", "finish"]


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:
    """Build, repair and write the tag tree. Same arguments as the function it replaces."""
    walk = Walk(document, page_streams)
    root = walk.build()
    repair_lists(root)
    repair_tables(root)
    prune(root)
    separate(root)
    write_tree(pdf, root, pages=len(page_streams))
    rewrite_marks(page_streams, walk.artifacts, root)
    mend_line_ends(page_streams, walk.hyphens, walk.spaces, space_glyphs(document))


def finish(document: Any, pdf: Any) -> None:
    """Last step before the bytes are written."""
    repair_character_maps(pdf)
    for intent in pdf.catalog.get("OutputIntents", []):
        intent["S"] = "/GTS_PDFA1"
