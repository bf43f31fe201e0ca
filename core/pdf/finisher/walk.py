"""From boxes to elements: one walk over the pages, in reading order.

A box knows the HTML element it comes from. The first box of an element makes its node; boxes of the
same element further on (a second line, a second page, an anonymous box inside) add to that node."""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from core.pdf.finisher.kinds import is_decorative, kind_of, language_of
from core.pdf.finisher.tree import Annotation, Content, Node
from core.text import SOFT_HYPHEN

SVG = "{http://www.w3.org/2000/svg}"
POINTS = 0.75
"""PDF points for one CSS pixel."""


class Walk:
    """Builds the tree of one document. ``artifacts`` gathers, for each page, the numbers of content
    that is no part of the document's text (running heads, page numbers, repeated table heads)."""

    def __init__(self, document: Any, page_streams: list[Any]) -> None:
        self.document = document
        self.streams = page_streams
        self.artifacts: list[dict[int, str]] = [{} for _ in page_streams]
        self.hyphens: list[set[int]] = [set() for _ in page_streams]
        """For each page, content that ends with a hyphen the layout put there."""
        self.spaces: list[set[int]] = [set() for _ in page_streams]
        """For each page, content at the end of a line whose space the layout has dropped."""
        self._ends: dict[int, tuple[int, int, str]] = {}
        self.root = Node("Document")
        self._nodes: dict[tuple[int, str], Node] = {}
        self._heads: dict[int, int] = {}
        self._languages: dict[int, str] = {}
        self._page = 0
        self._tags: dict[Any, Any] = {}

    def build(self) -> Node:
        """All pages in order."""
        for number, page in enumerate(self.document.pages):
            self._page = number
            self._tags = self.streams[number]._tags
            self._height = page.height
            for child in page._page_box.children:
                self._walk(child, self.root)
        return self.root

    def _walk(self, box: Any, parent: Node) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            self._discard(box, "Pagination")
            return
        if self._is_repeated_head(box):
            self._discard(box, "Layout")
            return
        if isinstance(box, boxes.TextBox):
            self._paint(box, parent)
            return
        node = self._node_for(box, parent)
        if node is None:
            self._discard(box, "Layout")
            return
        if getattr(box, "link_annotation", None):
            node.add(Annotation(self._page, box.link_annotation))
        if isinstance(box, boxes.ReplacedBox):
            self._paint(box, node)
            return
        for child in getattr(box, "children", ()):
            if isinstance(child, boxes.LineBox):
                self._follow_line(child)
            self._walk(child, node)

    def _follow_line(self, line: Any) -> None:
        """Give the line before this one, in the same element, its space back, unless the word goes
        on across the line end. The line before may stand on the page before."""
        texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox) and box in self._tags]
        if line.element is None or not texts:
            return
        before = self._ends.get(id(line.element))
        last = texts[-1]
        self._ends[id(line.element)] = (self._page, self._tags[last]["mcid"], last.text)
        if before is None or before[2].endswith(" "):
            return
        if not _goes_on(before[2], texts[0].text, line.element):
            self.spaces[before[0]].add(before[1])

    def _is_repeated_head(self, box: Any) -> bool:
        """A table's head group on a page after its first one is only there for the eye."""
        if box.element is None or box.element_tag != "thead":
            return False
        first = self._heads.setdefault(id(box.element), self._page)
        return first != self._page

    def _paint(self, box: Any, node: Node) -> None:
        mark = self._tags.pop(box, None)
        if mark is None:
            return
        if not node.kids:
            node.first_page = self._page
        node.add(Content(self._page, mark["mcid"]))
        if isinstance(box, boxes.TextBox) and box.text.endswith("-") and _is_hyphenated(box):
            self.hyphens[self._page].add(mark["mcid"])

    def _discard(self, box: Any, reason: str) -> None:
        """Everything painted in this box is an artifact."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        mark = self._tags.pop(box, None)
        if mark is not None:
            self.artifacts[self._page][mark["mcid"]] = reason
        for child in getattr(box, "children", ()):
            self._discard(child, reason)

    def _node_for(self, box: Any, parent: Node) -> Node | None:
        """The node this box belongs to: its element's own, a new one, or its parent's when the
        element has no meaning of its own. None when it is decoration."""
        element, tag = box.element, box.element_tag
        if element is None or tag is None:
            return parent
        known = self._nodes.get((id(element), tag))
        if known is not None:
            return known
        if is_decorative(element):
            return None
        language = self._foreign_language(element, tag, parent)
        kind = kind_of(tag, element, language=bool(language))
        if kind is None:
            return parent
        node = Node(kind, element=element, lang=language, first_page=self._page)
        self._nodes[id(element), tag] = node
        if kind == "Reference" and tag.endswith("::footnote-call"):
            self._place_note(element, node, parent)
            return node
        parent.add(node)
        if kind == "Figure":
            self._describe(node, box)
        return node

    def _foreign_language(self, element: Any, tag: str, parent: Node) -> str:
        """The element's language when it differs from what surrounds it."""
        language = "" if "::" in tag else language_of(element)
        if not language or tag in ("html", "body"):
            return ""
        around: Node | None = parent
        while around is not None and not around.lang:
            around = around.parent
        surrounding = around.lang if around is not None else self.document.metadata.lang
        return "" if language == surrounding else language

    def _place_note(self, element: Any, reference: Node, parent: Node) -> None:
        """The call is a Reference; the note itself follows it, and is filled when the foot of the
        page is reached."""
        parent.add(reference)
        note = Node("Note", element=element, first_page=self._page, lang=language_of(element))
        note.identifier = f"note-{sum(node.kind == 'Note' for node in self._nodes.values()) + 1}"
        self._nodes[id(element), element.tag] = note
        parent.add(note)

    def _describe(self, node: Node, box: Any) -> None:
        """Alternative text and the box on the page, in points from the lower left corner."""
        element = box.element
        if element.tag == f"{SVG}svg":
            parts = [element.findtext(f"{SVG}title") or "", element.findtext(f"{SVG}desc") or ""]
            title, description = (part.strip() for part in parts)
            node.alt = ". ".join(part.rstrip(".") for part in (title, description) if part)
            node.alt += "." if description.endswith(".") else ""
        else:
            node.alt = element.get("alt", "")
        left, top = box.content_box_x(), box.content_box_y()
        node.attributes["BBox"] = [
            round(value * POINTS, 3)
            for value in (
                left,
                self._height - top - box.height,
                left + box.width,
                self._height - top,
            )
        ]


def _is_hyphenated(box: Any) -> bool:
    """Whether the hyphen at the end of a line is the layout's and not the author's: the word with
    its hyphen does not stand in the element's own text."""
    last = box.text.rsplit(" ", 1)[-1]
    return last not in "".join(box.element.itertext())


def _goes_on(before: str, after: str, element: Any) -> bool:
    """Whether a word runs on from one line to the next without a space between."""
    last, first = before.split()[-1:] or [""], after.split()[:1] or [""]
    joined = f"{last[0].removesuffix('-')}{first[0]}"
    text = "".join(element.itertext()).replace(SOFT_HYPHEN, "")
    whole = joined.replace(SOFT_HYPHEN, "") in text or f"{last[0]}{first[0]}".replace(SOFT_HYPHEN, "") in text
    apart = f"{last[0]} {first[0]}" in text
    return whole and not apart
