"""The last tidying of the tree: nothing empty, and words beside elements in elements of their own."""

from core.pdf.finisher.tree import Annotation, Content, Node

_KEEP = {"TD", "TH", "Document"}


def prune(root: Node) -> None:
    """Elements with nothing in them are taken out, leaves first. Empty cells stay: they hold the
    grid."""
    for node in root.nodes:
        prune(node)
    kept = []
    for kid in root.kids:
        if isinstance(kid, Node) and not kid.kids and kid.kind not in _KEEP:
            continue
        kept.append(kid)
    root.kids = kept


def separate(root: Node) -> None:
    """Where words and elements stand side by side (a paragraph with a link in it), the words get a
    Span each, so that a reader that goes element by element hears them in order."""
    for node in list(root.walk()):
        if not node.nodes or not any(isinstance(kid, Content) for kid in node.kids):
            continue
        kids: list[Node | Content | Annotation] = []
        run: Node | None = None
        for kid in node.kids:
            if isinstance(kid, Content):
                if run is None:
                    run = Node("Span", parent=node)
                    kids.append(run)
                run.add(kid)
            else:
                run = None
                kids.append(kid)
        node.kids = kids
