"""How an assignment and its deliveries are put in words: the same on page, in export and in documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from assignments.models import Assignment, Delivery, JointPart
from assignments.states import DELIVERED, OPEN, OUTSTANDING
from core import formatting as fmt
from core.calendars import working_days_between
from core.visuals import deadlines
from core.visuals.badges import Badge, badge_for
from core.visuals.deadlines import DeadlineFace
from core.visuals.parts import Tag
from governance.models import DeadlineKind

HIDDEN = "–"


def letter_words(delivery: Delivery) -> str:
    """The letter's deadline in few words: a date in full, or what the letter says instead of one."""
    if delivery.letter_deadline:
        return fmt.full_date(delivery.letter_deadline)
    words = {
        DeadlineKind.DIALOG.value: _("settes i dialog"),
        DeadlineKind.ONGOING.value: _("løpende"),
        DeadlineKind.IMMEDIATE.value: _("straks"),
    }
    written = delivery.letter_deadline_text.strip(" .")
    return words.get(delivery.letter_deadline_kind, "") or written or _("ingen")


def shown_title(assignment: Assignment, may_read: bool) -> str:
    """The title, or the words that stand for an exempt one."""
    return assignment.title if may_read else _("Unntatt offentlighet")


def is_late(delivery: Delivery, today: date) -> bool:
    """Past its current deadline, not answered, not under clarification."""
    dated = delivery.deadline is not None and delivery.deadline < today
    return dated and delivery.state in OUTSTANDING and not delivery.unclear


def next_delivery(rows: Iterable[Delivery]) -> Delivery | None:
    """The delivery whose deadline the list shows: the next outstanding one, else the last delivered."""
    listed = [row for row in rows if row.state != "cancelled"]
    outstanding = [row for row in listed if row.state in OUTSTANDING]
    dated = [row for row in outstanding if row.deadline and not row.unclear]
    if dated:
        return min(dated, key=lambda row: (row.deadline or date.max, row.ordinal))
    if outstanding:
        return next((row for row in outstanding if row.unclear), outstanding[0])
    done = [row for row in listed if row.deadline]
    return max(done, key=lambda row: (row.deadline or date.min, row.ordinal)) if done else next(iter(listed), None)


def delivery_face(assignment: Assignment, delivery: Delivery | None, today: date) -> DeadlineFace:
    """The deadline badge of one delivery, as the list shows it."""
    if delivery is None:
        return deadlines.without()
    if delivery.unclear and delivery.state in OUTSTANDING:
        since = _("siden %(date)s") % {"date": fmt.full_date(delivery.unclear_since or assignment.given_on)}
        third = _("i brevet: %(words)s") % {"words": letter_words(delivery)}
        return DeadlineFace(_("Under avklaring"), since, third, "brand2", "clarify", loud=True, glyph_first=True)
    if delivery.deadline is None:
        return _undated(assignment, delivery, today)
    words = letter_words(delivery)
    return deadlines.deadline_face(
        delivery.deadline,
        today=today,
        at=delivery.deadline_time,
        delivered_on=delivery.delivered_on if delivery.state in DELIVERED else None,
        fixed=delivery.not_extendable,
        in_letter="" if delivery.letter_deadline == delivery.deadline else words,
    )


def _undated(assignment: Assignment, delivery: Delivery, today: date) -> DeadlineFace:
    if delivery.state in DELIVERED and delivery.delivered_on:
        return DeadlineFace(_("Uten frist"), _("levert %(date)s") % {"date": fmt.day_month(delivery.delivered_on)})
    if delivery.letter_deadline_kind == DeadlineKind.DIALOG:
        return deadlines.in_dialog(assignment.given_on, today)
    if assignment.standing or delivery.letter_deadline_kind == DeadlineKind.ONGOING:
        return deadlines.standing()
    given = _("gitt %(date)s") % {"date": fmt.full_date(assignment.given_on)}
    return DeadlineFace(_("ikke satt"), given, _("i brevet: %(words)s") % {"words": letter_words(delivery)})


def delivery_note(delivery: Delivery, today: date) -> str:
    """What stands under the current deadline in the passport's table: distance, or how it was answered."""
    if delivery.state in DELIVERED and delivery.delivered_on:
        if delivery.deadline is None or delivery.delivered_on == delivery.deadline:
            return _("levert %(date)s") % {"date": fmt.day_month(delivery.delivered_on)}
        count = abs(working_days_between(delivery.deadline, delivery.delivered_on))
        late = delivery.delivered_on > delivery.deadline
        words = fmt.working_days(count)
        return _("levert %(days)s etter") % {"days": words} if late else _("levert %(days)s før") % {"days": words}
    if delivery.unclear:
        return _("under avklaring")
    if delivery.deadline is None:
        return ""
    return fmt.distance(delivery.deadline, today)


def delivery_title(delivery: Delivery) -> str:
    """What is to be delivered: title, part, or the kind of product."""
    title = delivery.title or delivery.part
    if title and delivery.part and delivery.part != title:
        return f"{delivery.part}: {title}"
    return title or delivery.get_product_display().capitalize()


def delivery_badge(delivery: Delivery) -> Badge:
    """The state of one delivery."""
    label = _("Bortfalt") if delivery.state == "cancelled" else ""
    return badge_for("delivery", "withdrawn" if label else delivery.state, label)


def assignment_badge(assignment: Assignment, rows: Iterable[Delivery]) -> Badge:
    """The status; a delivered assignment says how far the ministry has come with the answers."""
    if assignment.status != "delivered":
        return badge_for("assignment", assignment.status)
    states = {row.state for row in rows if row.state != "cancelled"}
    for code in ("delivered", "under_assessment", "followed_up"):
        if code in states:
            return badge_for("assignment", code, _("Fulgt opp") if code == "followed_up" else "")
    return badge_for("assignment", "assessed")


def joint_words(parts: Iterable[JointPart]) -> str:
    """ "Felles: Hdir leder, FHI"; without a lead only the names."""
    rows = sorted(parts, key=lambda part: (part.role != JointPart.Role.LEAD, part.pk))
    names = [
        _("%(name)s leder") % {"name": part_name(row)} if row.role == JointPart.Role.LEAD else part_name(row)
        for row in rows
    ]
    return _("Felles: %(names)s") % {"names": ", ".join(names)} if names else ""


def part_name(part: JointPart) -> str:
    """Short form of a body, or the name as the letter has it."""
    return part.organisation.short if part.organisation else part.name


def tags(assignment: Assignment, parts: Iterable[JointPart], wanted: date | None, letter_year: int) -> list[Tag]:
    """Properties shown under the title, at most three."""
    found = []
    if assignment.letter_year < letter_year and assignment.status in OPEN:
        found.append(Tag(_("Videreført fra %(year)s") % {"year": assignment.letter_year}, "arrow-forward", "plain"))
    if words := joint_words(parts):
        found.append(Tag(words, "person-group", "plain"))
    if wanted:
        found.append(Tag(_("Ønsker ny frist %(date)s") % {"date": fmt.day_month(wanted)}, "clock", "plain"))
    return found[:3]
