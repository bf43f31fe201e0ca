"""What a supplement can do with a row in force, by its type."""

from __future__ import annotations

from governance.items import Item

MOVE, WITHDRAW, REPLACE, AMOUNT = "move", "withdraw", "replace", "amount"
#: Rows with a date of their own that can be moved, and the field it stands in.
DATED = {"calendar": "date", "reporting": "due", "enclosure": "expected_on"}
#: Rows whose change may count from a later day than the letter: nothing is followed up per day above them.
LATER_DAY = ("goal", "parameter", "key_figure", "budget_line", "authorisation", "common_directive")


def possible(item: Item) -> tuple[str, ...]:
    """What can be done with a row of this type."""
    if item.key == "budget_line":
        return (AMOUNT, REPLACE, WITHDRAW)
    if item.key == "assignment" and item.data.get("deliveries"):
        return (MOVE, REPLACE, WITHDRAW)
    return (MOVE, REPLACE, WITHDRAW) if item.data.get(DATED.get(item.key, "")) else (REPLACE, WITHDRAW)
