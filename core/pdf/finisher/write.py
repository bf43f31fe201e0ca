"""The tree as PDF objects: elements, the map back from the pages, the map of identifiers."""

from typing import Any

import pydyf

from core.pdf.finisher.tree import Annotation, Content, Node
from core.text import plain, squeeze

_TABLE = ("Scope", "RowSpan", "ColSpan", "Headers")


class _Writer:
    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.pages = list(pdf.page_references)  # rebuilt for every look-up by pydyf: read it once
        self.owners: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self.annotations: list[bytes] = []
        self.identifiers: dict[str, bytes] = {}

    def add(self, values: dict[str, Any]) -> Any:
        entry = pydyf.Dictionary(values)
        self.pdf.add_object(entry)
        return entry

    def element(self, node: Node, parent: bytes) -> Any:
        entry = self.add({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            entry["Pg"] = self.pages[page]
        kids = pydyf.Array()
        for kid in node.kids:
            kids.append(self._kid(kid, node, entry, page))
        if len(kids):
            entry["K"] = kids
        self._describe(node, entry)
        return entry

    def _kid(self, kid: Node | Content | Annotation, node: Node, entry: Any, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self.element(kid, entry.reference).reference
        if isinstance(kid, Content):
            self.owners[kid.page][kid.mcid] = entry.reference
            if kid.page == page:
                return kid.mcid
            return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": kid.mcid})
        annotation = kid.object
        annotation["StructParent"] = len(self.owners) + len(self.annotations)
        annotation["F"] = 4  # print
        annotation["Contents"] = pydyf.String(_name_of_link(node, annotation))
        self.annotations.append(entry.reference)
        return pydyf.Dictionary({"Type": "/OBJR", "Pg": self.pages[kid.page], "Obj": annotation.reference})

    def _describe(self, node: Node, entry: Any) -> None:
        if node.lang:
            entry["Lang"] = pydyf.String(node.lang)
        if node.alt:
            entry["Alt"] = pydyf.String(node.alt)
        if node.identifier:
            entry["ID"] = pydyf.String(node.identifier)
            self.identifiers[node.identifier] = entry.reference
        attributes = _attributes(node)
        if attributes is not None:
            entry["A"] = attributes


def _attributes(node: Node) -> Any:
    """The attribute dictionary with its owner, or None."""
    values = node.attributes
    if "BBox" in values:
        return pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(values["BBox"]), "Placement": "/Block"})
    if "ListNumbering" in values:
        return pydyf.Dictionary({"O": "/List", "ListNumbering": values["ListNumbering"]})
    table = {name: values[name] for name in _TABLE if name in values}
    if not table:
        return None
    if "Headers" in table:
        table["Headers"] = pydyf.Array(pydyf.String(name) for name in table["Headers"])
    return pydyf.Dictionary({"O": "/Table", **table})


def _name_of_link(node: Node, annotation: Any) -> str:
    """What a reader says for the link: its words, and the address when it goes out."""
    words = squeeze(plain("".join(node.element.itertext())))
    action = annotation.get("A")
    if action is None:
        return words
    address = action["URI"].string
    return words if words == address else f"{words}, {address}"


def write_tree(pdf: Any, root: Node, *, pages: int) -> None:
    """Everything WeasyPrint's own function sets, and the map of identifiers it leaves out."""
    structure = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(structure)
    writer = _Writer(pdf, pages)
    top = writer.element(root, structure.reference)
    structure["K"] = pydyf.Array([top.reference])
    structure["ParentTree"] = writer.add(_parent_tree(writer)).reference
    structure["ParentTreeNextKey"] = pages + len(writer.annotations)
    if writer.identifiers:
        structure["IDTree"] = writer.add(_identifier_tree(writer)).reference
    pdf.catalog["StructTreeRoot"] = structure.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _parent_tree(writer: _Writer) -> dict[str, Any]:
    """Page → its elements by content number (null for artifacts); annotation → its element."""
    numbers = pydyf.Array()
    for page, owners in enumerate(writer.owners):
        row = [owners.get(mcid, b"null") for mcid in range(max(owners, default=-1) + 1)]
        numbers.extend((page, pydyf.Array(row)))
    for index, reference in enumerate(writer.annotations, start=len(writer.owners)):
        numbers.extend((index, reference))
    return {"Nums": numbers}


def _identifier_tree(writer: _Writer) -> dict[str, Any]:
    """A name tree has to be sorted by bytes."""
    names = pydyf.Array()
    for name in sorted(writer.identifiers, key=str.encode):
        names.extend((pydyf.String(name), writer.identifiers[name]))
    return {"Names": names}
