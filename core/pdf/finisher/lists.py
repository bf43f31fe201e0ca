"""Lists: each item has at most one label and one body, and everything stands in one of them."""

from core.pdf.finisher.tree import Node


def repair_lists(root: Node) -> None:
    """Labels keep their type only where the standard allows one: in list items and notes. In a
    caption or a heading the number is simply part of the words."""
    for node in list(root.walk()):
        if node.kind == "L":
            _repair_list(node)
        elif node.kind == "TOC":
            for item in node.nodes:
                item.kind = "TOCI"
        if node.kind == "Lbl" and (node.parent is None or node.parent.kind not in {"LI", "TOCI", "Note"}):
            _unwrap(node)


def _repair_list(node: Node) -> None:
    ordered = node.element is not None and node.element.tag == "ol"
    labelled = False
    for item in node.nodes:
        if item.kind == "LI":
            labelled = _repair_item(item) or labelled
    if labelled:
        node.attributes["ListNumbering"] = "/Decimal" if ordered else "/Disc"


def _repair_item(item: Node) -> bool:
    """Gather what is not the label in one LBody. Says whether the item has a label."""
    label = next((kid for kid in item.nodes if kid.kind == "Lbl"), None)
    body = Node("LBody", parent=item, first_page=item.first_page)
    for kid in item.kids:
        if kid is label:
            continue
        if isinstance(kid, Node) and kid.kind == "Lbl":
            kid.kind = "Span"
        body.add(kid)
    item.kids = [label, body] if label is not None else [body]
    return label is not None


def _unwrap(node: Node) -> None:
    """Put the kids where the node was."""
    parent = node.parent
    if parent is None:
        return
    place = parent.kids.index(node)
    for kid in node.kids:
        if isinstance(kid, Node):
            kid.parent = parent
    parent.kids[place : place + 1] = node.kids
