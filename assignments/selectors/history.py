"""Events of an assignment in words: one formatter for each type (decision A14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import Organisation
from assignments.models import Answer, Assignment, Remark
from assignments.selectors.links import document_url
from assignments.states import number_word
from core import formatting as fmt
from core.actor import Actor
from core.calendars import working_days_between
from core.errors import Text
from core.models import Audience, Event
from core.visuals import parts
from governance.models import Origin, SteeringDocument

DOCUMENTS = "dokumenter"
DEADLINES = "frister"
_DOCUMENT_TYPES = (
    "assignment.given",
    "assignment.changed_by_letter",
    "assignment.registration_corrected",
    "assignment.withdrawn",
    "assignment.lapsed",
    "assignment.kept",
    "answer.given",
    "answer.registered",
)
_DEADLINE_TYPES = ("deadline.decided", "deadline.wanted", "deadline.request_declined", "assignment.given")
#: Saved again and again while writing; the passport tells of what was shared.
_SILENT = ("status.saved",)


@dataclass(frozen=True)
class Told:
    """An event in words, before who and when are added."""

    icon: str
    title: str
    details: Sequence[str] = ()
    link: parts.Link | None = None


@dataclass(frozen=True)
class Sources:
    """What the formatters look things up in, fetched once for all events."""

    assignment: Assignment
    organisations: Mapping[UUID, str]
    documents: Mapping[str, SteeringDocument]
    answers: Mapping[str, Answer]
    remarks: Mapping[str, Remark]

    def document(self, event: Event) -> parts.Link | None:
        """The document an event names, when the reader may open it."""
        found = self.documents.get(str(event.after.get("document") or ""))
        if found is None:
            return None
        return parts.Link(document_words(found), document_url(found.uuid))


def document_words(document: SteeringDocument) -> str:
    """ "Tildelingsbrev, dok. 25/4127-1" as far as the numbers are known."""
    number = "-".join(part for part in (document.case_number, document.document_number) if part)
    return _("%(title)s, dok. %(number)s") % {"title": document.title, "number": number} if number else document.title


def visible_events(assignment: Assignment, actor: Actor) -> list[Event]:
    """Shared events, and the internal ones of the actor's own organisation; newest first.

    Internal events of the other side are absent, also from every count (ui.md 6).
    """
    rows = Event.objects.filter(
        Q(audience=Audience.SHARED) | Q(organisation=actor.organisation, organisation__isnull=False),
        subject=assignment.uuid,
    ).exclude(type__in=_SILENT)
    return list(rows.order_by("-at", "-id"))


def history(assignment: Assignment, actor: Actor, day: date, only: str = "") -> tuple[list[parts.Event], int]:
    """The events in words, and how many there are in all. ``only``: documents or deadlines."""
    events = visible_events(assignment, actor)
    kept = {DOCUMENTS: _DOCUMENT_TYPES, DEADLINES: _DEADLINE_TYPES}.get(only)
    listed = [event for event in events if kept is None or event.type in kept]
    sources = _sources(assignment, listed, actor, day)
    return [_line(group, sources) for group in _together(listed)], len(_together(events))


def _together(events: Sequence[Event]) -> list[list[Event]]:
    """Deadlines of several deliveries decided at once are one line; every other event is its own."""
    groups: list[list[Event]] = []
    for event in events:
        last = groups[-1][0] if groups else None
        same = (
            last is not None
            and event.type == last.type == "deadline.decided"
            and (event.at, event.actor_user_id) == (last.at, last.actor_user_id)
            and event.after.get("basis") == last.after.get("basis")
            and event.after.get("document") == last.after.get("document")
        )
        if same:
            groups[-1].append(event)
        else:
            groups.append([event])
    return groups


def _sources(assignment: Assignment, events: Sequence[Event], actor: Actor, day: date) -> Sources:
    named = {str(value) for event in events if (value := event.after.get("document"))}
    bodies = {event.organisation for event in events if event.organisation}
    documents = SteeringDocument.objects.visible_to(actor, day).filter(uuid__in=named).for_list()
    answers = Answer.objects.filter(delivery__assignment=assignment).prefetch_related("files")
    remarks = Remark.objects.visible_to(actor, day).filter(assignment=assignment)
    return Sources(
        assignment=assignment,
        organisations={row.uuid: row.short for row in Organisation.objects.filter(uuid__in=bodies)},
        documents={str(row.uuid): row for row in documents},
        answers={str(row.uuid): row for row in answers},
        remarks={str(row.uuid): row for row in remarks},
    )


def _line(group: Sequence[Event], sources: Sources) -> parts.Event:
    event = group[0]
    told = FORMATTERS.get(event.type, _plain)(event, sources)
    if len(group) > 1:
        told = replace(told, title=_several(group))
    internal = event.audience == Audience.INTERNAL
    organisation = sources.organisations.get(event.organisation, "") if event.organisation else ""
    who = ", ".join(part for part in (event.actor_name, organisation) if part)
    details = [_("Internt i %(org)s") % {"org": organisation}] if internal else []
    details += [*told.details, *([event.reason] if event.reason and event.type != "remark.added" else []), who]
    return parts.Event(
        day=fmt.full_date(event.at.astimezone(fmt.OSLO).date()),
        icon=told.icon,
        title=told.title,
        details=" · ".join(part for part in details if part),
        link=told.link,
        internal=internal,
    )


def _plain(event: Event, sources: Sources) -> Told:
    return Told("file-text", event.type)


def _given(event: Event, sources: Sources) -> Told:
    written = event.after.get("document_date")
    link = sources.document(event)
    title = _("Gitt i %(document)s") % {"document": link.label} if link else _("Gitt i brev")
    registered = event.after.get("origin") == Origin.REGISTERED
    details = []
    if written:
        details.append(_("brevet er datert %(date)s") % {"date": fmt.full_date(date.fromisoformat(written))})
    if registered:
        details.append(_("registrert fra brev sendt utenfor systemet"))
    return Told("file-text", title, details, parts.Link(_("Åpne brevet"), link.url) if link else None)


def _received(event: Event, sources: Sources) -> Told:
    title = _("Mottatt av %(agency)s") % {"agency": sources.assignment.responsible.short}
    return Told("person-checkmark", title)


def _owner(event: Event, sources: Sources) -> Told:
    owner = event.after.get("owner") or ""
    title = _("Ansvarlig: %(name)s") % {"name": owner} if owner else _("Ansvarlig er tatt bort")
    return Told("person", title)


def _taken_over(event: Event, sources: Sources) -> Told:
    names = {"old": event.before.get("responsible", ""), "new": event.after.get("responsible", "")}
    return Told("branching", _("Ansvaret gikk fra %(old)s til %(new)s") % names)


def _shared(event: Event, sources: Sources) -> Told:
    number = event.after.get("version")
    latest = number == sources.assignment.shared_version
    details = [_("Gjeldende delte status")] if latest else []
    return Told("file-export", _("Status delt, versjon %(n)s") % {"n": number}, details)


def _answered(event: Event, sources: Sources) -> Told:
    answer = sources.answers.get(str(event.after.get("answer")))
    title = _("Leveranse %(n)s mottatt") % {"n": event.after.get("delivery")}
    count = int(event.after.get("files") or 0)
    details = [ngettext("%(n)s vedlegg", "%(n)s vedlegg", count) % {"n": count}] if count else []
    details += _timing(event)
    if event.type == "answer.registered":
        behalf = event.after.get("for")
        org = sources.organisations.get(event.organisation, "") if event.organisation else ""
        if behalf:
            details.append(_("registrert av %(org)s på vegne av %(for)s") % {"org": org, "for": behalf})
        else:
            details.append(_("sendt utenfor systemet"))
    link = None
    if answer is not None:
        words = _("Svar %(date)s") % {"date": fmt.full_date(answer.sent_on)}
        if answer.archive_reference:
            words = _("Svarbrev, dok. %(reference)s") % {"reference": answer.archive_reference}
        link = parts.Link(words, f"{reverse('assignments:passport', args=[sources.assignment.uuid])}#svar-{answer.pk}")
    return Told("inbox-down", title, details, link)


def _timing(event: Event) -> list[str]:
    sent, deadline = event.after.get("sent_on"), event.after.get("deadline")
    if not sent or not deadline:
        return []
    days = working_days_between(date.fromisoformat(deadline), date.fromisoformat(sent))
    if date.fromisoformat(sent) <= date.fromisoformat(deadline):
        return [_("innen fristen")]
    return [_("%(days)s etter fristen") % {"days": fmt.working_days(max(days, 1))}]


def _distributed(event: Event, sources: Sources) -> Told:
    names = {"n": event.after.get("delivery"), "department": event.after.get("department")}
    return Told("branching", _("Svar på leveranse %(n)s fordelt til %(department)s") % names)


def _assessment(pattern: Text, icon: str) -> Callable[[Event, Sources], Told]:
    def tell(event: Event, sources: Sources) -> Told:
        follow = event.after.get("follow_up")
        return Told(icon, str(pattern) % {"n": event.after.get("delivery")}, [follow] if follow else [])

    return tell


def _deadline(event: Event, sources: Sources) -> Told:
    after, before = event.after, event.before
    new = fmt.full_date(date.fromisoformat(after["deadline"])) if after.get("deadline") else _("settes i dialog")
    title = _("Frist satt for leveranse %(n)s: %(date)s") % {"n": after.get("delivery"), "date": new}
    details = []
    if before.get("unclear"):
        details.append(_("avklarer fristen i brevet"))
    elif before.get("deadline"):
        old = fmt.full_date(date.fromisoformat(before["deadline"]))
        details.append(_("erstatter %(date)s") % {"date": old})
    if after.get("decided_by") and after["decided_by"] != event.actor_name:
        details.append(_("besluttet av %(name)s") % {"name": after["decided_by"]})
    if after.get("basis"):
        details.append(str(after["basis"]))
    return Told("calendar", title, details, sources.document(event))


def _several(group: Sequence[Event]) -> str:
    days = [date.fromisoformat(event.after["deadline"]) for event in group if event.after.get("deadline")]
    names = {"count": number_word(len(group)), "date": fmt.full_date(max(days)) if days else ""}
    return _("Frist satt: %(count)s leveranser, siste %(date)s") % names


def _wanted(event: Event, sources: Sources) -> Told:
    day = fmt.full_date(date.fromisoformat(event.after["wanted"]))
    names = {"n": event.after.get("delivery"), "date": day}
    return Told("clock", _("Ønsker ny frist for leveranse %(n)s: %(date)s") % names, [_("endrer ikke fristen")])


def _declined(event: Event, sources: Sources) -> Told:
    return Told("clock", _("Ny frist for leveranse %(n)s ble ikke gitt") % {"n": event.after.get("delivery")})


def _remark(event: Event, sources: Sources) -> Told:
    remark = sources.remarks.get(str(event.after.get("remark")))
    words = remark.text.splitlines()[0][:120] if remark else ""
    if event.audience == Audience.INTERNAL:
        return Told("padlock", _("Notat: %(words)s") % {"words": words} if words else _("Notat"))
    return Told("chat", _("Merknad: %(words)s") % {"words": words} if words else _("Merknad"))


def _parts(event: Event, sources: Sources) -> Told:
    names = [str(name) for name in event.after.get("parts") or []]
    lead = str(event.after.get("lead") or "")
    words = _("%(name)s leder det felles oppdraget") % {"name": lead} if lead else ""
    if not names:
        return Told("branching", words or _("Deltakere i det felles oppdraget er endret"))
    return Told(
        "branching", _("Deler opprettet for %(names)s") % {"names": fmt.listing(names)}, [words] if words else []
    )


def _joined(event: Event, sources: Sources) -> Told:
    return Told("branching", _("Koblet til felles oppdrag fra et tidligere brev"))


def _reader(pattern: Text) -> Callable[[Event, Sources], Told]:
    def tell(event: Event, sources: Sources) -> Told:
        why = event.after.get("why")
        return Told("eye", str(pattern) % {"name": event.after.get("reader", "")}, [why] if why else [])

    return tell


def _by_letter(event: Event, sources: Sources) -> Told:
    words = {
        "clarified": _("Presisert i %(title)s"),
        "moved": _("Fristen flyttet i %(title)s"),
        "withdrawn": _("Trukket i %(title)s"),
    }
    pattern = words.get(str(event.after.get("change")), _("Endret i %(title)s"))
    before = str(event.before.get("title") or "")
    details = (
        [_("het tidligere «%(title)s»") % {"title": before}] if before not in ("", sources.assignment.title) else []
    )
    title = pattern % {"title": event.after.get("document_title", "")}
    return Told("file-plus", title, details, sources.document(event))


def _corrected(event: Event, sources: Sources) -> Told:
    before = str(event.before.get("title") or "")
    details = [_("sto som «%(title)s»") % {"title": before}] if before not in ("", sources.assignment.title) else []
    return Told("pencil-writing", _("Registreringen er rettet etter brevet"), details, sources.document(event))


def _ended(pattern: Text, icon: str) -> Callable[[Event, Sources], Told]:
    def tell(event: Event, sources: Sources) -> Told:
        details = [_("er ingen godkjenning av innholdet")] if event.type == "assignment.closed" else []
        return Told(icon, str(pattern), details, sources.document(event))

    return tell


FORMATTERS: dict[str, Callable[[Event, Sources], Told]] = {
    "assignment.given": _given,
    "assignment.received": _received,
    "assignment.owner_set": _owner,
    "assignment.taken_over": _taken_over,
    "assignment.changed_by_letter": _by_letter,
    "assignment.registration_corrected": _corrected,
    "assignment.closed": _ended(gettext_lazy("Avsluttet"), "checkmark-circle"),
    "assignment.lapsed": _ended(gettext_lazy("Utgått"), "file"),
    "assignment.kept": _ended(
        gettext_lazy("Fortsetter, unntatt fra regelen om at eldre oppdrag utgår"), "arrow-forward"
    ),
    "assignment.withdrawn": _ended(gettext_lazy("Trukket"), "arrow-undo"),
    "assignment.replaced": _ended(gettext_lazy("Erstattet"), "file"),
    "status.shared": _shared,
    "answer.given": _answered,
    "answer.registered": _answered,
    "answer.distributed": _distributed,
    "delivery.taken_up": _assessment(gettext_lazy("Leveranse %(n)s tatt til vurdering"), "magnifying-glass"),
    "delivery.returned": _assessment(gettext_lazy("Leveranse %(n)s returnert"), "arrow-undo"),
    "delivery.assessed": _assessment(gettext_lazy("Leveranse %(n)s vurdert uten oppfølging"), "checkmark"),
    "delivery.followed_up": _assessment(gettext_lazy("Leveranse %(n)s følges opp"), "arrow-right"),
    "deadline.decided": _deadline,
    "deadline.wanted": _wanted,
    "deadline.request_declined": _declined,
    "remark.added": _remark,
    "joint.parts_named": _parts,
    "joint.joined": _joined,
    "reader.granted": _reader(gettext_lazy("Innsyn gitt til %(name)s")),
    "reader.revoked": _reader(gettext_lazy("Innsyn trukket for %(name)s")),
    "reader.asked": _reader(gettext_lazy("%(name)s ber om innsyn")),
}
