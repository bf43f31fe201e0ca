"""What is in force on a day, as it was known at a moment: instruction, letter and supplements folded (K3, A2, A4)."""

from governance.consolidation.canonical import canonical
from governance.consolidation.folding import fold
from governance.consolidation.gather import in_force, passages_of, year_documents
from governance.consolidation.records import Applied, ChangeRow, Consolidated, Entry, Source, State
from governance.consolidation.totals import PostTotal, Sums, YearTotals, post_totals

__all__ = [
    "Applied", "ChangeRow", "Consolidated", "Entry", "PostTotal", "Source", "State", "Sums", "YearTotals",
    "canonical", "fold", "in_force", "passages_of", "post_totals", "year_documents",
]  # fmt: skip
