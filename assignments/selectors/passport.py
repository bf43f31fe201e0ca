"""The passport: everything about one assignment on one page, as one reader may see it (product K2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from assignments import rights
from assignments.contexts import AnswerLine, DeliveryRow, Passport, WishLine
from assignments.models import (
    Answer,
    AnswerFile,
    Assignment,
    DeadlineDecision,
    DeadlineRequest,
    Delivery,
)
from assignments.permissions import powers_on
from assignments.querysets import AssignmentQuerySet
from assignments.rights import Powers, Side
from assignments.selectors import history, letter, steps, words
from assignments.selectors.passport_notes import (
    address,
    draft_box,
    hidden_words,
    internal_box,
    shared_box,
    shared_remarks,
)
from assignments.states import OPEN
from core import formatting as fmt
from core.actor import Actor
from core.models import Event as DomainEvent
from core.visuals.deadlines import DeadlineFace
from core.visuals.meter import delivery_meter
from core.visuals.parts import Action, Link, PageHead, Tag, TwoDeadlines
from governance.selectors.money_links import money_of


def find(actor: Actor, day: date) -> AssignmentQuerySet:
    """The assignments a passport may be opened for, with what it joins in."""
    rows: AssignmentQuerySet = Assignment.objects.visible_to(actor, day).with_access(actor)
    return rows.select_related(
        "issuer",
        "responsible",
        "given_to",
        "department",
        "owner",
        "ministry_contact",
        "joint",
        "document",
        "document__kind",
        "item",
        "item__goal",
    ).prefetch_related("deliveries", "joint__parts__organisation")


def passport(assignment: Assignment, actor: Actor, today: date, *, only: str = "") -> Passport:
    """Put the passport together for one reader. ``only`` limits the events shown."""
    powers = powers_on(actor, assignment, today)
    if not powers.may_read:
        return _shell(assignment, powers)
    deliveries = list(assignment.deliveries.all())
    events, count = history.history(assignment, actor, today, only)
    next_steps = steps.next_steps(assignment, deliveries, powers, actor)
    overdue = sum(words.is_late(row, today) for row in deliveries) if _is_open(assignment) else 0
    shown = words.next_delivery(deliveries)
    text = letter.letter_text(assignment, actor, today)
    answers = _answers(assignment, powers)
    notes = (
        shared_box(assignment),
        draft_box(assignment, powers),
        internal_box(assignment, actor, powers, today),
        *shared_remarks(assignment, actor, today),
    )
    return Passport(
        head=_head(assignment, powers),
        badge=words.assignment_badge(assignment, deliveries),
        tags=_tags(assignment),
        meter=delivery_meter(
            delivered=assignment.delivered_count,
            total=assignment.delivery_count,
            late=overdue,
            next_on=shown.deadline if shown and not shown.unclear else None,
        ),
        letter=[row.text for row in text.paragraphs],
        letter_lang=next((row.lang for row in text.paragraphs if row.lang), ""),
        later=text.later,
        source=text.source,
        open_letter=Link(_("Åpne i brevet"), text.url) if text.url else None,
        deadlines=_deadlines(assignment, deliveries),
        deliveries=_rows(assignment, deliveries, powers, answers, today),
        deliveries_note=_deliveries_note(assignment, powers),
        answers=[line for row in deliveries for line in answers.get(row.pk, [])],
        notes=[note for note in notes if note is not None],
        hidden_note=hidden_words(assignment, powers),
        next_step=next_steps.primary,
        locked=next_steps.locked,
        actions=next_steps.actions,
        links=next_steps.links,
        facts=_facts(assignment, powers),  # type: ignore[arg-type]
        events=events,
        events_note=_("%(n)s, nyeste først") % {"n": count},
        event_links=_event_links(only),
        wishes=_wish_lines(assignment, powers),
        money=money_of(assignment.item.uuid if assignment.item else None, actor, today),
        clarify=assignment.unclear and _is_open(assignment),
        late=bool(overdue),
        print_note=_print_note(assignment, powers, today),
    )


def _is_open(assignment: Assignment) -> bool:
    return assignment.status in OPEN


def _head(assignment: Assignment, powers: Powers) -> PageHead:
    over = _("%(reference)s til %(agency)s") % {
        "reference": assignment.reference or _("Oppdrag uten nummer"),
        "agency": assignment.given_to.name,
    }
    crumbs = [Link(_("Oppdrag"), reverse("assignments:list"))]
    agency_list = reverse("assignments:list") + f"?virksomhet={assignment.responsible.uuid}"
    label = f"{assignment.responsible.short} {assignment.letter_year}"
    crumbs.append(Link(label, f"{agency_list}&brevar={assignment.letter_year}"))
    acts = []
    if powers.may_read:
        acts.append(Action(_("Last ned som PDF"), address("pdf", assignment), icon="file-pdf", post=True))
    if rights.may_remark(powers, assignment):
        acts.append(Action(_("Skriv melding"), address("remark", assignment) + "?til=begge", icon="chat"))
    return PageHead(
        title=words.shown_title(assignment, powers.may_read),
        overline=over,
        crumbs=crumbs,
        actions=acts,
        lang="nn" if assignment.document.language == "nn" and powers.may_read else "",
    )


def _shell(assignment: Assignment, powers: Powers) -> Passport:
    """Number, basis, responsible and archive reference: no title, text, deadline or history (decision B2)."""
    facts: list[tuple[object, ...]] = [
        (_("Gitt til"), assignment.given_to.name),
        (_("Hjemmel"), assignment.restricted_basis),
        (_("Saksnummer"), assignment.document.case_number or _("mangler")),
        (_("Fast id"), str(assignment.uuid)),
        (_("Innsyn"), "", Link(_("Hvem kan se dette?"), address("who", assignment))),
    ]
    ask = Action(_("Be om tilgang"), address("ask_access", assignment))
    actions = [ask]
    if rights.may_admit_readers(powers, assignment):
        actions.append(Action(_("Gi innsyn"), address("readers", assignment)))
    if rights.may_assign_owner(powers, assignment):
        actions.append(Action(_("Velg ansvarlig"), address("owner", assignment)))
    return Passport(
        head=_head(assignment, powers),
        exempt=True,
        facts=facts,  # type: ignore[arg-type]
        actions=actions,
        basis=assignment.restricted_basis,
    )


def _tags(assignment: Assignment) -> list[Tag]:
    parts_ = list(assignment.joint.parts.all()) if assignment.joint else []
    found = []
    if text := words.joint_words(parts_):
        found.append(Tag(text, "person-group", "plain"))
    goal = assignment.item.goal if assignment.item else None
    if goal is not None:
        found.append(Tag(f"{goal.reference} {goal.title}".strip(), tone="plain"))
    if assignment.department:
        found.append(Tag(_("Avd. %(code)s") % {"code": assignment.department.code}, tone="plain"))
    elif assignment.department_text:
        found.append(Tag(_("Avd. %(code)s") % {"code": assignment.department_text}, tone="plain"))
    if assignment.restricted:
        found.append(
            Tag(_("Unntatt offentlighet, %(basis)s") % {"basis": assignment.restricted_basis}, "padlock", "plain")
        )
    return found


def _deadlines(assignment: Assignment, deliveries: Sequence[Delivery]) -> TwoDeadlines | None:
    """The last delivery's two deadlines: what the letter said, and what holds now."""
    live = [row for row in deliveries if row.state != "cancelled"]
    if not live:
        return None
    last = max(live, key=lambda row: (row.deadline or row.letter_deadline or date.min, row.ordinal))
    decision = DeadlineDecision.objects.select_related("document").filter(delivery=last).order_by("-id").first()
    written = assignment.document.document_date
    note = _("%(title)s %(date)s") % {
        "title": assignment.document.kind.name_nb,
        "date": fmt.full_date(written) if written else "",
    }
    letter_says = words.letter_words(last)
    current = fmt.date_with_weekday(last.deadline) if last.deadline else _("ikke satt")
    if last.unclear:
        current = _("under avklaring")
    link = None
    if decision is None:
        current_note = _("Som i brevet.") if last.deadline else ""
    else:
        current_note = _("Besluttet %(date)s, %(basis)s") % {
            "date": fmt.full_date(decision.decided_on),
            "basis": decision.basis,
        }
    label = _("Gjeldende frist, siste leveranse") if len(live) > 1 else _("Gjeldende frist")
    return TwoDeadlines(_capital(letter_says), note, label, _capital(current), current_note, link)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rows(
    assignment: Assignment,
    deliveries: Sequence[Delivery],
    powers: Powers,
    answers: dict[int, list[AnswerLine]],
    today: date,
) -> list[DeliveryRow]:
    return [
        DeliveryRow(
            number=row.ordinal,
            title=words.delivery_title(row),
            in_letter=_short_letter(row),
            deadline=_face(row, today),
            badge=words.delivery_badge(row),
            link=_latest_answer(answers.get(row.pk, [])),
            links=steps.delivery_links(assignment, row, powers),
        )
        for row in deliveries
    ]


def _short_letter(row: Delivery) -> str:
    return _("i dialog") if row.letter_deadline_kind == "dialog" else words.letter_words(row)


def _latest_answer(lines: Sequence[AnswerLine]) -> Link | None:
    return Link(lines[-1].label, f"#{lines[-1].anchor}") if lines else None


def _face(row: Delivery, today: date) -> DeadlineFace:
    note = words.delivery_note(row, today)
    if words.is_late(row, today):
        return DeadlineFace(_current(row), note, tone="danger", glyph="late", loud=True)
    if row.unclear:
        return DeadlineFace(_current(row), "", tone="brand2", glyph="clarify", loud=True, glyph_first=True)
    return DeadlineFace(_current(row), note)


def _current(row: Delivery) -> str:
    if row.unclear:
        return _("Under avklaring")
    if row.deadline is None:
        return _("ikke satt")
    when = fmt.full_date(row.deadline)
    return f"{when} {fmt.clock(row.deadline_time)}" if row.deadline_time else when


def _answers(assignment: Assignment, powers: Powers) -> dict[int, list[AnswerLine]]:
    """Answers under each delivery; participants of a joint assignment see that there is one, not what it says."""
    if powers.side is Side.OTHER:
        return {}
    files = AnswerFile.objects.select_related("file")
    rows = (
        Answer.objects.filter(delivery__assignment=assignment)
        .select_related("registered_for", "organisation")
        .prefetch_related("assessments")
        .order_by("id")
    )
    named: dict[int, list[AnswerFile]] = {}
    for link in files.filter(answer__delivery__assignment=assignment).order_by("id"):
        named.setdefault(link.answer_id, []).append(link)
    found: dict[int, list[AnswerLine]] = {}
    for row in rows:
        found.setdefault(row.delivery_id, []).append(_answer_line(assignment, row, named.get(row.pk, [])))
    return found


def _answer_line(assignment: Assignment, row: Answer, links: Sequence[AnswerFile]) -> AnswerLine:
    details = [row.sender]
    if row.registered_for:
        details.append(
            _("registrert av %(name)s på vegne av %(agency)s")
            % {"name": row.registered_by_name, "agency": row.registered_for.short}
        )
    elif row.sent_outside:
        details.append(_("sendt utenfor systemet, registrert av %(name)s") % {"name": row.registered_by_name})
    if row.archive_reference:
        details.append(_("dok. %(reference)s") % {"reference": row.archive_reference})
    latest = list(row.assessments.all())[-1:]
    said = latest[0] if latest else None
    assessment = ""
    if said is not None:
        assessment = " · ".join(part for part in (said.get_result_display(), said.follow_up, said.reason) if part)
    return AnswerLine(
        anchor=f"svar-{row.pk}",
        label=_("Svar %(date)s") % {"date": fmt.full_date(row.sent_on)},
        details=" · ".join(details),
        text=row.text,
        files=[
            Link(link.file.name, reverse("assignments:answer_file", args=[assignment.uuid, link.uuid]))
            for link in links
        ],
        assessment=assessment,
    )


def _deliveries_note(assignment: Assignment, powers: Powers) -> str:
    counted = _("%(done)s av %(total)s levert") % {
        "done": assignment.delivered_count,
        "total": assignment.delivery_count,
    }
    if powers.side is Side.AGENCY:
        return counted
    agency = assignment.responsible.short
    return _("%(count)s, status slik %(agency)s har delt den") % {"count": counted, "agency": agency}


def _facts(assignment: Assignment, powers: Powers) -> list[tuple[object, ...]]:
    facts: list[tuple[object, ...]] = [(_("Gitt til"), assignment.given_to.name)]
    if assignment.responsible_id != assignment.given_to_id:
        facts.append((_("Ansvarlig"), assignment.responsible.name))
    if assignment.joint:
        facts.append((_("Deltar"), fmt.listing([_participant(row) for row in assignment.joint.parts.all()
                                               if row.assignment_id != assignment.pk])))  # fmt: skip
    if powers.side is Side.AGENCY:
        facts.append((_("Ansvarlig hos oss"), str(assignment.owner) if assignment.owner else _("ikke valgt")))
    received = DomainEvent.objects.filter(subject=assignment.uuid, type="assignment.received").order_by("-id").first()
    if received is not None:
        facts.append((_("Kontakt i %(org)s") % {"org": assignment.responsible.short}, received.actor_name))
    if assignment.ministry_contact:
        label = _("Kontakt i %(org)s") % {"org": assignment.issuer.short}
        facts.append((label, str(assignment.ministry_contact)))
    facts.append((_("Fast id"), str(assignment.uuid)))
    facts.append((_("Innsyn"), "", Link(_("Hvem kan se dette?"), address("who", assignment))))
    if assignment.restricted and rights.may_admit_readers(powers, assignment):
        facts.append((_("Lesere"), "", Link(_("Gi eller trekk innsyn"), address("readers", assignment))))
    return facts


def _participant(row: object) -> str:
    organisation: Organisation | None = row.organisation  # type: ignore[attr-defined]
    name = organisation.name if organisation else row.name  # type: ignore[attr-defined]
    if row.assignment_id is None:  # type: ignore[attr-defined]
        return _("%(name)s (eget brev ikke registrert)") % {"name": name}
    return str(name)


def _event_links(only: str) -> list[Link]:
    if only:
        return [Link(_("Alle hendelser"), "?#hendelser")]
    return [
        Link(_("Bare dokumenter"), f"?hendelser={history.DOCUMENTS}#hendelser"),
        Link(_("Bare frister"), f"?hendelser={history.DEADLINES}#hendelser"),
    ]


def _print_note(assignment: Assignment, powers: Powers, today: date) -> str:
    own = assignment.responsible if powers.side is Side.AGENCY else assignment.issuer
    return _("Oppdragspass, delt innhold per %(date)s. Interne notater i %(org)s er ikke med.") % {
        "date": fmt.full_date(today),
        "org": own.short,
    }


def _wish_lines(assignment: Assignment, powers: Powers) -> list[WishLine]:
    if powers.side is Side.OTHER:
        return []
    lines = []
    for row in wishes(assignment):
        actions = []
        if rights.may_decide_deadline(powers, row.delivery):
            args = [assignment.uuid, row.delivery.uuid]
            actions.append(Action(_("Flytt frist"), reverse("assignments:deadline", args=args)))
            refuse = reverse("assignments:decline", args=[assignment.uuid, row.uuid])
            actions.append(Action(_("Avslå"), refuse))
        title = _("Ønsker ny frist %(date)s, leveranse %(n)s") % {
            "date": fmt.full_date(row.wanted),
            "n": row.delivery.ordinal,
        }
        lines.append(WishLine(title, f"{row.reason} ({row.asked_by_name})", actions))
    return lines


def wishes(assignment: Assignment) -> list[DeadlineRequest]:
    """Wishes for another deadline that nobody has answered."""
    rows = DeadlineRequest.objects.select_related("delivery").filter(
        delivery__assignment=assignment, declined_at__isnull=True
    )
    return [row for row in rows if row.deadline_version == row.delivery.deadline_version]
