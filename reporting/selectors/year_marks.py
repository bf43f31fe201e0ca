"""Happenings as marks on timeline, wheel and month (pictures 02 and 07)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from core import formatting as fmt
from core.visuals.marks import Mark
from governance.models import DocumentState, SteeringDocument
from reporting.addresses import address
from reporting.selectors.happenings import ASSIGNMENT, MEETING, REPORT, Happening

LANES = {MEETING: "meetings", REPORT: "reports", ASSIGNMENT: "assignments"}
EXPECTED_GLYPHS = {
    "coming": "box",
    "received": "box-filled",
    "no_input": "box-minus",
    "excused": "box-slash",
    "not_asked": "box-dashed",
}
MOST_TOGETHER = 4


def chart_marks(rows: Iterable[Happening]) -> list[Mark]:
    """Marks with short words; several deliveries of one day in one state stand together."""
    marks, groups = [], defaultdict(list)
    for row in rows:
        if row.kind == ASSIGNMENT:
            groups[(row.day, row.done, row.late, row.clarify)].append(row)
        elif row.kind in LANES:
            marks.append(_mark(row, row.short))
    marks += [_mark(together[0], _together([row.short for row in together])) for together in groups.values()]
    return marks


def _together(names: list[str]) -> str:
    """TB2026-1, -2, -3 og 2 til."""
    if len(names) == 1:
        return names[0]
    stem = names[0].rpartition("-")[0]
    cut = [name.removeprefix(stem) if stem and name.startswith(stem) else name for name in names[1:MOST_TOGETHER]]
    words = ", ".join([names[0], *cut])
    more = len(names) - MOST_TOGETHER
    return _("%(names)s og %(n)s til") % {"names": words, "n": more} if more > 0 else words


def _mark(row: Happening, text: str) -> Mark:
    lane = LANES[row.kind]
    if row.late:
        return Mark(row.day, text, lane, "late", "danger", strong=True, url=row.url, state=_("forsinket"))
    if row.clarify:
        words = _("%(text)s, slik brevet sier") % {"text": text}
        return Mark(row.day, words, lane, "clarify", "brand2", strong=True, url=row.url, state=_("under avklaring"))
    state = str(row.badge.label).lower()
    if row.kind == MEETING:
        glyph, tone = ("dot", "ink") if row.done else ("dot-open", "subtle")
    elif row.kind == REPORT:
        glyph, tone = EXPECTED_GLYPHS[row.state], "ink"
    else:
        glyph, tone = ("pentagon", "ink") if row.done else ("pentagon-open", "ink")
    return Mark(row.day, text, lane, glyph, tone, url=row.url, state=state)


def month_marks(rows: Iterable[Happening], *, name_agency: bool) -> list[Mark]:
    """Marks with the glyph and tone of the state, for the cells of a month."""
    marks = []
    for row in rows:
        words = row.number if row.kind == ASSIGNMENT else row.title
        if row.kind == MEETING:
            words = row.title.partition(" kl. ")[0]
        text = f"{row.agency}: {words}" if name_agency else words
        badge = row.badge
        at = f"{row.time.hour:02d}.{row.time.minute:02d}" if row.time else ""
        lane = LANES.get(row.kind, "meetings")
        marks.append(
            Mark(row.day, text, lane, badge.glyph, badge.tone, badge.strong, row.url, str(badge.label).lower(), at)
        )
    return marks


def letter_marks(documents: Iterable[SteeringDocument]) -> list[Mark]:
    """Letters on their date; drafts are dashed."""
    marks = []
    for document in documents:
        if document.document_date is None:
            continue
        draft = document.state == DocumentState.DRAFT
        text = _("%(title)s, utkast") % {"title": document.title} if draft else document.title
        name = "governance:draft" if draft else "governance:document"
        marks.append(
            Mark(
                document.document_date,
                text,
                "letters",
                "page-dashed" if draft else "page",
                url=address(name, document.uuid),
                state=_("utkast") if draft else fmt.full_date(document.document_date),
            )
        )
    return marks
