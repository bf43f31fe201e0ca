"""Kinds of rows in an import, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CITATION = "citation"

#: group of the reader's draft → kind of row
KIND_BY_GROUP: dict[str, str] = {
    "goals": "goal",
    "parameters": "parameter",
    "key_figures": "key_figure",
    "assignments": "assignment",
    "budget_lines": "budget_line",
    "authorisations": "authorisation",
    "reporting": "reporting",
    "common_directives": "common_directive",
    "calendar": "calendar",
    "copy_rules": "copy_rule",
    "meeting_rules": "meeting_rule",
    "notice_duties": "notice_duty",
    "lock_rules": "lock_rule",
    "citations": CITATION,
}


@dataclass(frozen=True)
class KindWords:
    """The words for one kind: heading of its group, and one of them."""

    plural: str | Promise
    one: str | Promise


KINDS: dict[str, KindWords] = {
    "goal": KindWords(_("Mål"), _("mål")),
    "parameter": KindWords(_("Styringsparametere"), _("styringsparameter")),
    "key_figure": KindWords(_("Nøkkeltall"), _("nøkkeltall")),
    "assignment": KindWords(_("Oppdrag"), _("oppdrag")),
    "budget_line": KindWords(_("Budsjett"), _("budsjettlinje")),
    "authorisation": KindWords(_("Fullmakter"), _("fullmakt")),
    "reporting": KindWords(_("Rapporteringskrav"), _("rapporteringskrav")),
    "common_directive": KindWords(_("Fellesføringer"), _("fellesføring")),
    "calendar": KindWords(_("Kalender"), _("kalenderpost")),
    "copy_rule": KindWords(_("Kopiregler"), _("kopiregel")),
    "meeting_rule": KindWords(_("Møteregler"), _("møteregel")),
    "notice_duty": KindWords(_("Varslingsplikter"), _("varslingsplikt")),
    "lock_rule": KindWords(_("Låseregler"), _("låseregel")),
}

#: kinds whose long text hangs below the title, so that the border between them can be moved
WITH_TEXT: dict[str, str] = {
    "assignment": "body",
    "reporting": "text",
    "common_directive": "text",
    "authorisation": "text",
}
#: kinds whose text is the whole wording, title and all
WHOLE_WORDING = frozenset({"reporting", "common_directive", "authorisation"})
#: the field that names the row
NAME_FIELD: dict[str, str] = {
    "budget_line": "name", "authorisation": "title", "copy_rule": "text", "meeting_rule": "text", "lock_rule": "text",
}  # fmt: skip


def name_field(kind: str) -> str:
    """The field of ``data`` that names the row."""
    return NAME_FIELD.get(kind, "title")
