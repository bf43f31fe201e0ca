"""Rounds around a demo draft: departments' input, the agency's hearing, comments, approval, a file that comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from agencies import access
from agencies.actions.appointments import add_stand_in
from agencies.models import Department
from core import clock, reference
from core.clock import parse_at
from governance import roundtrip
from governance.actions import approvals, comments, draft_side, hearings, inputs, new_letter, returned
from governance.actions.documents import DocumentFacts
from governance.drafting import last_year
from governance.items import ITEM_TYPES
from governance.models import ApprovalStep, HearingRound, InputRequest, InputRound, RowComment, SteeringDocument
from governance.roundtrip.word import write_word
from reporting.demo.documents import Act, stored_documents
from reporting.demo.drafted import DraftWriter
from reporting.demo.people import World

Data = Mapping[str, Any]


def acts(world: World) -> Iterator[Act]:
    """Stand-ins, the draft of next year's letter with its rounds, and every approval route of the fixtures."""
    yield from _stand_ins(world)
    yield from NextYear(world, reference.read("demo/next-year.json")).acts()
    for data in stored_documents():
        if "approval" in data:
            yield from _approval(world, data)


def _stand_ins(world: World) -> Iterator[Act]:
    for row in reference.read("demo/people.json")["stand_ins"]:

        def make(at: datetime, row: Data = row) -> None:
            add_stand_in(
                represented=world.appointment(row["represented"]), user=world.users[row["user"]],
                valid_from=date.fromisoformat(row["from"]), valid_to=date.fromisoformat(row["to"]),
                basis=row["basis"], actor=world.actor(row["by"]), at=at,
            )  # fmt: skip

        yield Act(parse_at(row["at"]), make)


# ---- approval ----
def _approval(world: World, data: Data) -> Iterator[Act]:
    """The route set up and sent, then each decision in turn; the last ones are still to come."""
    route = data["approval"]

    def document() -> SteeringDocument:
        return world.fresh(data["key"])

    def send(at: datetime) -> None:
        actor = world.actor(data["by"])
        for row in route["steps"]:
            values = {**row, "approver": world.users.get(row.get("approver", ""))}
            approvals.add_step(document=document(), new=approvals.NewStep(**values), actor=actor, at=at)
        approvals.send_for_approval(document=document(), actor=actor, at=at)

    def decide(at: datetime, row: Data) -> None:
        steps = ApprovalStep.objects.for_list().select_related("document").filter(document=document())
        step = steps.order_by("order", "id")[row["step"]]
        actor = world.actor(row["by"])
        if represented := row.get("on_behalf_of"):
            actor = access.actor_for(world.users[row["by"]], world.appointment(represented))
        approvals.approve_step(step=step, actor=actor, at=at, comment=row.get("comment", ""))

    yield Act(parse_at(route["sent_at"]), send)
    for row in route["decisions"]:
        yield Act(parse_at(row["at"]), lambda at, row=row: decide(at, row))


# ---- next year's letter ----
class NextYear:
    """The draft of next year's letter: made of last year's, and heard on both sides."""

    def __init__(self, world: World, data: Data) -> None:
        self.world, self.data = world, data
        self.actor = world.actor(data["by"])
        self.said: dict[str, list[RowComment]] = {"comments": [], "hearing": []}

    @property
    def document(self) -> SteeringDocument:
        """As it stands now."""
        return self.world.fresh(self.data["key"])

    def acts(self) -> Iterator[Act]:
        """Everything with its time."""
        data, asked, heard = self.data, self.data["input"], self.data["hearing"]
        steps: list[tuple[str, Any, Any]] = [
            (data["started_at"], self.start, None),
            (data["written_at"], self.write, None),
            (asked["at"], self.ask, None),
            *((row["at"], self.give_input, row) for row in asked["answers"]),
            (asked["reminded_at"], self.remind, None),
            *((row["at"], self.comment, row) for row in data["comments"]),
            (heard["at"], self.hear, None),
            *((row["at"], self.remark, row) for row in heard["comments"]),
            (heard["answer"]["at"], self.answer, heard["answer"]),
            *((row["at"], self.remark, row) for row in heard["replies"]),
            (data["returned"]["at"], self.bring_back, None),
        ]
        for at, do, row in steps:
            yield Act(parse_at(at), lambda when, do=do, row=row: do(when) if row is None else do(when, row))

    # ---- the draft ----
    def start(self, at: datetime) -> None:
        """From last year's letter, with a choice for what is not as usual, and chapters given to departments."""
        names = ("kind", "title", "public_title", "year", "case_number", "addressee")
        facts = DocumentFacts(
            recipient=self.world.organisations[self.data["recipient"]], **{name: self.data[name] for name in names}
        )
        document = new_letter.start_letter(facts=facts, start=new_letter.LAST_YEAR, actor=self.actor, at=at)
        self.world.documents[self.data["key"]] = document
        wanted = {(key, name): fate for key, name, fate in self.data["choices"]}
        choices = {}
        for element in last_year.elements(document, actor=self.actor, day=clock.local_date(at)):
            values = element.item.data if element.item else {}
            fate = wanted.get((element.key, values.get("reference"))) or wanted.get((element.key, values.get("title")))
            if fate:
                choices[str(element.uuid)] = fate
        new_letter.take_from_last_year(
            document=document, choices=choices, bulk=self.data["bulk"], actor=self.actor, at=at
        )
        for chapter, code in self.data["owners"]:
            draft_side.set_owner(
                document=document, chapter=chapter, department=self._department(code), actor=self.actor, at=at
            )

    def _department(self, code: str) -> Department:
        return Department.objects.get(code=code, organisation__uuid=self.actor.organisation)

    def write(self, at: datetime) -> None:
        """What is new this year."""
        DraftWriter(self.world, self.document, actor=self.actor, at=at).write(self.data["body"])

    def _uuid(self, row: Data) -> Any:
        model = ITEM_TYPES[row["row"]].model
        return model._default_manager.get(document=self.document, title=row["name"]).uuid

    # ---- input ----
    def ask(self, at: datetime) -> None:
        """Departments are asked for input."""
        asked = self.data["input"]
        inputs.open_round(
            document=self.document, departments=[self._department(code) for code in asked["departments"]],
            message=asked["message"], deadline=date.fromisoformat(asked["deadline"]), actor=self.actor, at=at,
        )  # fmt: skip

    def give_input(self, at: datetime, row: Data) -> None:
        """One department's answer, with its proposals."""
        actor = self.world.actor(row["by"])
        for proposed in row.get("proposals", []):
            writer = DraftWriter(self.world, self.document, actor=actor, at=at)
            data = writer.values(ITEM_TYPES[proposed["row"]], proposed)
            inputs.propose(request=self._request(row), item_type=proposed["row"], data=data, actor=actor, at=at)
        inputs.answer(
            request=self._request(row),
            text=row.get("text", ""),
            no_input=row.get("no_input", False),
            actor=actor,
            at=at,
        )

    def _request(self, row: Data) -> InputRequest:
        found: InputRequest = InputRequest.objects.for_list().get(
            round__document=self.document, department=self._department(row["department"])
        )
        return found

    def remind(self, at: datetime) -> None:
        """The ones that have not answered get a reminder."""
        inputs.remind_now(
            round_=InputRound.objects.select_related("document").get(document=self.document), actor=self.actor, at=at
        )

    # ---- comments and hearing ----
    def comment(self, at: datetime, row: Data) -> None:
        """A word inside the ministry."""
        self._say("comments", row, at, audience="internal", hearing=None)

    def remark(self, at: datetime, row: Data) -> None:
        """A word across the line, in the hearing."""
        self._say("hearing", row, at, audience="shared", hearing=self._hearing())

    def _say(self, where: str, row: Data, at: datetime, *, audience: str, hearing: HearingRound | None) -> None:
        thread = self.said[where][row["answers"]] if "answers" in row else None
        new = comments.NewComment(
            text=row["text"], item=self._uuid(row) if "row" in row else None, place=row.get("name", ""),
            audience=audience, thread=thread, hearing=hearing,
        )  # fmt: skip
        actor = self.world.actor(row["by"])
        self.said[where].append(comments.write_comment(document=self.document, new=new, actor=actor, at=at))

    def _hearing(self) -> HearingRound:
        found: HearingRound = HearingRound.objects.for_detail().get(document=self.document)
        return found

    def hear(self, at: datetime) -> None:
        """The agency is asked for its opinion."""
        heard = self.data["hearing"]
        hearings.open_hearing(
            document=self.document, message=heard["message"], deadline=date.fromisoformat(heard["deadline"]),
            actor=self.actor, at=at,
        )  # fmt: skip

    def answer(self, at: datetime, row: Data) -> None:
        """The agency's statement."""
        hearings.answer_hearing(
            hearing=self._hearing(), text=row["text"], no_remarks=False, actor=self.world.actor(row["by"]), at=at
        )

    # ---- a Word file that comes back ----
    def bring_back(self, at: datetime) -> None:
        """The draft as Word, changed as a department would have, waits to be gone through."""
        row = self.data["returned"]
        letter = roundtrip.letter_of(self.document)
        new = {str(self._uuid(change)): change["values"] for change in row["rows"]}
        items = [
            {**item, "data": {**item["data"], **new[item["uuid"]]}} if item["uuid"] in new else item
            for item in letter.items
        ]
        begins, text = row["paragraph"]["begins"], row["paragraph"]["text"]
        passages = [
            {**one, "text": text, "rich": ""} if one["text"].startswith(begins) else one for one in letter.passages
        ]
        data = write_word(replace(letter, items=items, passages=passages))
        returned.receive_file(document=self.document, name=row["name"], data=data, actor=self.actor, at=at)
