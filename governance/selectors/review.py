"""The review page of an import: text to the left, rows to the right (ui picture 03)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.visuals.parts import Action, Finding, Link, Step
from governance.contexts import (
    AccountPart,
    Choice,
    ImportReview,
    PassageLine,
    ReviewGroup,
    ReviewRow,
    Span,
)
from governance.intake.acts import words
from governance.intake.deliveries import live
from governance.intake.kinds import KINDS, WITH_TEXT
from governance.intake.lines import KINDS as LINE_KINDS
from governance.intake.row_words import meta_of, number_of, passages_words, title_of
from governance.models import DocumentImport, ImportRow, ImportState, RowState
from governance.selectors.citations import import_link
from governance.selectors.import_compare import compare_link
from governance.selectors.imports import import_head, steps
from governance.selectors.review_beside import findings_beside

BAR = 260
GONE = (RowState.PROSE, RowState.MERGED)
_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-zæøå])")
_SPACE = re.compile(r"\s+")
#: what the reader calls a field → the small label on the marked words, and its tone
LABELS: dict[str, tuple[str | Promise, str]] = {
    "nummer": (gettext_lazy("nummer"), ""),
    "avdeling": (gettext_lazy("avdeling"), ""),
    "tittel": (gettext_lazy("tittel"), ""),
    "frist": (gettext_lazy("frist, slik den står"), "brand2"),
    "dato": (gettext_lazy("dato, slik den står"), ""),
    "beløp": (gettext_lazy("beløp, slik det står"), ""),
    "regel": (gettext_lazy("regel"), ""),
}


@dataclass(frozen=True)
class Choosing:
    """What the address says: the chosen row, kind, pane, and whether all fields are shown."""

    row: str = ""
    kind: str = ""
    pane: str = "rows"
    whole: bool = False
    form: object | None = None


@dataclass
class Sheet:
    """The import's rows and passages, worked out once for the page."""

    found: DocumentImport
    rows: Sequence[ImportRow]
    choosing: Choosing
    by_passage: dict[int, ImportRow] = field(default_factory=dict)
    beside: dict[str, list[Finding]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Which row each passage belongs to: the first that rests on it, unsure rows before others."""
        for row in sorted(self.rows, key=lambda row: row.state != RowState.UNSURE):
            for ordinal in row.passages:
                self.by_passage.setdefault(ordinal, row)

    @property
    def unsure(self) -> list[ImportRow]:
        """Rows somebody must decide on."""
        return [row for row in self.rows if row.state == RowState.UNSURE]

    def address(self, **changes: str) -> str:
        """This page with another row or kind chosen."""
        query = {"rad": self.choosing.row, "slag": self.choosing.kind, **changes}
        text = "&".join(f"{name}={value}" for name, value in query.items() if value)
        return f"{reverse('governance:import_review', args=[self.found.uuid])}?{text}"

    def row_address(self, row: ImportRow) -> str:
        """Choose a row; below 900 px the rows are shown."""
        return f"{self.address(rad=str(row.uuid))}#rad-{row.uuid}"


def review_page(*, found: DocumentImport, rows: Sequence[ImportRow], choosing: Choosing) -> ImportReview:
    """Everything on the page. ``rows`` are the import's live rows, in order."""
    sheet = Sheet(found, rows, choosing)
    sheet.beside, findings = findings_beside(found, rows)
    unsure = len(sheet.unsure)
    locked = (
        ngettext("%(n)s usikker rad må avgjøres først", "%(n)s usikre rader må avgjøres først", unsure) % {"n": unsure}
        if unsure
        else ""
    )
    return ImportReview(
        head=import_head(found),
        steps=steps(found, ImportState.REVIEW),
        accounted=_accounted(sheet),
        parts=_parts(sheet),
        ready=_("%(ready)s av %(all)s rader klare") % {"ready": len(rows) - unsure, "all": len(rows)},
        unsure=ngettext("%(n)s usikker", "%(n)s usikre", unsure) % {"n": unsure} if unsure else "",
        findings=Link(
            ngettext("%(n)s funn", "%(n)s funn", findings) % {"n": findings},
            reverse("governance:import_findings", args=[found.uuid]),
        )
        if findings
        else None,
        citations=import_link(found),
        compare=compare_link(found),
        passages=[_passage(sheet, passage) for passage in found.passages],
        kinds=_kinds(sheet),
        groups=_groups(sheet),
        locked=locked,
        next_unsure=_next_unsure(sheet),
        onward=Action(
            _("Videre til «Om brevet»"),
            reverse("governance:import_details", args=[found.uuid]),
            primary=not choosing.row,
        ),
        pane=choosing.pane,
        text_url=f"{sheet.address()}&vis=tekst",
        rows_url=f"{sheet.address()}&vis=rader",
        lang="nn" if str((found.facts.get("language") or {}).get("value")) == "nn" else "",
        undo=Action(_("Angre"), reverse("governance:import_undo", args=[found.uuid]), post=True),
    )


# ---- the bar and the chips ----
def kind_on_page(sheet: Sheet, passage: Mapping[str, Any]) -> str:
    """Structured, prose, furniture or unsure: what became of a passage."""
    if passage["kind"] == "furniture":
        return "furniture"
    row = sheet.by_passage.get(passage["ordinal"])
    if row is not None:
        return "unsure" if row.state == RowState.UNSURE else "structured"
    rested_on = sheet.found.facts.get("rested_on") or ()
    return "structured" if passage["kind"] == "structured" and passage["ordinal"] not in rested_on else "prose"


def _accounted(sheet: Sheet) -> str:
    """Passages that are in a row, prose or page furniture, of all; and lines of the file that are in no passage."""
    kinds = ("structured", "unsure", "prose", "furniture")
    counted = sum(1 for passage in sheet.found.passages if kind_on_page(sheet, passage) in kinds)
    words = _("%(n)s av %(all)s avsnitt gjort rede for") % {"n": counted, "all": len(sheet.found.passages)}
    lost = len(sheet.found.coverage.get("lost") or ())
    if lost:
        words += ngettext(", %(n)s linje mangler", ", %(n)s linjer mangler", lost) % {"n": lost}
    return words


def _parts(sheet: Sheet) -> list[AccountPart]:
    counts = {"structured": 0, "prose": 0, "furniture": 0}
    for passage in sheet.found.passages:
        kind = kind_on_page(sheet, passage)
        counts["structured" if kind == "unsure" else kind] += 1
    total, made, x = max(len(sheet.found.passages), 1), [], 0
    texts = {"structured": _("%(n)s i rader"), "prose": _("%(n)s prosa"), "furniture": _("%(n)s topp- og bunntekst")}
    for kind, count in counts.items():
        width = round(BAR * count / total)
        made.append(AccountPart(kind, str(x), str(width), texts[kind] % {"n": count}))
        x += width
    return made


def _kinds(sheet: Sheet) -> list[Link]:
    chosen = sheet.choosing.kind
    chips = [Link(_("Alle"), sheet.address(slag="", rad=""), len(sheet.rows), current=not chosen)]
    if sheet.unsure:
        chips.append(Link(_("Usikre"), sheet.address(slag="usikre", rad=""), len(sheet.unsure), chosen == "usikre"))
    for kind, said in KINDS.items():
        count = sum(1 for row in sheet.rows if row.kind == kind)
        if count:
            chips.append(Link(said.plural, sheet.address(slag=kind, rad=""), count, current=chosen == kind))
    return chips


def _next_unsure(sheet: Sheet) -> Link | None:
    unsure = sheet.unsure
    if not unsure:
        return None
    chosen = [row for row in sheet.rows if str(row.uuid) == sheet.choosing.row]
    place = (list(KINDS).index(chosen[0].kind), chosen[0].ordinal) if chosen else (-1, -1)
    later = [row for row in unsure if (list(KINDS).index(row.kind), row.ordinal) > place]
    return Link(
        _("Neste usikre"),
        f"{sheet.address(rad=str((later or unsure)[0].uuid), slag='')}#rad-{(later or unsure)[0].uuid}",
    )


# ---- the rows ----
def _groups(sheet: Sheet) -> list[ReviewGroup]:
    chosen, groups = sheet.choosing.kind, []
    for kind, said in KINDS.items():
        rows = [
            row
            for row in sheet.rows
            if row.kind == kind and (chosen in ("", kind) or (chosen == "usikre" and row.state == RowState.UNSURE))
        ]
        if not rows:
            continue
        unsure = sum(1 for row in rows if row.state == RowState.UNSURE)
        note = ngettext("%(n)s rad", "%(n)s rader", len(rows)) % {"n": len(rows)}
        if unsure:
            note += ngettext(", %(n)s usikker", ", %(n)s usikre", unsure) % {"n": unsure}
        groups.append(ReviewGroup(said.plural, note, [_row(sheet, row) for row in rows]))
    return groups


def _row(sheet: Sheet, row: ImportRow) -> ReviewRow:
    chosen = str(row.uuid) == sheet.choosing.row
    border = next((doubt for doubt in row.doubts if doubt.get("borders")), None)
    unsure = row.state == RowState.UNSURE
    doubt = doubt_of(row)
    return ReviewRow(
        key=str(row.uuid),
        number=number_of(row),
        title=title_of(row),
        meta=meta_of(row),
        passages=passages_words(row.passages),
        url=sheet.row_address(row),
        state="unsure" if unsure else ("question" if doubt or row.data.get("unclear") else "ready"),
        chosen=chosen,
        question=_question(row, border) if unsure else "",
        choice=_choice(row) if unsure and border and row.kind in WITH_TEXT else None,
        choice_actions=_choice_actions(sheet.found, row) if unsure and border and row.kind in WITH_TEXT else (),
        remark_title=_remark_title(row, doubt) if chosen else "",
        remark=_remark(row, doubt) if chosen else "",
        form=sheet.choosing.form if chosen else None,
        findings=sheet.beside.get(str(row.uuid), ()),
        form_url=reverse("governance:import_row", args=[sheet.found.uuid, row.uuid]),
        version=row.version,
        buttons=_buttons(row, whole=sheet.choosing.whole) if chosen else (),
    )


def _buttons(row: ImportRow, *, whole: bool) -> list[tuple[str, str, str]]:
    first = ("godta", _("Godta rad"), "G")
    correct = ("lagre", _("Lagre rettingen"), "R") if whole else ("rett", _("Rett"), "R")
    rest = [("del", _("Del"), "D"), ("sammen", _("Slå sammen"), "S"), ("prosa", _("Gjør om til prosa"), "P")]
    back = (
        [("tilbake", _("Slik den ble lest"), "")] if row.state == RowState.CORRECTED and "data" in row.original else []
    )
    if len(row.passages) < 2:
        rest = rest[1:]
    if row.kind in WITH_TEXT:
        rest.append(("grense", _("Flytt grensen"), "B"))
    if row.kind == "assignment":
        rest.append(("leveranser", _("Leveranser"), "V"))
    if row.kind in LINE_KINDS:
        rest.append(("linje", _("Velg linje"), "L"))
    return [correct, *rest, *back] if whole else [first, correct, *rest, *back]


def _question(row: ImportRow, border: Mapping[str, Any] | None) -> str:
    if border is not None and row.kind in WITH_TEXT:
        return _("hvor slutter tittelen?")
    said = " ".join(str(doubt["sentence"]) for doubt in row.doubts)
    return f"{title_of(row)[:80]}. {said}"


def _choice(row: ImportRow) -> Choice:
    body = words(str(row.data.get(WITH_TEXT[row.kind], "")))
    return Choice(_("Tittel"), title_of(row), _("Tekst"), " ".join(body[:8]) + (" …" if len(body) > 8 else ""))


def _choice_actions(found: DocumentImport, row: ImportRow) -> list[Action]:
    return [
        Action(
            _("Grensen er riktig"),
            reverse("governance:import_row", args=[found.uuid, row.uuid]),
            post=True,
            fields=(("gjor", "riktig"), ("version", str(row.version))),
        ),
        Action(_("Flytt grensen"), reverse("governance:import_border", args=[found.uuid, row.uuid])),
    ]


def doubt_of(row: ImportRow) -> str:
    """Why the deadline of an assignment is under clarification; empty when it is not."""
    for delivery in live(row.data.get("deliveries")):
        if delivery.get("doubtful"):
            return str(delivery.get("doubt") or _("Fristen er satt under avklaring."))
    return ""


def _remark_title(row: ImportRow, doubt: str) -> str:
    if doubt:
        return _("Fristen kan være skrevet feil.")
    if row.data.get("unclear"):
        return _("Uavklart beløp.")
    return _("Se over dette.") if _said(row) else ""


def _said(row: ImportRow) -> str:
    return " ".join(str(doubt["sentence"]) for doubt in row.doubts if not doubt.get("borders"))


def _remark(row: ImportRow, doubt: str) -> str:
    if doubt:
        kept = _(
            "Den lagres slik den står, regnes ikke som forsinket, og endres bare av et svar eller et supplerende brev."
        )
        return doubt if kept in doubt or "slik den står" in doubt else f"{doubt} {kept}"
    return str(row.data.get("unclear_reason") or _said(row)) if row.data.get("unclear") else _said(row)


# ---- the text ----
def _passage(sheet: Sheet, passage: Mapping[str, Any]) -> PassageLine:
    row = sheet.by_passage.get(passage["ordinal"])
    chosen = row is not None and any(
        str(other.uuid) == sheet.choosing.row and passage["ordinal"] in other.passages for other in sheet.rows
    )
    shown = next((r for r in sheet.rows if str(r.uuid) == sheet.choosing.row), None) if chosen else None
    kind = kind_on_page(sheet, passage)
    return PassageLine(
        number=passage["ordinal"] + 1,
        spans=marked(passage, shown.spans) if shown else [Span(passage["plain"])],
        kind=kind,
        heading=passage["form"] == "heading" or bool(passage["level"]),
        chosen=chosen,
        url=sheet.row_address(shown or row) if row else _passage_address(sheet.found, passage, kind),
        key=str((shown or row).uuid) if row else "",
    )


def _passage_address(found: DocumentImport, passage: Mapping[str, Any], kind: str) -> str:
    if kind == "furniture":
        return ""
    return reverse("governance:import_passage", args=[found.uuid, passage["ordinal"]])


def _flowing(text: str) -> str:
    """The words as running text: a hyphen at a line's end joins, other line breaks are spaces."""
    return _SPACE.sub(" ", _HYPHEN.sub("", text))


def marked(passage: Mapping[str, Any], spans: Iterable[Mapping[str, Any]]) -> list[Span]:
    """The passage cut where fields begin and end, each piece with its small label."""
    start, text = passage["start"], passage["text"]
    inside = sorted(
        (span for span in spans if start <= span["start"] < passage["end"] and span["field"] in LABELS),
        key=lambda span: span["start"],
    )
    pieces, place = [], 0
    for span in inside:
        begin, end = span["start"] - start, min(span["end"] - start, len(text))
        if begin < place:
            continue
        if begin > place:
            pieces.append(Span(_flowing(text[place:begin])))
        label, tone = LABELS[span["field"]]
        pieces.append(Span(_flowing(text[begin:end]), label, tone))
        place = end
    if place < len(text):
        pieces.append(Span(_flowing(text[place:])))
    return pieces


__all__ = ["Choosing", "Step", "review_page"]
