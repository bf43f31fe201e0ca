"""Which fields the form of each type of row has, in the order a person fills them in: shape only."""

from __future__ import annotations

from collections.abc import Mapping

#: fields of the row itself, in order
ROW_FIELDS: Mapping[str, tuple[str, ...]] = {
    "goal": ("reference", "level", "title", "body", "parent", "contributes_to"),
    "parameter": ("goal", "reference", "title", "kind", "unit", "direction"),
    "key_figure": ("goal", "reference", "title", "unit", "measures", "dimensions"),
    "assignment": (
        "title", "body", "goal", "department", "recipients", "standing", "change", "changes_reference", "restricted",
        "restricted_basis", "restricted_title", "restricted_by",
    ),
    "budget_line": (
        "kind", "chapter", "post", "name", "amount", "comment", "transferable", "financing_ministry",
        "assignment_item", "anchor", "unclear", "unclear_reason",
    ),
    "authorisation": (
        "title", "kind", "text", "limit", "valid_from", "valid_to", "bodies", "expense_posts", "income_posts",
    ),
    "calendar": (
        "kind", "title", "date", "date_text", "end_date", "time", "end_time", "place", "budget_year", "note",
    ),
    "reporting": (
        "reference", "title", "text", "when", "due", "due_text", "per_year", "goal", "calendar_item",
        "copy_to_auditor", "section",
    ),
    "common_directive": ("title", "text", "circular", "year"),
    "copy_rule": ("correspondence", "recipient", "simultaneous", "section"),
    "meeting_rule": ("kind", "minimum", "text", "section"),
    "notice_duty": ("title", "timing", "text", "section"),
    "lock_rule": ("correspondence", "exception", "decider", "text", "section"),
    "enclosure": ("title", "expected_on", "note"),
    "citation": ("kind", "text", "cited_date", "cited_document"),
    "replacement": ("replaced",),
}  # fmt: skip

#: fields of the children, in order
CHILD_FIELDS: Mapping[str, tuple[str, ...]] = {
    "targets": ("value", "unit", "baseline", "text"),
    "deliveries": (
        "part", "title", "product", "deadline_kind", "deadline", "deadline_time", "deadline_text", "per_year",
        "not_extendable", "tentative", "optional", "doubtful", "doubt",
    ),
    "splits": ("kind", "label", "amount", "assignment_item", "anchor"),
}  # fmt: skip

#: the fields that say whether a line of children holds anything; the rest only describe it
CHILD_CORE: Mapping[str, tuple[str, ...]] = {
    "targets": ("value", "baseline", "text"),
    "deliveries": ("part", "title", "deadline", "deadline_text", "per_year"),
    "splits": ("label", "amount"),
}

#: amounts typed in 1 000 kroner; other amounts are typed in whole kroner
THOUSANDS = {("budget_line", "amount"), ("splits", "amount")}

#: long texts and how many lines their box has
LONG: Mapping[str, int] = {
    "title": 2, "body": 8, "text": 5, "comment": 2, "note": 2, "exception": 2, "unclear_reason": 2, "doubt": 2,
}  # fmt: skip

#: long texts that are one line among children
SHORT_IN_CHILDREN = {"text", "title", "doubt"}

#: fields the action does not do without; the form does not call them optional, and leaves the sentence to the action
NEEDED: Mapping[str, tuple[str, ...]] = {
    "goal": ("level", "title"), "parameter": ("title",), "key_figure": ("title",), "assignment": ("title",),
    "budget_line": ("kind", "chapter", "post", "name", "amount"), "authorisation": ("title",),
    "calendar": ("kind", "title"), "reporting": ("title", "when"), "common_directive": ("title",),
    "copy_rule": ("correspondence", "recipient"), "meeting_rule": ("kind", "minimum"), "notice_duty": ("title",),
    "lock_rule": ("correspondence",), "enclosure": ("title",), "citation": ("text",), "replacement": ("replaced",),
}  # fmt: skip
