"""The tag tree in plain Python, before it becomes PDF objects."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of painted content: its page and its number on that page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A link annotation on a page."""

    page: int
    object: Any


@dataclass(slots=True, eq=False)
class Node:
    """A structure element. ``kind`` is its standard type without the slash."""

    kind: str
    element: Any = None
    parent: "Node | None" = None
    kids: list["Node | Content | Annotation"] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    lang: str = ""
    alt: str = ""
    identifier: str = ""
    first_page: int = 0

    def add(self, kid: "Node | Content | Annotation") -> None:
        """Append and take over."""
        if isinstance(kid, Node):
            kid.parent = self
        self.kids.append(kid)

    @property
    def nodes(self) -> list["Node"]:
        """Kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator["Node"]:
        """This element and everything under it, in reading order."""
        yield self
        for kid in self.nodes:
            yield from kid.walk()
