"""What «Om brevet» and the registration page show: what is filled in, what is missing, what hinders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.rights import Right
from core import formatting
from core.actor import Actor
from core.visuals.parts import Action, Finding, Link, PageHead, Step
from governance.checks.gather import fact
from governance.intake.earlier import replaced_said
from governance.intake.readiness import REGISTER, register_problems
from governance.models import DocumentFamily, DocumentImport, DocumentKind, DocumentState, ImportState, SteeringDocument
from governance.selectors.findings import import_findings
from governance.selectors.imports import import_head, steps


def agencies_for(actor: Actor, day: date) -> QuerySet[Organisation]:
    """The agencies one may register letters for."""
    found: QuerySet[Organisation] = Organisation.objects.with_right(actor, Right.REGISTER_DOCUMENTS, day)
    return found


def copy_recipients() -> QuerySet[Organisation]:
    """Who may be named in a copy rule: every body, auditors first."""
    found: QuerySet[Organisation] = Organisation.objects.select_related("kind").order_by("-kind__code", "name")
    return found.filter(active_to__isnull=True)


def issued_to(found: DocumentImport, actor: Actor, day: date, *families: str) -> QuerySet[SteeringDocument]:
    """Issued documents one sees, of these families, newest first; to the letter's agency when that is known."""
    seen: QuerySet[SteeringDocument] = SteeringDocument.objects.visible_to(actor, day).filter(
        state=DocumentState.ISSUED, kind__family__in=families, issuer=found.organisation
    )
    return seen.filter(recipient=found.agency) if found.agency else seen


def form_choices(found: DocumentImport, actor: Actor, day: date) -> dict[str, Any]:
    """The lists the details form chooses among."""
    return {
        "agencies": agencies_for(actor, day),
        "letters": issued_to(found, actor, day, DocumentFamily.LETTER),
        "instructions": issued_to(found, actor, day, DocumentFamily.INSTRUCTION),
        "recipients": copy_recipients(),
        "rules": list(found.details.get("copy_rules") or ()),
    }


def initial(found: DocumentImport, signers: str) -> dict[str, Any]:
    """What is filled in already; else what the letter says of itself."""
    held, facts = found.details, found.facts
    kind = str(held.get("kind") or fact(facts, "kind") or "")
    code = kind if DocumentKind.objects.filter(code=kind).exists() else "allocation_letter"
    year = held.get("year") or fact(facts, "year")
    values = {
        "version": found.version,
        "kind": code,
        "agency": str(found.agency.uuid) if found.agency else held.get("agency", ""),
        "title": held.get("title") or _proposed_title(found, code, year),
        "year": year,
        "number": held.get("number") or fact(facts, "letter_number"),
        "way": held.get("way") or REGISTER,
        "document_date": _day(held.get("document_date") or fact(facts, "date")),
        "effective_on": _day(held.get("effective_on") or (None if held else fact(facts, "effective_on"))),
        "signers": signers,
        "language": held.get("language") or fact(facts, "language") or "nb",
        "case_number": held.get("case_number") or fact(facts, "case_number") or "",
    }
    names = ("document_number", "addressee", "public_title", "lapse_through_year", "supplements", "replaces")
    said = {} if held else {"replaces": replaced_said(found)}
    return values | said | {name: held[name] for name in names if held.get(name)}


def read_words(found: DocumentImport) -> dict[str, str]:
    """What the text says of the day it takes effect and what it replaces, by the name of the field."""
    texts = {row["ordinal"]: " ".join(row["plain"].split()) for row in found.passages}
    made = {}
    for name in ("effective_on", "replaces"):
        passages = (found.facts.get(name) or {}).get("passages") or ()
        words = " ".join(texts.get(ordinal, "") for ordinal in passages)[:300]
        if words:
            made[name] = _("Teksten sier: «%(words)s»") % {"words": words}
    return made


def _proposed_title(found: DocumentImport, code: str, year: int | None) -> str:
    said = fact(found.facts, "title")
    if said:
        return str(said)
    name = str(DocumentKind.objects.get(code=code))
    return f"{name} {year}" if year and code != "instruction" else name


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


@dataclass(frozen=True)
class DetailsPage:
    """About the letter: the form beside what the text does not say."""

    head: PageHead
    steps: Sequence[Step]
    missing: Sequence[str]
    unknown_agency: str
    back: str


def details_page(found: DocumentImport) -> DetailsPage:
    """Everything on «Om brevet» but the form."""
    named = fact(found.facts, "agency")
    unknown = ""
    if named and found.agency is None:
        unknown = _("Brevet nevner «%(name)s», som ikke er blant virksomhetene %(ministry)s styrer.") % {
            "name": named,
            "ministry": found.organisation.name,
        }
    return DetailsPage(
        head=import_head(found),
        steps=steps(found, ImportState.DETAILS),
        missing=missing_words(found),
        unknown_agency=unknown,
        back=reverse("governance:import_review", args=[found.uuid]),
    )


def missing_words(found: DocumentImport) -> list[str]:
    """What the text does not say, in words."""
    words = {
        "agency": _("virksomhet"),
        "date": _("brevets dato"),
        "case_number": _("saksnummer"),
        "title": _("tittel"),
        "signatures": _("hvem som har signert"),
        "copies": _("hvem som får kopi"),
        "year": _("budsjettår"),
    }
    return [words[name] for name in found.facts.get("missing") or () if name in words]


@dataclass(frozen=True)
class RegisterPage:
    """The last look: what becomes of it, what hinders, and the button."""

    head: PageHead
    steps: Sequence[Step]
    facts: Sequence[tuple[Any, ...]]
    consequences: Sequence[str]
    problems: Sequence[Any]
    findings: Sequence[Finding]
    action: Action | None
    back: str


def register_page(found: DocumentImport, day: date) -> RegisterPage:
    """Everything on the registration page."""
    details, problems = found.details, register_problems(found, day)
    here = details.get("way", REGISTER) != REGISTER
    label = _("Lag utkast") if here else _("Registrer brevet")
    fields = (("version", str(found.version)),)
    url = reverse("governance:import_register", args=[found.uuid])
    dated = _day(details.get("document_date"))
    facts = [
        (_("Dokument"), details.get("title") or found.title),
        (_("Til"), found.agency.name if found.agency else _("mangler")),
        (_("Dato"), formatting.date_with_weekday(dated) if dated else _("mangler")),
        (_("Saksnummer"), details.get("case_number") or _("mangler")),
        (_("Signert av"), ", ".join(row["name"] for row in details.get("signatories") or ()) or _("mangler")),
    ]
    return RegisterPage(
        head=import_head(found),
        steps=steps(found, ImportState.REGISTERED),
        facts=facts,
        consequences=_consequences(here),
        problems=problems,
        findings=import_findings(found),
        action=None if problems else Action(label, url, primary=True, post=True, fields=fields),
        back=reverse("governance:import_details", args=[found.uuid]),
    )


def _consequences(here: bool) -> list[str]:
    if here:
        return [
            _("Det blir et utkast som bare departementet ser."),
            _("En annen enn den som redigerte sist, signerer og utsteder det."),
        ]
    return [
        _("Brevet fryses med kontrollsum og kan ikke endres. Feil rettes med et supplerende brev."),
        _("Oppdrag, frister og krav blir synlige for virksomheten."),
        _("Ingen e-post og ingen kopier sendes."),
        _("Brevet legges i journalkøen hos begge parter."),
    ]


def findings_link(found: DocumentImport) -> Link:
    """To the findings of an import."""
    return Link(_("Funn"), reverse("governance:import_findings", args=[found.uuid]))
