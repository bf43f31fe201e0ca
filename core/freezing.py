"""What was sent is frozen in the database itself (decision A15).

``frozen_self`` guards a document's own row, ``frozen_child`` every content row under it: insert, update
and delete are refused with SQLSTATE 23514 once the parent's ``frozen_at`` is set. The parent is read
FOR SHARE, so a row cannot slip in while another transaction is issuing. The function body is one and
the same for every table; the meta-test in tests/architecture checks that no content table lacks it.
"""

from __future__ import annotations

import pgtrigger

FROZEN_SELF = """
    IF OLD.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION 'row % of % is frozen', OLD.id, TG_TABLE_NAME USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

FROZEN_CHILD = """
    IF TG_OP <> 'INSERT' THEN
        SELECT frozen_at INTO parent_frozen FROM {parent} WHERE id = OLD.{column} FOR SHARE;
        IF parent_frozen IS NOT NULL THEN
            RAISE EXCEPTION '{parent} % is frozen', OLD.{column} USING ERRCODE = '23514';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT frozen_at INTO parent_frozen FROM {parent} WHERE id = NEW.{column} FOR SHARE;
        IF parent_frozen IS NOT NULL THEN
            RAISE EXCEPTION '{parent} % is frozen', NEW.{column} USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
"""


def frozen_self() -> pgtrigger.Trigger:
    """Refuse update and delete of a row whose own ``frozen_at`` is set."""
    return pgtrigger.Trigger(
        name="frozen_self",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=FROZEN_SELF,
    )


def frozen_child(parent: str, column: str) -> pgtrigger.Trigger:
    """Refuse every change of a row under a frozen parent; ``parent`` is a table, ``column`` the foreign key."""
    return pgtrigger.Trigger(
        name="frozen_child",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("parent_frozen", "timestamptz")],
        func=FROZEN_CHILD.format(parent=parent, column=column),
    )


def append_only() -> pgtrigger.Trigger:
    """Rows that are only ever inserted."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def keep() -> pgtrigger.Trigger:
    """Rows that are never deleted."""
    return pgtrigger.Protect(name="keep", operation=pgtrigger.Delete)


def settled(field: str, open_value: str) -> pgtrigger.Trigger:
    """Rows that change until they are decided, and never after."""
    return pgtrigger.Protect(
        name="settled", operation=pgtrigger.Update, condition=~pgtrigger.Q(**{f"old__{field}": open_value})
    )
