"""The instruction behind a letter: V-02. A letter keeps the instruction of its day; a newer one is a notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import full_date
from governance.checks.content import Content, Instruction, Stage
from governance.checks.registry import Found, at, check
from governance.items import ITEM_TYPES
from governance.models import Severity

#: the way on when an instruction is missing; pages offer it as a button
REGISTER_IT = _("Registrer den.")


#: how long before a new instruction takes effect the letters that cite the old one are told
NOTICE = timedelta(days=60)


@check("V-02", Severity.WARNING, gettext_lazy("Instruksen brevet viser til, mangler eller gjelder ikke"))
def instruction_holds(content: Content) -> Iterable[Found]:
    """A letter cites an instruction that is registered, was in force on its date, and still is (R-03).

    A draft that cites one not in force on its date is stopped; an issued letter keeps its citation and is told of
    the newer one, from 60 days before it takes effect.
    """
    if content.family == "instruction":
        return
    registered = {row.dated: row for row in content.instructions}
    for row in {row.data.get("date"): row for row in content.citations if row.text("kind") == "instruction"}.values():
        cited = row.data.get("date")
        if cited is None:
            continue
        found = registered.get(cited)
        sentence, severity = _missing(cited) if found is None else _standing(content, found)
        if sentence:
            yield Found(sentence, place=row.place, passage=row.uuid or None, severity=severity)


def _missing(cited: date) -> tuple[str, str]:
    sentence = _("Brevet viser til instruksen av %(date)s, som ikke er registrert.") % {"date": full_date(cited)}
    return f"{sentence} {REGISTER_IT}", ""


def _standing(content: Content, found: Instruction) -> tuple[str, str]:
    """The sentence and severity for a cited instruction that is registered; empty when all is well."""
    words = {"date": full_date(found.dated), "first": full_date(found.effective_on)}
    dated, stops = content.dated or content.day, Severity.STOPS.value if content.is_draft else ""
    if found.replaced_on:
        words["replaced"] = full_date(found.replaced_on)
        if found.replaced_on <= dated:
            sentence = _(
                "Brevet viser til instruksen av %(date)s, som var erstattet da brevet ble skrevet. "
                "Den gjaldt til %(replaced)s."
            )
            return sentence % words, stops
        if found.replaced_on <= content.day:
            return _("Instruksen brevet viser til, av %(date)s, er erstattet fra %(replaced)s.") % words, ""
        if found.replaced_on - content.day <= NOTICE:
            sentence = _("Instruksen brevet viser til, av %(date)s, blir erstattet fra %(replaced)s.")
            return sentence % words, Severity.INFORMATION.value
    if found.effective_on > dated:
        sentence = _("Brevet viser til instruksen av %(date)s, som ikke gjelder før %(first)s.")
        return sentence % words, stops
    return "", ""


@check(
    "R-01",
    Severity.STOPS,
    gettext_lazy("To instrukser i kraft samme dag, eller instruks i kraft før den er datert"),
    stages=(Stage.IMPORT, Stage.DRAFT),
)
def one_in_force(content: Content) -> Iterable[Found]:
    """Never two instructions in force for one agency on one day (R-01, R-02)."""
    first = content.effective_on or content.dated
    if content.family != "instruction" or first is None:
        return
    for row in content.instructions:
        if row.effective_on == first and row.uuid != content.uuid:
            sentence = _("«%(title)s» gjelder også fra %(date)s. Bare én instruks kan være i kraft på samme dag.")
            yield Found(sentence % {"title": row.title, "date": full_date(first)}, place=_("gjelder fra"))
    dated = content.dated or (content.day if content.is_draft else None)
    if content.effective_on and dated and content.effective_on < dated:
        words = {"first": full_date(content.effective_on), "date": full_date(dated)}
        sentence = _("Instruksen gjelder fra %(first)s, som er før den er datert, %(date)s.")
        yield Found(sentence % words, place=_("gjelder fra"))


@check("R-09", Severity.WARNING, gettext_lazy("Regel i instruksen uten avsnitt i teksten"), stages=(Stage.DRAFT,))
def rule_rests_on_text(content: Content) -> Iterable[Found]:
    """Text is what counts: a rule that no passage says is no rule anybody can be held to."""
    for row in content.rules:
        if not row.passages:
            words = {"what": ITEM_TYPES[row.kind].one, "title": f" «{row.data['title']}»" if row.data["title"] else ""}
            sentence = _(
                "Instruksen har en %(what)s%(title)s som ikke står i noe avsnitt. Skriv avsnittet, eller ta den ut."
            )
            yield at(row, sentence % words)
