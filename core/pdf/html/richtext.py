"""Rich text from the editor: a small set of elements is kept, everything else loses its tags.

The editor and nh3 have cleaned it when it was saved; this is the last gate before a document, so
it trusts neither. Text is set by the same filter as other running text."""

from html.parser import HTMLParser

from core.pdf.html.inline import keep_spaces
from core.pdf.html.state import Setting, safe, tag
from core.pdf.inline import Language
from core.text import typeset

_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "h2", "h3", "h4"}
_INLINE = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
_DROPPED_WITH_WORDS = {"script", "style", "template", "title", "head"}


class _Rich(HTMLParser):
    def __init__(self, setting: Setting, shift: int) -> None:
        super().__init__(convert_charrefs=True)
        self.setting = setting
        self.shift = shift
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.silent = 0
        self.in_link = False

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        if name in _DROPPED_WITH_WORDS:
            self.silent += 1
            return
        if self.silent or (self.in_link and name != "a"):
            return
        values = {key: value or "" for key, value in attrs}
        if name == "br":
            self.out.append(" <br>")
        elif name == "a" and not self.in_link and _is_address(values.get("href", "")):
            self._push(name, "a", href=values["href"])
            self.in_link = True
        elif name in _INLINE:
            self._push(name, _INLINE[name], lang=values.get("lang"))
        elif name == "span" and values.get("lang"):
            self._push(name, "span", lang=values["lang"])
        elif name in _BLOCKS:
            self._block(name, values)

    def _block(self, name: str, values: dict[str, str]) -> None:
        if name == "p" and any(opened == "p" for opened, _ in self.open):
            self._close("p")
        if name[0] == "h" and name[1:].isdigit():
            level = min(int(name[1:]) + self.shift + self.setting.heading_shift, 6)
            self._push(name, f"h{level}", class_="rich", lang=values.get("lang"))
        elif name in {"ul", "ol"}:
            self._push(name, name, class_="list")
        elif name == "p":
            inside = any(opened in {"li", "blockquote"} for opened, _ in self.open)
            if self.out and self.out[-1].startswith("<li"):
                self.open.append(("p", ""))  # the first paragraph of an item stands beside its label
            else:
                self._push(name, "p", class_="" if inside else "body", lang=values.get("lang"))
        else:
            self._push(name, name, lang=values.get("lang"))

    def _push(self, source: str, written: str, **attributes: str | None) -> None:
        self.out.append(tag(written, **attributes).removesuffix(f"</{written}>"))
        self.open.append((source, written))

    def handle_endtag(self, name: str) -> None:
        if name in _DROPPED_WITH_WORDS:
            self.silent = max(self.silent - 1, 0)
        elif not self.silent:
            self._close(name)

    def _close(self, name: str) -> None:
        if not any(opened == name for opened, _ in self.open):
            return
        while self.open:
            opened, written = self.open.pop()
            if written:
                self.out.append(f"</{written}>")
            if opened == "a":
                self.in_link = False
            if opened == name:
                return

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        inside = any(opened not in {"ul", "ol"} for opened, _ in self.open)
        words = " ".join(data.split())
        if not inside:
            if words:
                self.out.append(tag("p", safe(typeset(words)), class_="body"))
            return
        lead = " " if data[:1].isspace() and not self._at_start() else ""
        tail = " " if words and data[-1:].isspace() else ""
        self.out.append(safe(typeset(f"{lead}{words}{tail}")))

    def _at_start(self) -> bool:
        """Whether the element that was opened last has nothing in it yet."""
        return bool(self.out) and self.out[-1].startswith("<") and not self.out[-1].startswith("</")

    def finish(self) -> str:
        while self.open:
            self._close(self.open[-1][0])
        return "".join(self.out)


def _is_address(href: str) -> bool:
    return href.startswith(("https://", "http://", "mailto:", "tel:", "#"))


def write_rich_text(setting: Setting, html: str, *, shift: int = 0, lang: Language | None = None) -> str:
    """Sanitised rich text as block elements. Empty paragraphs are left out."""
    parser = _Rich(setting, shift)
    parser.feed(html)
    parser.close()
    written = keep_spaces(parser.finish())
    for empty in ('<p class="body"></p>', '<p class="body"> <br></p>', "<p></p>", "<li></li>"):
        written = written.replace(empty, "")
    written = written.replace(" </p>", "</p>").replace(" </li>", "</li>")
    return tag("div", written, class_="rich", lang=lang) if lang else written
