"""The life of the demo documents: drafted, registered or issued, published, and what is sent after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core import reference
from core.clock import parse_at
from governance.actions import documents, enclosures, findings, publication
from governance.actions.documents import DocumentFacts, Registration, create_document, signers_from
from governance.models import Finding, PromisedEnclosure, SteeringDocument
from reporting.demo.drafted import DraftWriter
from reporting.demo.letters import LetterWriter
from reporting.demo.people import World

Data = Mapping[str, Any]
FILES = ("dmp-2025", "dmp-2026", "dmp-supplements-2026", "hdir-2024", "hdir-2026", "instructions", "helfo-2026")


@dataclass(frozen=True)
class Act:
    """One thing somebody does at a time."""

    at: datetime
    do: Callable[[datetime], Any]


def stored_documents() -> list[dict[str, Any]]:
    """Every demo document of the fixtures."""
    found: list[dict[str, Any]] = []
    for name in FILES:
        rows = reference.read(f"demo/{name}.json")
        found += rows if isinstance(rows, list) else [rows]
    return found


def acts(world: World) -> list[Act]:
    """All that happens to the documents, unsorted."""
    return [act for data in stored_documents() for act in DocumentStory(world, data).acts()]


class DocumentStory:
    """One document from draft to what follows it."""

    def __init__(self, world: World, data: Data) -> None:
        self.world, self.data = world, data

    @property
    def document(self) -> SteeringDocument:
        """The document as it stands now."""
        return self.world.fresh(self.data["key"])

    def acts(self) -> Iterator[Act]:
        """Its acts with their times, as the fixture says."""
        data = self.data
        if "registered_at" in data:
            yield Act(parse_at(data["registered_at"]), self.register)
        else:
            yield Act(parse_at(data["drafted_at"]), self.draft)
        if "issued_at" in data:
            yield Act(parse_at(data["issued_at"]), self.issue)
        if "publication" in data:
            yield Act(parse_at(data["publication"]["at"]), self.publish)
        for row in data.get("sent_later", []):
            yield Act(parse_at(row["at"]), lambda at, row=row: self.send_later(row, at))

    # ---- draft, register, issue ----
    def draft(self, at: datetime) -> SteeringDocument:
        """Created and written by the officer."""
        actor = self.world.actor(self.data["by"])
        document = create_document(facts=self.facts(), actor=actor, at=at)
        found: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=document.pk)
        self.world.documents[self.data["key"]] = found
        writer = DraftWriter(self.world, found, actor=actor, at=at)
        if "sections" in self.data:
            LetterWriter(self.world, found, self.data, writer).write()
        writer.write(self.data.get("body", []))
        return found

    def facts(self) -> DocumentFacts:
        """The head."""
        data = self.data
        letter = data.get("supplements")
        return DocumentFacts(
            kind=data["kind"],
            recipient=self.world.organisations[data["recipient"]],
            title=data["title"],
            public_title=data.get("public_title", ""),
            year=data.get("year"),
            number=data.get("number"),
            language=data.get("language", "nb"),
            document_date=_date(data.get("date")),
            effective_on=_date(data.get("effective_on")),
            case_number=data.get("case_number", ""),
            document_number=data.get("document_number", ""),
            addressee=data.get("addressee", ""),
            legal_basis=data.get("legal_basis", ""),
            lapse_through_year=data.get("lapse_through_year"),
            supplements=self.world.documents[letter] if letter else None,
            has_text=data.get("has_text", True),
        )

    def register(self, at: datetime) -> None:
        """Drafted as it was signed elsewhere, and registered at once."""
        document = self.draft(at)
        self.world.documents[self.data["key"]] = documents.register_issued_document(
            document=document,
            registration=Registration(signers=signers_from(self.data.get("signers", []))),
            actor=self.world.actor(self.data["by"]),
            at=at,
        )

    def issue(self, at: datetime) -> None:
        """Warnings acknowledged by the officer, signed and issued by another."""
        officer, document = self.world.actor(self.data["by"]), self.document
        findings.refresh_document_findings(document, day=at.date())
        for row in Finding.objects.filter(document=document, state="open", severity="A"):
            findings.acknowledge_finding(finding=row, reason=self.data["acknowledged"], actor=officer, at=at)
        signer = self.data["signer"]
        self.world.documents[self.data["key"]] = documents.issue_document(
            document=document, actor=self.world.actor(signer["part"]), at=at, signer_title=signer["title"]
        )

    # ---- afterwards ----
    def publish(self, at: datetime) -> None:
        """Published, planned or exempt, as the officer decides."""
        row = {name: value for name, value in self.data["publication"].items() if name != "at"}
        row["publish_on"] = _date(row.get("publish_on"))
        choice = publication.PublicationChoice(**row)
        publication.decide_publication(
            document=self.document, choice=choice, actor=self.world.actor(self.data["by"]), at=at
        )

    def send_later(self, row: Data, at: datetime) -> None:
        """What the letter said would come."""
        promised = PromisedEnclosure.objects.get(document=self.document, title=row["title"])
        upload = enclosures.EnclosureFile(row["file"], f"{row['text']}\n".encode())
        enclosures.send_enclosure(enclosure=promised, upload=upload, actor=self.world.actor(self.data["by"]), at=at)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
