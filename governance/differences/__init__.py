"""What differs between two sets of rows and two texts: rows by identity, long text word by word (point 7).

Used by the comparison pages, by the merge of two people's edits, and by the marked diff of a file that comes back.
"""

from governance.differences.fields import FieldChange, field_changes
from governance.differences.passages import PassageDifference, compare_passages, compare_texts
from governance.differences.rows import Difference, compare_items, pair_items
from governance.differences.words import Segment, is_same, word_diff

__all__ = [
    "Difference", "FieldChange", "PassageDifference", "Segment", "compare_items", "compare_passages", "compare_texts",
    "field_changes", "is_same", "pair_items", "word_diff",
]  # fmt: skip
