"""The bound of the letter's page: the same rows by hand-written SQL, put in the same template, and nothing else.

It stands behind the same middleware, session and visibility conditions; each of the latter is written out once for
every person, as one who writes SQL by hand would.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from benchmarks.bare_sql import Conditions, ask, by, conditions_of, label
from core import calendars, clock, formatting
from core.pages import PageRequest, page, signed_in
from core.visuals.deadlines import DeadlineFace
from core.visuals.parts import Action, Link, PageHead
from governance.models import (
    CalendarItem,
    Citation,
    CopyRule,
    DeliveryItem,
    ReportingRequirement,
    SteeringDocument,
)
from governance.selectors.content_lines import AssignmentLine, CalendarLine, DeliveryLine, GoalBlock, Line, MoneyLine


class _Letter:
    """The letter's rows, fetched table by table."""

    def __init__(self, key: int, uuid: UUID, conditions: Conditions, withheld: set[UUID]) -> None:
        self.key, self.text = key, reverse("governance:document_text", args=[uuid])
        self.withheld = withheld
        self.passages: dict[UUID, str] = {}
        self.conditions = conditions
        for row in ask(
            "select i.item, p.ordinal from governance_itempassage i join governance_passage p on p.id = i.passage_id "
            "where i.document_id = %s and i.field = '' order by p.ordinal", key,
        ):  # fmt: skip
            self.passages.setdefault(row.item, f"{self.text}?rad={row.item}#avsnitt-{row.ordinal + 1}")

    def rows(self, table: str, columns: str) -> list[Any]:
        """The rows of one table, in order."""
        sql = f"select id, uuid, {columns} from governance_{table} where document_id = %s order by ordinal, id"  # noqa: S608  ours
        return ask(sql, self.key)

    def line(self, row: Any, number: str, title: str, details: Sequence[str] = (), text: str = "") -> Line:
        """A row as the template wants it."""
        return Line(row.uuid, number, title, details, text, self.passages.get(row.uuid, ""))

    def content(self) -> dict[str, Any]:
        """All rows."""
        goals = self.rows("goal", "reference, title, level, contributes_to")
        authorised = self.rows("authorisation", 'title, text, "limit"')
        directives = self.rows("commondirective", "circular, title, text")
        return {
            "goals": self.goals(goals),
            "sector_goals": [],
            "assignments": self.assignments({goal.id: f"{goal.reference} {goal.title}" for goal in goals}),
            "budget": self.budget(),
            "authorisations": [
                self.line(row, "", row.title, [f"inntil {formatting.kroner(row.limit)}"] if row.limit else [], row.text)
                for row in authorised
            ],
            "requirements": self.requirements(),
            "calendar": self.calendar(),
            "directives": [self.line(row, row.circular, row.title, (), row.text) for row in directives],
            "citations": [
                self.line(row, "" if row.kind == "other" else label(Citation, "kind", row.kind), row.text)
                for row in self.rows("citation", "kind, text")
            ],
            "changes": ask(
                "select uuid, kind, text from governance_change where document_id = %s and kind <> 'add' "
                "and text <> '' order by ordinal, id", self.key,
            ),
        }  # fmt: skip

    def goals(self, goals: Sequence[Any]) -> list[GoalBlock]:
        """Goals with parameters and key figures."""
        targets = by(self.rows("target", "parameter_id, value, unit, text"), "parameter_id")
        parameters = by(self.rows("steeringparameter", "goal_id, reference, title"), "goal_id")
        figures = by(self.rows("keyfigure", "goal_id, reference, title, dimensions"), "goal_id")
        return [
            GoalBlock(
                goal.uuid, goal.reference, "hovedmål", goal.title, formatting.listing(goal.contributes_to),
                [self.line(row, row.reference, row.title, [t.text for t in targets[row.id]])
                 for row in parameters[goal.id]],
                [self.line(row, row.reference, row.title, row.dimensions) for row in figures[goal.id]],
            )
            for goal in goals
        ]  # fmt: skip

    def assignments(self, goals: dict[int, str]) -> list[AssignmentLine]:
        """Assignments with deliveries, and the page of each the person follows."""
        items = ask(
            "select i.id, i.uuid, i.reference, i.title, i.body, i.goal_id, i.recipients, i.restricted, "
            "i.restricted_basis, coalesce(d.code, i.department_text) as department from governance_assignmentitem i "
            "left join agencies_department d on d.id = i.department_id where i.document_id = %s "
            "order by i.ordinal, i.id", self.key,
        )  # fmt: skip
        seen, params = self.conditions["assignments"]
        pages = {
            row.item: reverse("assignments:passport", args=[row.uuid])
            for row in ask(
                "select i.uuid as item, a.uuid from assignments_assignment a join governance_assignmentitem i "  # noqa: S608  ours
                f"on i.id = a.item_id where i.document_id = %s and a.id in ({seen})", self.key, *params,
            )
        }  # fmt: skip
        deliveries = by(
            self.rows("deliveryitem", "assignment_item_id, part, anchor, product, deadline, deadline_text"),
            "assignment_item_id",
        )
        made = []
        for row in items:
            shell = row.uuid in self.withheld
            title, text, passage = row.title, row.body, self.passages.get(row.uuid, "")
            if shell:
                title, text, passage = "Unntatt offentlighet", "", ""
            made.append(
                AssignmentLine(
                    Line(row.uuid, row.reference, title, (), text, passage, pages.get(row.uuid, ""), row.restricted),
                    row.department, goals.get(row.goal_id, ""), [] if shell else row.recipients, "",
                    row.restricted_basis, [] if shell else [_delivery(each) for each in deliveries[row.id]],
                )
            )  # fmt: skip
        return made

    def budget(self) -> dict[str, Any]:
        """The budget table."""
        lines = self.rows("budgetline", "chapter, post, name, amount, total_after, kind, unclear")
        splits = by(self.rows("budgetsplit", "line_id, label, amount"), "line_id")
        top = max((abs(row.amount) for row in lines), default=0) or 1
        sides: dict[bool, list[MoneyLine]] = {False: [], True: []}
        for row in lines:
            details = [f"{split.label} {formatting.in_thousand_kroner(split.amount)}" for split in splits[row.id]]
            sides[3000 <= row.chapter <= 5999].append(
                MoneyLine(
                    row.uuid, f"{row.chapter}.{row.post:02d}", row.name, details, row.amount, row.amount,
                    row.total_after, "", str(max(1, round(46 * abs(row.amount) / top))),
                    self.passages.get(row.uuid, ""),
                )
            )  # fmt: skip
        return {
            "expenses": sides[False],
            "expense_sum": sum(row.amount for row in sides[False]),
            "incomes": sides[True],
            "income_sum": sum(row.amount for row in sides[True]),
            "is_change": any(row.kind == "change" for row in lines),
            "is_empty": not lines,
        }

    def requirements(self) -> list[Line]:
        """What is to be reported."""
        found = self.rows("reportingrequirement", 'reference, title, text, "when", due, copy_to_auditor')
        made = []
        for row in found:
            details = [label(ReportingRequirement, "when", row.when), formatting.date_with_weekday(row.due)]
            details += ["kopi til Riksrevisjonen samtidig"] if row.copy_to_auditor else []
            made.append(self.line(row, row.reference, row.title, details, row.text))
        return made

    def calendar(self) -> list[CalendarLine]:
        """The calendar."""
        return [
            CalendarLine(
                row.uuid, formatting.date_with_weekday(row.date), _off(row.date), row.place, row.title, row.note,
                label(CalendarItem, "kind", row.kind), self.passages.get(row.uuid, ""),
            )
            for row in sorted(self.rows("calendaritem", "date, place, title, note, kind"), key=lambda row: row.date)
        ]  # fmt: skip

    def rules(self) -> list[dict[str, Any]]:
        """Who gets copies, and the rules a letter may have besides."""
        rows = ask(
            "select r.uuid, o.name, r.correspondence, r.simultaneous, r.section from governance_copyrule r "
            "join agencies_organisation o on o.id = r.recipient_id where r.document_id = %s order by r.ordinal, r.id",
            self.key,
        )
        for table in ("meetingrule", "noticeduty", "lockrule"):
            self.rows(table, "section, text")
        ask(
            "select i.item, p.ordinal, p.text from governance_itempassage i join governance_passage p "
            "on p.id = i.passage_id where i.document_id = %s and i.item = any(%s)",
            self.key, [row.uuid for row in rows],
        )  # fmt: skip
        made = []
        for row in rows:
            words = label(CopyRule, "correspondence", row.correspondence)
            together = "samtidig" if row.simultaneous else "uten krav om samtidighet"
            cells = (words[:1].upper() + words[1:], row.name, together)
            made.append({"uuid": row.uuid, "cells": cells, "place": f"punkt {row.section}"})
        columns = ("Hva", "Kopi til", "Når")
        return [{"key": "copy_rule", "title": "Kopiregler", "columns": columns, "rows": made}] if made else []


def _off(day: Any) -> str:
    if calendars.day_off(day) is None:
        return ""
    return f"siste virkedag før: {formatting.weekday_date(calendars.last_working_day_on_or_before(day))}"


def _delivery(row: Any) -> DeliveryLine:
    off = _off(row.deadline)
    first = formatting.date_with_weekday(row.deadline) if off else formatting.full_date(row.deadline)
    return DeliveryLine(
        row.part or row.anchor,
        label(DeliveryItem, "product", row.product),
        row.deadline_text,
        DeadlineFace(first, off),
    )


@page(signed_in)
def bare_letter(request: PageRequest, uuid: UUID) -> HttpResponse:
    """The page of the letter in the bare way."""
    conditions = conditions_of(request)
    seen, params = conditions["documents"]
    row = ask(
        "select d.id, d.uuid, d.title, d.document_date, d.case_number, d.frozen_at, d.effective_on, d.year, "  # noqa: S608  ours
        "d.addressee, d.legal_basis, d.lapse_through_year, d.origin, d.has_text, d.kind_id, k.name_nb as kind, "
        "i.name as issuer, i.uuid as issuer_uuid, r.name as recipient, r.uuid as recipient_uuid, d.recipient_id "
        "from governance_steeringdocument d join governance_documentkind k on k.id = d.kind_id "
        "join agencies_organisation i on i.id = d.issuer_id join agencies_organisation r on r.id = d.recipient_id "
        f"where d.uuid = %s and d.id in ({seen})", uuid, *params,
    )[0]  # fmt: skip
    around = _around(request, row, conditions)
    letter = _Letter(row.id, row.uuid, conditions, _withheld(row.id, conditions))
    context = {"head": around["head"], "page": around, "content": letter.content(), "rules": letter.rules()}
    return render(request, "governance/document.html", context)


def _withheld(key: int, conditions: Conditions) -> set[UUID]:
    """The exempt assignments the person may not read."""
    readable, params = conditions["readable"]
    rows = ask(
        "select i.uuid from governance_assignmentitem i where i.document_id = %s and i.restricted and not exists "  # noqa: S608  ours
        f"(select 1 from assignments_assignment a where a.item_id = i.id and a.id in ({readable}))", key, *params,
    )  # fmt: skip
    return {row.uuid for row in rows}


def _around(request: PageRequest, row: Any, conditions: Conditions) -> dict[str, Any]:
    seen, params = conditions["documents"]
    actor = request.actor
    ask(
        "select d.id from governance_dispatch d join agencies_organisation o on o.id = d.recipient_id "
        "where d.subject = %s and d.role = 'to' and o.uuid = %s and d.state = 'sent' and d.opened_at is null",
        row.uuid, actor.organisation,
    )  # fmt: skip
    found, found_params = conditions["findings"]
    findings = ask(
        f"select * from governance_finding where document_id = %s and state <> 'resolved' and id in ({found})",  # noqa: S608  ours
        row.id, *found_params,
    )  # fmt: skip
    signers = ask("select name, title from governance_signatory where document_id = %s order by ordinal", row.id)
    ask(
        "select r.title from governance_instructionreplacement i join governance_steeringdocument r "
        "on r.id = i.replaced_id where i.document_id = %s", row.id,
    )  # fmt: skip
    periods = ask(
        "select d.uuid, d.title, d.document_date, p.valid_from, p.valid_to from governance_instructionperiod p "
        "join governance_steeringdocument d on d.id = p.document_id where p.agency_id = %s", row.recipient_id,
    )  # fmt: skip
    related = ask(
        f"select uuid, title, document_date from governance_steeringdocument where supplements_id = %s and id in ({seen}) order by document_date, id",  # noqa: S608, E501  ours
        row.id, *params,
    )  # fmt: skip
    earlier = ask(
        f"select uuid from governance_steeringdocument where kind_id = %s and recipient_id = %s and state = 'issued' and document_date < %s and id in ({seen}) order by document_date desc, id desc limit 1",  # noqa: S608, E501  ours
        row.kind_id, row.recipient_id, row.document_date, *params,
    )  # fmt: skip
    ask("select cited_date from governance_citation where document_id = %s and kind = 'instruction' limit 1", row.id)
    files = ask(
        "select f.name, f.size, f.uuid from governance_documentfile d join core_storedfile f on f.id = d.file_id "
        "where d.document_id = %s", row.id,
    )  # fmt: skip
    enclosures = ask("select title, note from governance_promisedenclosure where document_id = %s", row.id)
    rights = {}
    for name in ("judges", "drafts"):
        sql, right_params = conditions[name]
        held = f"select 1 as one from agencies_organisation where id = %s and id in ({sql})"  # noqa: S608  ours
        rights[name] = actor.organisation == row.issuer_uuid and bool(ask(held, row.recipient_id, *right_params))
    return {
        "head": _head(row, earlier),
        "tabs": _tabs(row, actor, rights["judges"]),
        "document": row,
        "facts": _facts(row, signers),
        "instruction": _instruction(periods, row),
        "supplements": [
            Link(f"{each.title}, {formatting.full_date(each.document_date)}", _page(each.uuid)) for each in related
        ],
        "findings": findings,
        "sees_findings": rights["judges"],
        "files": files,
        "enclosures": enclosures,
        "change": Action(
            "Endre med supplerende brev", f"{reverse('governance:new_supplement')}?brev={row.uuid}", icon="plus"
        )
        if rights["drafts"]
        else None,
    }


def _page(uuid: UUID) -> str:
    return reverse("governance:document", args=[uuid])


def _instruction(periods: Sequence[Any], row: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, day in (("on_date", row.document_date), ("now", clock.today())):
        held = [each for each in periods if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to)]
        words = "ingen instruks er registrert"
        if held:
            words = f"{held[-1].title} av {formatting.full_date(held[-1].document_date)}"
            made[name] = Link(words, _page(held[-1].uuid))
        made[f"{name}_words"] = words
    return made


def _head(row: Any, earlier: Sequence[Any]) -> PageHead:
    beside = f"&foer={earlier[0].uuid}&etter={row.uuid}" if earlier else ""
    actions = [
        Action("Gjeldende tekst", reverse("governance:in_force_letter", args=[row.uuid]), icon="file-text"),
        Action("Sammenlign", f"{reverse('governance:compare')}?hva=dokumenter{beside}", icon="tasklist"),
        Action("Last ned", reverse("governance:document_download", args=[row.uuid]), icon="download"),
        Action("Hvem kan se dette?", reverse("governance:document_access", args=[row.uuid]), icon="eye"),
    ]
    return PageHead(
        title=row.title, overline=f"Fra {row.issuer} til {row.recipient}",
        lead=f"{row.kind} · {formatting.date_with_weekday(row.document_date)} · sak {row.case_number} · "
        f"fryst {formatting.moment(row.frozen_at)}",
        crumbs=[Link("Styringsdokumenter", reverse("governance:documents"))], actions=actions,
    )  # fmt: skip


def _tabs(row: Any, actor: Any, judges: bool) -> list[Link]:
    names = {"document": "Innhold", "document_text": "Full tekst", "document_archive": "Utsending og arkiv"}
    names |= {"document_findings": "Funn"} if judges else {}
    names |= {"comments": "Kommentarer"} if actor.organisation in (row.issuer_uuid, row.recipient_uuid) else {}
    names |= {"approval": "Godkjenning"} if actor.organisation == row.issuer_uuid else {}
    return [
        Link(label, reverse(f"governance:{name}", args=[row.uuid]), 0 if name == "document_findings" else None,
             current=name == "document")
        for name, label in names.items()
    ]  # fmt: skip


def _facts(row: Any, signers: Sequence[Any]) -> list[tuple[str, str]]:
    pairs = [
        ("Gjelder fra", formatting.full_date(row.effective_on) if row.effective_on else ""),
        ("Budsjettår", str(row.year or "")),
        ("Signert av", "; ".join(f"{each.name}, {each.title}" for each in signers)),
        ("Adressat", row.addressee),
        ("Hjemmel", row.legal_basis),
        ("Opphav", label(SteeringDocument, "origin", row.origin)),
    ]
    return [pair for pair in pairs if pair[1]]
