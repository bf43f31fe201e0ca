"""What a row of a draft must satisfy to be saved. Each rule gives a sentence; all are tried, none hides another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Department
from core.errors import Problem
from core.formatting import full_date, in_thousand_kroner
from governance.intake.validate import MOST_MEETINGS, REPORTS
from governance.models import (
    AssignmentItem,
    CorrespondenceType,
    DeadlineKind,
    DocumentFamily,
    RequirementWhen,
    SteeringDocument,
)

Data = Mapping[str, Any]
Rule = Callable[[Data, SteeringDocument, date], Iterable[Problem]]


def row_problems(key: str, data: Data, *, document: SteeringDocument, day: date) -> list[Problem]:
    """Every rule the row breaks. ``data`` is plain data; ``day`` the letter's date, or today while it has none."""
    return [problem for rule in RULES.get(key, ()) for problem in rule(data, document, day)]


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _order(data: Data, first: str, last: str, sentence: str) -> list[Problem]:
    if data.get(first) and data.get(last) and str(data[last]) < str(data[first]):
        return [Problem("dates_reversed", sentence, last)]
    return []


def _department(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """The department belongs to the sender and is valid on the letter's date (V-32)."""
    chosen = data.get("department")
    if not chosen:
        return
    rows = Department.objects.filter(uuid=chosen, organisation_id=document.issuer_id)
    if not rows.exists():
        yield Problem("V-32", _("Avdelingen hører ikke til avsenderen."), "department")
    elif not rows.valid_on(day).exists():
        sentence = _("Avdelingen finnes ikke den %(day)s, som er brevets dato. Velg en som gjelder da.")
        yield Problem("V-32", sentence % {"day": full_date(day)}, "department")


def _deliveries(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """A deadline comes after the letter's date (V-03), and a deadline of a kind has what the kind needs."""
    for number, row in enumerate(data.get("deliveries") or ()):
        field = f"deliveries.{number}.deadline"
        due, kind = _day(row.get("deadline")), row.get("deadline_kind")
        if due and due <= day and not row.get("doubtful"):
            sentence = _("Fristen %(due)s er ikke etter brevets dato, %(day)s. Skriv en senere dato.")
            yield Problem("V-03", sentence % {"due": full_date(due), "day": full_date(day)}, field)
        if kind in (DeadlineKind.DATE, DeadlineKind.DATE_TIME) and not due and not row.get("doubtful"):
            yield Problem("deadline_missing", _("Skriv datoen for fristen, eller velg en annen form for frist."), field)
        if kind in (DeadlineKind.NONE, "", None) and due:
            sentence = _("Leveransen har en dato, men formen «uten frist». Velg «dato», eller ta bort datoen.")
            yield Problem("deadline_kind", sentence, f"deliveries.{number}.deadline_kind")
        if kind == DeadlineKind.DATE_TIME and due and not row.get("deadline_time"):
            yield Problem("time_missing", _("Skriv klokkeslettet."), f"deliveries.{number}.deadline_time")
        if kind == DeadlineKind.RECURRING and not (row.get("per_year") or row.get("deadline_text")):
            sentence = _("Skriv hvor mange ganger i året, eller skriv fristen med ord.")
            yield Problem("recurrence_missing", sentence, f"deliveries.{number}.per_year")
        if kind == DeadlineKind.EVENT and not row.get("deadline_text"):
            sentence = _("Skriv hvilken hendelse fristen er knyttet til.")
            yield Problem("event_missing", sentence, f"deliveries.{number}.deadline_text")


def _restricted(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """An exempt assignment has basis, public title and a responsible person (V-30)."""
    if not data.get("restricted"):
        return
    for field, sentence in (
        ("restricted_basis", _("Skriv hjemmelen for unntaket.")),
        ("restricted_title", _("Skriv en offentlig tittel som ikke røper innholdet.")),
        ("restricted_by", _("Skriv hvem som har ansvaret for unntaket.")),
    ):
        if not data.get(field):
            yield Problem("V-30", sentence, field)


def _post(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """Chapter of one to four digits, post of two."""
    if data.get("chapter") is not None and not 1 <= int(data["chapter"]) <= 9999:
        yield Problem("chapter", _("Kapittel er et tall fra 1 til 9999."), "chapter")
    if data.get("post") is not None and not 0 <= int(data["post"]) <= 99:
        yield Problem("post", _("Post er to sifre, for eksempel 01. Den kan ikke være over 99."), "post")


def _sums(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """Splits add up to the line (V-09); earmarks fit within it (V-12). Shown in 1 000 kroner."""
    if data.get("amount") is None or data.get("kind") == "change":
        return
    amount, rows = int(data["amount"]), data.get("splits") or ()
    parts = [int(row.get("amount") or 0) for row in rows if row.get("kind") != "earmark"]
    bound = sum(int(row.get("amount") or 0) for row in rows if row.get("kind") == "earmark")
    if parts and sum(parts) != amount:
        sentence = _("Fordelingen summerer til %(sum)s, men linjen er %(line)s (i 1 000 kroner). Rett en av dem.")
        words = {"sum": in_thousand_kroner(sum(parts)), "line": in_thousand_kroner(amount)}
        yield Problem("V-09", sentence % words, "splits")
    if bound > amount:
        sentence = _("Øremerket %(bound)s er mer enn linjen på %(line)s (i 1 000 kroner).")
        words = {"bound": in_thousand_kroner(bound), "line": in_thousand_kroner(amount)}
        yield Problem("V-12", sentence % words, "splits")


def _income_side(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """Chapters 3000 to 5999 are income, all others expense (V-11)."""
    if data.get("chapter") is None or data.get("kind") not in ("expense", "income"):
        return
    income = 3000 <= int(data["chapter"]) <= 5999
    if income != (data["kind"] == "income"):
        sentence = _("Kapittel %(chapter)s er et utgiftskapittel. Velg «tildeling», eller rett kapittelet.")
        if income:
            sentence = _("Kapittel %(chapter)s er et inntektskapittel. Velg «inntektskrav», eller rett kapittelet.")
        yield Problem("V-11", sentence % {"chapter": data["chapter"]}, "kind")


def _exempt_words(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """The words about money are open, so of an exempt assignment the letter says its number and nothing else (B2)."""
    tied = [("", data), *((f"splits.{number}.", row) for number, row in enumerate(data.get("splits") or ()))]
    said = [
        (f"{place}{name}", str(row["assignment_item"]))
        for place, row in tied
        for name in ("comment", "anchor")
        if row.get("assignment_item") and str(row.get(name) or "").strip()
    ]
    if not said:
        return
    rows = AssignmentItem.objects.filter(uuid__in={item for _field, item in said}, restricted=True)
    exempt = {str(uuid) for uuid in rows.values_list("uuid", flat=True)}
    for field, item in said:
        if item in exempt:
            sentence = _(
                "Oppdraget er unntatt offentlighet, og teksten om penger er åpen. La merknad og underpunkt stå tomme."
            )
            yield Problem("exempt_words", sentence, field)


def _calendar(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """An entry has a date or words for it; it ends after it begins (V-28)."""
    if not data.get("date") and not data.get("date_text"):
        yield Problem("date_missing", _("Skriv datoen, eller skriv med ord når det er."), "date")
    yield from _order(data, "date", "end_date", _("Sluttdatoen er før datoen. Rett en av dem."))
    same_day = not data.get("end_date") or data.get("end_date") == data.get("date")
    if same_day:
        yield from _order(data, "time", "end_time", _("Klokkeslettet for slutt er før start. Rett et av dem."))


def _validity(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """A power ends after it begins, and its limit is no negative amount."""
    sentence = _("Fullmakten slutter før den begynner. Rett en av datoene.")
    yield from _order(data, "valid_from", "valid_to", sentence)
    if data.get("limit") is not None and int(data["limit"]) < 0:
        yield Problem("limit", _("Beløpsgrensen kan ikke være negativ."), "limit")


def _requirement(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """A requirement by date has the date; one that recurs says how often; one on an event says which."""
    when = data.get("when")
    if when == RequirementWhen.DATE and not (data.get("due") or data.get("due_text") or data.get("calendar_item")):
        yield Problem("due_missing", _("Skriv fristen, eller velg posten i kalenderen."), "due")
    if when == RequirementWhen.RECURRING and not (data.get("per_year") or data.get("due_text")):
        yield Problem("recurrence_missing", _("Skriv hvor mange ganger i året."), "per_year")


def _targets(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """A target says a number or some words."""
    for number, row in enumerate(data.get("targets") or ()):
        if row.get("value") is None and not row.get("text"):
            sentence = _("Skriv verdien det styres etter, eller skriv kravet med ord.")
            yield Problem("target_empty", sentence, f"targets.{number}.value")


def _meetings(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """At least one meeting in a year, and no more than anybody asks for."""
    if data.get("minimum") is not None and not 1 <= int(data["minimum"]) <= MOST_MEETINGS:
        sentence = _("Skriv hvor mange møter det minst skal være i året, fra 1 til %(most)s.")
        yield Problem("minimum", sentence % {"most": MOST_MEETINGS}, "minimum")


def _copies(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """A copy goes to somebody else than the two who write to each other; the issuer only of what it is no party to."""
    chosen = str(data.get("recipient") or "")
    if chosen == str(document.recipient.uuid):
        sentence = _("%(agency)s er selv part og trenger ingen kopi. Velg en annen mottaker.")
        yield Problem("recipient_party", sentence % {"agency": document.recipient.name}, "recipient")
    if chosen == str(document.issuer.uuid) and data.get("correspondence") != CorrespondenceType.AUDIT:
        sentence = _("%(issuer)s er selv part. Kopi dit gjelder bare korrespondanse med Riksrevisjonen.")
        yield Problem("recipient_party", sentence % {"issuer": document.issuer.name}, "recipient")


def _locks(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """A lock rule speaks of a report (R-33)."""
    if data.get("correspondence") and data["correspondence"] not in REPORTS:
        yield Problem("correspondence", _("Velg hvilken rapport som ikke skal endres."), "correspondence")


def _events(data: Data, document: SteeringDocument, day: date) -> Iterable[Problem]:
    """An instruction lasts for years: a report due on an event says which."""
    instruction = document.kind.family == DocumentFamily.INSTRUCTION
    if instruction and data.get("when") == RequirementWhen.EVENT and not (data.get("due_text") or data.get("due")):
        sentence = _("Skriv hvilken hendelse rapporten er knyttet til, for eksempel «så snart møtet er holdt».")
        yield Problem("event_missing", sentence, "due_text")


RULES: dict[str, tuple[Rule, ...]] = {
    "parameter": (_targets,),
    "assignment": (_department, _deliveries, _restricted),
    "budget_line": (_post, _income_side, _sums, _exempt_words),
    "calendar": (_calendar,),
    "authorisation": (_validity,),
    "reporting": (_requirement, _events),
    "meeting_rule": (_meetings,),
    "copy_rule": (_copies,),
    "lock_rule": (_locks,),
}
