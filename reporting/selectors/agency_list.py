"""The list of agencies with how they stand this year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.querysets import organisations_with
from agencies.rights import Right
from assignments.models import Assignment
from core import formatting as fmt
from core.actor import Actor
from core.visuals.parts import Empty, PageHead
from reporting.addresses import address
from reporting.models import ExpectedDelivery


@dataclass(frozen=True)
class AgencyRow:
    """One agency: open assignments, late deliveries and reports, next date. Each count links to its rows."""

    name: str
    url: str
    number: str
    open: int
    open_url: str
    late: int
    late_url: str
    unclear: int
    expected: int
    expected_late: int
    expected_url: str


@dataclass(frozen=True)
class AgencyList:
    """The page."""

    head: PageHead
    rows: list[AgencyRow]
    empty: Empty


def governed_agencies(actor: Actor, day: date) -> Any:
    """Bodies whose year one may open: documents or assignments of theirs are seen by right."""
    seen = Q(pk__in=organisations_with(actor, Right.SEE_DOCUMENTS, day))
    seen |= Q(pk__in=organisations_with(actor, Right.SEE_ASSIGNMENTS, day))
    return Organisation.objects.filter(seen)


def agency_list(actor: Actor, today: date) -> AgencyList:
    """All agencies one sees, each with its counts, in three queries."""
    agencies = list(governed_agencies(actor, today).order_by("name"))
    opened = dict(
        Assignment.objects.visible_to(actor, today).open().order_by().values_list("responsible").annotate(n=Count("pk"))
    )
    late = dict(
        Assignment.objects.visible_to(actor, today)
        .late_on(today)
        .order_by()
        .values_list("responsible")
        .annotate(n=Count("pk"))
    )
    unclear = dict(
        Assignment.objects.visible_to(actor, today)
        .open()
        .filter(unclear=True)
        .order_by()
        .values_list("responsible")
        .annotate(n=Count("pk"))
    )
    expected = {
        agency: (coming, over)
        for agency, coming, over in ExpectedDelivery.objects.visible_to(actor, today)
        .filter(state="coming")
        .order_by()
        .values_list("agency")
        .annotate(coming=Count("pk"), over=Count("pk", filter=Q(due__lt=today)))
    }
    return AgencyList(
        head=PageHead(_("Virksomheter"), fmt.full_date(today)),
        rows=[
            _row(one, today, opened.get(one.pk, 0), late.get(one.pk, 0), unclear.get(one.pk, 0), expected.get(one.pk))
            for one in agencies
        ],
        empty=Empty(_("Ingen virksomheter"), _("Rollen din gjelder ingen virksomhet. Bytt rolle øverst til høyre.")),
    )


def _row(
    agency: Organisation, today: date, opened: int, late: int, unclear: int, expected: tuple[int, int] | None
) -> AgencyRow:
    coming, over = expected or (0, 0)
    return AgencyRow(
        name=agency.name,
        url=address("reporting:agency_year", agency.uuid, today.year),
        number=agency.short,
        open=opened,
        open_url=address("assignments:list", virksomhet=agency.uuid),
        late=late,
        late_url=address("assignments:list", virksomhet=agency.uuid, frist="late"),
        unclear=unclear,
        expected=coming,
        expected_late=over,
        expected_url=address("reporting:agency_year", agency.uuid, today.year, anchor="rapporter"),
    )
