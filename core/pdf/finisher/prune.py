"""Elements with nothing in them are taken out, leaves first. Empty cells stay: they hold the grid."""

from core.pdf.finisher.tree import Node

_KEEP = {"TD", "TH", "Document"}


def prune(root: Node) -> None:
    """Take out what is empty, and spans that say nothing about their words."""
    for node in root.nodes:
        prune(node)
    kept = []
    for kid in root.kids:
        if isinstance(kid, Node) and not kid.kids and kid.kind not in _KEEP:
            continue
        kept.append(kid)
    root.kids = kept
