"""Which HTML element becomes which structure type, and which have no meaning of their own."""

from typing import Any

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SVG = "{http://www.w3.org/2000/svg}svg"
_KINDS = {
    "p": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "li::before": "Lbl",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "blockquote": "BlockQuote",
    "a": "Link",
    "img": "Figure",
    _SVG: "Figure",
    "span::footnote-call": "Reference",
    "span::footnote-marker": "Lbl",
}
_BLOCKS = {"div", "section", "article", "main"}
_SPANS = {"label": "Lbl", "nr": "Lbl", "entry": "Reference", "page": "Span"}
"""Spans that mean something: labels of items, a line of the contents and its page number."""


def kind_of(tag: str, element: Any, *, language: bool) -> str | None:
    """The structure type, or None when the element only groups or styles. An element that would
    be nothing becomes Div or Span when it changes the language."""
    classes = set((element.get("class") or "").split())
    if tag == "ul" and "contents" in classes:
        return "TOC"
    kind = _KINDS.get(tag)
    if kind is not None:
        return kind
    if tag == "span":
        for name, kind in _SPANS.items():
            if name in classes:
                return kind
    if language:
        return "Div" if tag in _BLOCKS else "Span"
    return None


def is_decorative(element: Any) -> bool:
    """Marked as decoration, or an image with an empty alternative text."""
    if element.get("aria-hidden") == "true" or element.get("role") == "presentation":
        return True
    return bool(element.tag == "img" and element.get("alt") == "")


def language_of(element: Any) -> str:
    """The language the element itself says, or nothing."""
    return str(element.get("lang") or element.get(_XML_LANG) or "")
