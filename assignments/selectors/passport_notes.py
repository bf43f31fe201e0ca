"""The boxes of the passport: what is shared, and what stays inside one organisation."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from assignments import rights
from assignments.models import (
    Assignment,
    Remark,
    StatusDraft,
    StatusVersion,
)
from assignments.rights import Powers, Side
from core import formatting as fmt
from core.actor import Actor
from core.visuals.parts import Link, Note


def address(name: str, assignment: Assignment) -> str:
    """The address of one of the passport's own pages."""
    return reverse(f"assignments:{name}", args=[assignment.uuid])


def shared_box(assignment: Assignment) -> Note:
    """The latest shared status, as both sides see it."""
    version = StatusVersion.objects.filter(assignment=assignment).order_by("-number").first()
    title, both = _("Delt status"), _both(assignment)
    if version is None:
        return Note(title, _("%(agency)s har ikke delt noen status ennå.") % {"agency": assignment.responsible.short})
    audience = _("Delt av %(agency)s %(date)s, versjon %(n)s. %(both)s ser dette.") % {
        "agency": assignment.responsible.short,
        "date": fmt.full_date(version.shared_at.astimezone(fmt.OSLO).date()),
        "n": version.number,
        "both": both,
    }
    progress = version.get_progress_display()
    byline = progress
    if version.expected_on:
        byline = _("%(progress)s. Forventet ferdig: %(date)s") % {
            "progress": progress,
            "date": fmt.full_date(version.expected_on),
        }
    links = []
    if version.number > 1:
        words_ = _("Endret siden versjon %(n)s") % {"n": version.number - 1}
        links.append(Link(words_, address("versions", assignment)))
    return Note(title, audience, version.text, byline, shared=True, links=links)


def _both(assignment: Assignment) -> str:
    names = [assignment.issuer.short, assignment.responsible.short]
    if assignment.joint:
        own = {assignment.issuer_id, assignment.responsible_id}
        names += [
            row.organisation.short
            for row in assignment.joint.parts.all()
            if row.organisation and row.organisation_id not in own
        ]
    return fmt.listing(names)


def draft_box(assignment: Assignment, powers: Powers) -> Note | None:
    """The agency's own status, not shared yet; None for the other side."""
    if not rights.may_see_own_work(powers, assignment):
        return None
    title = _("Internt i %(org)s") % {"org": assignment.responsible.short}
    audience = _("%(issuer)s ser ikke dette før status deles.") % {"issuer": assignment.issuer.short}
    links = []
    if rights.may_write_status(powers, assignment) and assignment.closed_at is None:
        links.append(Link(_("Skriv status"), address("status", assignment)))
    draft = StatusDraft.objects.select_related("edited_by").filter(assignment=assignment).first()
    if draft is None:
        return Note(title, audience, _("Ingen status er skrevet."), shared=False, links=links)
    saved = _("%(progress)s. Lagret %(when)s av %(name)s") % {
        "progress": draft.get_progress_display(),
        "when": fmt.moment(draft.edited_at or draft.updated_at),
        "name": draft.edited_by or "",
    }
    return Note(title, audience, draft.text, saved, shared=False, links=links)


def internal_box(assignment: Assignment, actor: Actor, powers: Powers, today: date) -> Note | None:
    """The latest internal remark of one's own side."""
    if not rights.may_remark(powers, assignment):
        return None
    own, other = assignment.issuer, assignment.responsible
    if powers.side is Side.AGENCY:
        own, other = other, own
    title = _("Notater i %(org)s") if powers.side is Side.AGENCY else _("Internt i %(org)s")
    audience = _("%(other)s ser ikke dette, verken på siden, i e-post eller i utskrift.") % {"other": other.short}
    links = [Link(_("Skriv internt notat"), address("remark", assignment))]
    rows = Remark.objects.visible_to(actor, today).filter(assignment=assignment, audience="internal")
    latest = rows.order_by("-id").first()
    if latest is None:
        return Note(title % {"org": own.short}, audience, shared=False, links=links)
    byline = f"{latest.author_name}, {fmt.full_date(latest.at.astimezone(fmt.OSLO).date())}"
    return Note(title % {"org": own.short}, audience, latest.text, byline, shared=False, links=links)


def shared_remarks(assignment: Assignment, actor: Actor, today: date) -> list[Note]:
    """Remarks both sides see."""
    rows = Remark.objects.visible_to(actor, today).filter(assignment=assignment, audience="shared").order_by("-id")
    return [
        Note(
            _("Merknad"),
            _("Begge parter ser dette. En kommentar er ikke et styringssignal og endrer ingen frist."),
            row.text,
            f"{row.author_name}, {fmt.full_date(row.at.astimezone(fmt.OSLO).date())}",
        )
        for row in rows[:5]
    ]


def hidden_words(assignment: Assignment, powers: Powers) -> str:
    """What the page keeps from this reader, in one sentence."""
    if powers.side is Side.ISSUER:
        return _("%(agency)ss egne notater og udelte status vises ikke her.") % {"agency": assignment.responsible.short}
    if powers.side is Side.AGENCY:
        return _("%(issuer)ss interne notater vises ikke her.") % {"issuer": assignment.issuer.short}
    return _("Svar, vurderinger og interne notater vises bare for partene.")
