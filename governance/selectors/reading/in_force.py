"""Gjeldende tekst: everything in force on a day, row by row or as running text, each with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Organisation, Succession
from core import formatting
from core.visuals.parts import Empty, Link, PageHead
from governance import links
from governance.consolidation import Consolidated, Entry, Source, post_totals
from governance.headings import numbered
from governance.items import ITEM_TYPES
from governance.models import SteeringDocument
from governance.selectors.instruction_note import InstructionNote, instruction_note
from governance.selectors.reading.scope import Reader, consolidated_for, crumbs, document_link, issued_seen
from governance.selectors.reading.words import RowLine, names_of, row_line
from governance.selectors.reading.year import MoneyTable, money_tables

ROWS, TEXT = "rader", "tekst"
#: What is read first; the rest follows in the order of the registry.
FIRST = ("assignment", "goal", "parameter", "key_figure")


@dataclass(frozen=True)
class Group:
    """Rows of one type; ``gone`` are those that were withdrawn or replaced."""

    key: str
    title: str
    rows: Sequence[RowLine]
    gone: Sequence[RowLine] = ()


@dataclass(frozen=True)
class TextLine:
    """A passage of the text in force. ``state`` says in words why it stands no more."""

    text: str
    level: int
    url: str
    lang: str = ""
    state: str = ""


@dataclass(frozen=True)
class TextBlock:
    """The running text of one document, as it stands."""

    link: Link
    dated: str
    lines: Sequence[TextLine]


@dataclass(frozen=True)
class DocumentLine:
    """A document the text is put together from."""

    link: Link
    kind: str
    since: str


@dataclass(frozen=True)
class InForcePage:
    """The page."""

    head: PageHead
    tabs: Sequence[Link]
    documents: Sequence[DocumentLine]
    groups: Sequence[Group]
    carried: Group | None
    money: Sequence[MoneyTable]
    columns: Sequence[str]
    text: Sequence[TextBlock]
    moments: Sequence[Link]
    instruction: InstructionNote | None
    empty: Empty | None
    lapsed: str = ""
    lineage: Sequence[tuple[str, Link | None]] = ()


@dataclass(frozen=True)
class Asked:
    """The day, what was known when, and how it is shown."""

    valid_on: date
    known_at: datetime | None = None
    view: str = ROWS
    letter: SteeringDocument | None = None

    def query(self, **changes: str) -> str:
        """The query string of the same question with something changed."""
        values = {"dato": self.valid_on.isoformat(), "kjent": self.known_at.date().isoformat() if self.known_at else "",
                  "vis": self.view}  # fmt: skip
        return "?" + "&".join(f"{name}={value}" for name, value in (values | changes).items() if value)


def in_force_page(reader: Reader, agency: Organisation, asked: Asked) -> InForcePage:
    """Everything on the page. The number of queries does not grow with the rows."""
    found = consolidated_for(reader, agency, asked.valid_on, known_at=asked.known_at, letter=asked.letter)
    shows_rows = asked.view == ROWS
    money, columns = _money(agency, found) if shows_rows else ([], [])
    note = instruction_note(asked.letter, reader.actor, reader.today) if asked.letter else _letter_note(reader, found)
    return InForcePage(
        head=_head(agency, found, asked),
        tabs=_tabs(agency, asked),
        documents=[_document(source) for source in found.documents if _counts(source, found)],
        groups=_groups(found, reader) if shows_rows else [],
        carried=_carried(found, reader) if shows_rows else None,
        money=money,
        columns=columns,
        text=[] if shows_rows else _text(found),
        moments=_moments(agency, found, asked),
        instruction=note,
        empty=None if found.rows or found.passages or found.carried else _empty(asked),
        lapsed=_lapsed(found),
        lineage=_lineage(reader, agency, asked),
    )


def _lineage(reader: Reader, agency: Organisation, asked: Asked) -> list[tuple[str, Link | None]]:
    """The bodies this one followed and those that follow it, each with its own text in force on its side of the day.

    Their letters are not mixed in: a letter binds the one it was sent to, and what was open was moved by name (A11).
    """
    rows = list(
        Succession.objects.filter(Q(predecessor=agency) | Q(successor=agency), date__lte=asked.valid_on)
        .select_related("predecessor", "successor")
        .order_by("date", "id")
    )
    others = {row.predecessor_id if row.successor_id == agency.pk else row.successor_id for row in rows}
    letters = issued_seen(reader).filter(recipient__in=others)
    seen = set(letters.values_list("recipient_id", flat=True)) if rows else set()
    found: list[tuple[str, Link | None]] = []
    for row in rows:
        follows = row.successor_id == agency.pk
        other = row.predecessor if follows else row.successor
        words = _("Følger %(name)s fra %(day)s.") if follows else _("%(name)s følger fra %(day)s.")
        day = row.date - timedelta(days=1) if follows else row.date
        url = f"{reverse('governance:in_force', args=[other.uuid])}?dato={day.isoformat()}"
        label = _("Gjeldende tekst %(day)s") % {"day": formatting.full_date(day)}
        said = words % {"name": other.name, "day": formatting.full_date(row.date)}
        found.append((said, Link(label, url) if other.pk in seen else None))
    return found


def _money(agency: Organisation, found: Consolidated) -> tuple[list[MoneyTable], list[str]]:
    totals = post_totals(found)
    return money_tables(agency, totals, totals.documents), [source.title for source in totals.documents]


def _counts(source: Source, found: Consolidated) -> bool:
    return source.family == "instruction" or source.year == found.valid_on.year or found.letter is not None


def _letter_note(reader: Reader, found: Consolidated) -> InstructionNote | None:
    """The note of the year's letter, when the instruction has changed since (R-03)."""
    letter = next((s for s in found.documents if s.family == "letter" and s.year == found.valid_on.year), None)
    if letter is None:
        return None
    document = SteeringDocument.objects.select_related("kind", "recipient", "issuer").get(pk=letter.id)
    note = instruction_note(document, reader.actor, reader.today)
    return note if note and note.differ else None


def address(agency: Organisation, asked: Asked) -> str:
    """The page of the agency, or of the letter."""
    if asked.letter is not None:
        return reverse("governance:in_force_letter", args=[asked.letter.uuid])
    return reverse("governance:in_force", args=[agency.uuid])


def _head(agency: Organisation, found: Consolidated, asked: Asked) -> PageHead:
    supplements = sum(source.family == "supplement" and _counts(source, found) for source in found.documents)
    words = [_("Slik det gjelder %(day)s") % {"day": formatting.full_date(asked.valid_on)}]
    if asked.known_at:
        words.append(_("slik det var kjent %(day)s") % {"day": formatting.full_date(asked.known_at.date())})
    words.append(
        ngettext("%(n)s supplerende brev er flettet inn", "%(n)s supplerende brev er flettet inn", supplements)
        % {"n": supplements}
        if supplements
        else _("ingen supplerende brev")
    )
    title = asked.letter.title if asked.letter else _("Gjeldende tekst")
    trail = crumbs(agency) if asked.letter else crumbs(agency)[:1]
    return PageHead(title=title if not asked.letter else _("Gjeldende tekst: %(title)s") % {"title": title},
                    overline=agency.name, lead=" · ".join(words), crumbs=trail)  # fmt: skip


def _tabs(agency: Organisation, asked: Asked) -> list[Link]:
    page = address(agency, asked)
    tabs = [
        Link(_("Rader"), page + asked.query(vis=ROWS), current=asked.view == ROWS),
        Link(_("Tekst"), page + asked.query(vis=TEXT), current=asked.view == TEXT),
    ]
    if asked.letter is None:
        year = asked.valid_on.year
        tabs += [
            Link(_("Bare endringer"), reverse("governance:changes_between", args=[agency.uuid])),
            Link(_("Årets brev"), reverse("governance:year_letters", args=[agency.uuid, year])),
        ]
    return tabs


def _document(source: Source) -> DocumentLine:
    since = _("gjelder fra %(day)s") % {"day": formatting.full_date(source.on)}
    return DocumentLine(document_link(source), source.kind, since)


def _groups(found: Consolidated, reader: Reader) -> list[Group]:
    by_key: dict[str, list[Entry]] = {}
    for entry in found.rows:
        by_key.setdefault(entry.item.key, []).append(entry)
    by_key.pop("budget_line", None)
    names = names_of(entry.item for entry in found.rows)
    pages = links.item_pages(reader.actor, [e.item.uuid for e in by_key.get("assignment", ())], reader.today)
    order = [*FIRST, *(key for key in ITEM_TYPES if key not in FIRST)]
    return [_group(key, by_key[key], names, pages) for key in order if key in by_key]


def _group(key: str, entries: Sequence[Entry], names: dict[str, str], pages: dict[UUID, str]) -> Group:
    lines = [row_line(entry, names, pages) for entry in entries]
    return Group(
        key=key,
        title=str(ITEM_TYPES[key].plural),
        rows=[line for line in lines if not line.state],
        gone=[line for line in lines if line.state],
    )


def _carried(found: Consolidated, reader: Reader) -> Group | None:
    if not found.carried:
        return None
    pages = links.item_pages(reader.actor, [entry.item.uuid for entry in found.carried], reader.today)
    names = names_of(entry.item for entry in found.carried)
    lines = [row_line(entry, names, pages) for entry in found.carried]
    return Group("carried", _("Oppdrag videreført fra tidligere år"), lines)


def _lapsed(found: Consolidated) -> str:
    rules = [s for s in found.documents if s.lapse_through_year and (s.year or 0) <= found.valid_on.year]
    if not rules or found.letter is not None:
        return ""
    rule = max(rules, key=lambda source: source.lapse_through_year or 0)
    return _("Oppdrag fra %(year)s og tidligere er utgått etter %(title)s, om ikke annet er avtalt.") % {
        "year": rule.lapse_through_year,
        "title": rule.title,
    }


def _text(found: Consolidated) -> list[TextBlock]:
    blocks = []
    for source in found.documents:
        lines = [_line(entry) for entry in found.passages if entry.source.id == source.id]
        if lines:
            blocks.append(TextBlock(document_link(source), formatting.full_date(source.dated or source.on), lines))
    return blocks


def _line(entry: Entry) -> TextLine:
    data = entry.item.data
    page = reverse("governance:document_text", args=[entry.source.uuid])
    state = ""
    if not entry.is_in_force:
        state = _("Gjelder ikke lenger, trukket") if entry.state == "withdrawn" else _("Gjelder ikke lenger, erstattet")
    words = str(data.get("text") or "")
    if data.get("heading_level"):
        words = numbered(words, str(data.get("section_number") or ""), str(data.get("chapter") or ""))
    return TextLine(
        text=" ".join(words.split()),
        level=int(data.get("heading_level") or 0),
        url=f"{page}?avsnitt={entry.item.uuid}#avsnitt-{entry.item.ordinal + 1}",
        lang="nn" if data.get("language") == "nn" else "",
        state=state,
    )


def _moments(agency: Organisation, found: Consolidated, asked: Asked) -> list[Link]:
    """The days on which the text changed, newest first, each a link to the text as it was then."""
    days = {source.on for source in found.documents if _counts(source, found)}
    days |= {change.on for entry in (*found.rows, *found.carried) for change in entry.changes}
    page = address(agency, asked)
    return [
        Link(formatting.full_date(day), page + asked.query(dato=day.isoformat()), current=day == asked.valid_on)
        for day in sorted(days, reverse=True)
    ]


def _empty(asked: Asked) -> Empty:
    day = formatting.full_date(asked.valid_on)
    return Empty(
        _("Ingen dokumenter i kraft"),
        _("Ingen instruks og ingen brev som du har tilgang til, gjelder %(day)s. Velg en annen dato.") % {"day": day},
    )
