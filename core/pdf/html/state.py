"""What the writers share while one document is written, and the smallest writing tools."""

from dataclasses import dataclass, field
from html import escape

from core.charts.base import Palette
from core.pdf.compose import Composed
from core.pdf.words import Words
from core.text import squeeze, typeset


def tag(name: str, *children: str, **attributes: str | int | None) -> str:
    """One element. ``children`` are HTML already; attribute values are escaped here. Attributes
    that are None or empty are left out; a trailing underscore is dropped (``class_``) and other
    underscores become hyphens (``data_head``)."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{written}>{''.join(children)}</{name}>"


def safe(text: str) -> str:
    """Text escaped for an element's content."""
    return escape(text, quote=False)


@dataclass(slots=True)
class Setting:
    """State of one writing: the composed document, where it is going, and what it gathers."""

    composed: Composed
    screen: bool = False
    heading_shift: int = 0
    palette: Palette = field(default_factory=Palette)
    column_widths: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """Table id → column widths in mm, for the generated style sheet."""
    notes: list[str] = field(default_factory=list)
    """Footnotes in order, gathered for the end of a page on screen."""

    @property
    def words(self) -> Words:
        """The words around the document, in its language."""
        return self.composed.words

    def heading(self, level: int, content: str, **attributes: str | int | None) -> str:
        """A heading at a document level (1 is a part), moved down on screen when asked."""
        shown = min(level + self.heading_shift, 6)
        return tag(f"h{shown}", content, **attributes)

    def label(self, text: str, *, heading: bool = False) -> str:
        """Short system text or a plain title, filtered and escaped."""
        return safe(typeset(squeeze(text), heading=heading))

    def notes_list(self) -> str:
        """The footnotes as a list under the text, each with a way back to its call."""
        if not self.notes:
            return ""
        items = "".join(
            tag(
                "li",
                note,
                " ",
                tag("a", f"{self.words.footnote} {number}", href=f"#note-call-{number}"),
                id=f"note-{number}",
            )
            for number, note in enumerate(self.notes, start=1)
        )
        return tag("ol", items, class_="notes")
