"""Glyph, word and tone of every status (ui.md section 5). One table, used by page, mail and document.

Circles are the state of an assignment or delivery, squares an expected report or input. *Late* and *under
clarification* belong to a deadline and stand beside the status, never instead of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

NEUTRAL, ACCENT, DANGER, WARNING, SUCCESS, OPEN, INFO = (
    "neutral",
    "accent",
    "danger",
    "warning",
    "success",
    "brand2",
    "info",
)


@dataclass(frozen=True)
class Badge:
    """A glyph (name in static/img/glyphs.svg), its word, and the tone of the glyph.

    ``strong`` makes the word carry it.
    """

    glyph: str
    label: Text
    tone: str = NEUTRAL
    strong: bool = False


LATE = Badge("late", _("Forsinket"), DANGER, strong=True)
CLARIFY = Badge("clarify", _("Under avklaring"), OPEN, strong=True)
EXEMPT = Badge("lock", _("Unntatt offentlighet"))
INTERNAL = Badge("lock", _("Internt"))

ASSIGNMENT: dict[str, Badge] = {
    "draft": Badge("draft", _("Utkast")),
    "given": Badge("given", _("Gitt")),
    "not_started": Badge("given", _("Ikke begynt")),
    "received": Badge("received", _("Mottatt"), ACCENT),
    "in_progress": Badge("in-progress", _("I arbeid"), ACCENT),
    "delivered": Badge("delivered", _("Levert, ikke vurdert"), ACCENT),
    "under_assessment": Badge("assessing", _("Under vurdering"), ACCENT),
    "assessed": Badge("assessed", _("Vurdert uten oppfølging"), ACCENT),
    "followed_up": Badge("followed-up", _("Fulgt opp i nytt brev"), ACCENT),
    "returned": Badge("returned", _("Returnert"), WARNING),
    "closed": Badge("closed", _("Avsluttet"), SUCCESS),
    "standing": Badge("standing", _("Stående")),
    "lapsed": Badge("lapsed", _("Utgått")),
    "withdrawn": Badge("withdrawn", _("Trukket")),
    "replaced": Badge("replaced", _("Erstattet")),
    "cancelled": Badge("lapsed", _("Bortfalt")),
}

EXPECTED: dict[str, Badge] = {
    "coming": Badge("box", _("Kommer")),
    "received": Badge("box-check", _("Mottatt"), SUCCESS),
    "no_input": Badge("box-minus", _("Ingen innspill")),
    "excused": Badge("box-slash", _("Fritatt")),
    "not_asked": Badge("box-dashed", _("Ikke bedt om")),
    "late": LATE,
}

REPORT: dict[str, Badge] = {
    "open": Badge("box", _("Under arbeid"), ACCENT),
    "for_signature": Badge("box", _("Til signering"), ACCENT),
    "submitted": Badge("box-check", _("Sendt inn"), SUCCESS),
}

# How a goal, parameter or assignment is going, as the agency sees it.
OUTLOOK: dict[str, Badge] = {
    "on_track": Badge("closed", _("I rute"), SUCCESS),
    "at_risk": Badge("warn", _("Fare for avvik"), WARNING),
    "off_track": Badge("late", _("Avvik"), DANGER),
    "late": LATE,
    "met": Badge("closed", _("Innfridd"), SUCCESS),
    "done": Badge("closed", _("Ferdig"), SUCCESS),
    "partly_met": Badge("warn", _("Delvis innfridd"), WARNING),
    "not_met": Badge("late", _("Ikke innfridd"), DANGER),
}

# Reminders and mails.
MAIL: dict[str, Badge] = {
    "planned": Badge("box", _("Planlagt")),
    "queued": Badge("box", _("Venter")),
    "sending": Badge("box", _("Sendes"), ACCENT),
    "sent": Badge("box-check", _("Sendt"), SUCCESS),
    "uncertain": Badge("warn", _("Usikker"), WARNING),
    "failed": Badge("stop", _("Mislyktes"), DANGER),
    "bounced": Badge("returned", _("Kom i retur"), WARNING),
    "superseded": Badge("box-slash", _("Bortfalt")),
}

MEETING: dict[str, Badge] = {
    "planned": Badge("dot-open", _("Kommer")),
    "held": Badge("dot", _("Holdt")),
    "cancelled": Badge("withdrawn", _("Avlyst")),
    "moved": Badge("replaced", _("Flyttet")),
}

DOCUMENT: dict[str, Badge] = {
    "draft": Badge("page-dashed", _("Utkast")),
    "planned": Badge("page-dashed", _("Planlagt")),
    "issued": Badge("page", _("Utstedt")),
    "discarded": Badge("withdrawn", _("Forkastet")),
}

KINDS: dict[str, dict[str, Badge]] = {
    "assignment": ASSIGNMENT,
    "delivery": ASSIGNMENT,
    "expected": EXPECTED,
    "report": REPORT,
    "outlook": OUTLOOK,
    "mail": MAIL,
    "meeting": MEETING,
    "document": DOCUMENT,
}

# Findings: severity -> badge (V- and I-rules).
SEVERITY: dict[str, Badge] = {
    "stop": Badge("stop", _("Stopper"), DANGER),
    "warning": Badge("warn", _("Advarsel"), WARNING),
    "info": Badge("info", _("Til orientering"), INFO),
}


def badge_for(kind: str, code: str, label: str = "") -> Badge:
    """The badge of a status. A code the table does not know gets a plain ring and its own label or code.

    ``label`` overrides the word, for "Fulgt opp i supplerende brev nr. 2" or "Mottatt 30. jan.".
    """
    found = KINDS.get(kind, ASSIGNMENT).get(code) or Badge("given", label or code)
    return Badge(found.glyph, label, found.tone, found.strong) if label else found
