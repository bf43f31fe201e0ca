"""Reading a finished PDF back, the way a screen reader does: the tag tree with its words.

Own code on top of pypdf, so that our assertions do not rest on the library that wrote the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

_ENTRY = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


@dataclass(eq=False)
class Tag:
    """An element of the tag tree."""

    kind: str
    entry: DictionaryObject
    parent: "Tag | None" = None
    kids: list["Tag | str | DictionaryObject"] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    @property
    def tags(self) -> list["Tag"]:
        """Elements directly under this one."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def all(self, *kinds: str) -> list["Tag"]:
        """Elements of these kinds under this one, in reading order."""
        return [tag for tag in self.walk() if tag.kind in kinds]

    def walk(self) -> Iterator["Tag"]:
        """This element and all under it."""
        yield self
        for tag in self.tags:
            yield from tag.walk()

    @property
    def all_pages(self) -> set[int]:
        """Pages this element or anything in it stands on."""
        return {page for tag in self.walk() for page in tag.pages}

    @property
    def text(self) -> str:
        """The words, whole across line ends."""
        parts = [kid.text if isinstance(kid, Tag) else kid for kid in self.kids if isinstance(kid, Tag | str)]
        return "".join(parts).replace("\u00ad", "")

    @property
    def attributes(self) -> dict[str, Any]:
        """The attribute dictionary."""
        return dict(self.entry.get("/A", {}))

    @property
    def annotations(self) -> list[DictionaryObject]:
        """Link annotations that belong to this element."""
        return [kid for kid in self.kids if isinstance(kid, DictionaryObject)]


class Read:
    """A file read back."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.catalog: Any = self.reader.trailer["/Root"]
        self.page_numbers = {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages, start=1)}
        self._words = [self._page_words(page) for page in self.reader.pages]
        self.root = self._tag(self.catalog["/StructTreeRoot"]["/K"][0].get_object(), None)

    @property
    def text(self) -> str:
        """All text by page, as extracted without the tags."""
        return "\n".join(page.extract_text() for page in self.reader.pages)

    def _tag(self, entry: DictionaryObject, parent: Tag | None) -> Tag:
        tag = Tag(entry["/S"][1:], entry, parent)
        page = self._number(entry.raw_get("/Pg")) if "/Pg" in entry else None
        kids = entry.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            self._add(tag, kid, page)
        return tag

    def _add(self, tag: Tag, kid: Any, page: int | None) -> None:
        kid = kid.get_object()
        if isinstance(kid, int):
            assert page is not None
            tag.pages.add(page)
            tag.kids.append(self._words[page - 1].get(int(kid), ""))
        elif kid.get("/Type") == "/MCR":
            number = self._number(kid.raw_get("/Pg"))
            tag.pages.add(number)
            tag.kids.append(self._words[number - 1].get(int(kid["/MCID"]), ""))
        elif kid.get("/Type") == "/OBJR":
            tag.kids.append(kid["/Obj"])
        else:
            tag.kids.append(self._tag(kid, tag))

    def _number(self, reference: IndirectObject) -> int:
        return self.page_numbers[reference.idnum]

    def _page_words(self, page: Any) -> dict[int, str]:
        """Content number → words. A mark with ActualText speaks for what it holds."""
        maps = {name: _characters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
        words: dict[int, str] = {}
        stack: list[tuple[int | None, bool]] = []
        current: dict[int, str] = {}
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            number, silent = stack[-1] if stack else (None, False)
            if operator == b"BDC":
                properties = operands[1] if isinstance(operands[1], dict) else {}
                if "/ActualText" in properties and number is not None:
                    words[number] = words.get(number, "") + str(properties["/ActualText"])
                    stack.append((number, True))
                else:
                    stack.append((properties.get("/MCID"), False))
            elif operator == b"BMC":
                stack.append((None, True))
            elif operator == b"EMC":
                stack.pop()
            elif operator == b"Tf":
                current = maps[operands[0]]
            elif operator == b"TJ" and number is not None and not silent:
                shown = "".join(_decode(part, current) for part in operands[0] if not isinstance(part, int | float))
                words[number] = words.get(number, "") + shown
        return words


def _characters(font: DictionaryObject) -> dict[int, str]:
    data = font["/ToUnicode"].get_object().get_data()
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _ENTRY.findall(data)}


def _decode(part: Any, characters: dict[int, str]) -> str:
    raw = part.original_bytes if hasattr(part, "original_bytes") else bytes(part)
    codes = [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]
    return "".join(characters.get(code, "") for code in codes)
