"""Rules about documents as a registry (domain section 8): each a small function with id, severity and sentence.

``checks.run(content)`` gives what is wrong. The same checks serve the import's review, the issue of a letter and
the page of open findings. A finding stops (F), must be acknowledged (A) or informs (I). Write a new rule as a
function in one of the modules here, decorated with :func:`governance.checks.registry.check`.
"""

from governance.checks import (
    calendar,
    deadlines,
    enclosures,
    form,
    instructions,
    lists,
    meetings,
    money,
    money_ledger,
    output,
    powers,
    references,
    supplement,
    year,
)
from governance.checks.content import Content, Row
from governance.checks.registry import REGISTRY, Found, run

__all__ = [
    "REGISTRY",
    "Content",
    "Found",
    "Row",
    "calendar",
    "deadlines",
    "enclosures",
    "form",
    "instructions",
    "lists",
    "meetings",
    "money",
    "money_ledger",
    "output",
    "powers",
    "references",
    "run",
    "supplement",
    "year",
]  # fmt: skip
