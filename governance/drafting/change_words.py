"""The text a supplement shows for each change, in the letter's own written norm: bokmål and nynorsk side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.formatting import NBSP, thousands
from governance.drafting.words import Data, Speaker, deadline
from governance.items import Item

#: word → (bokmål, nynorsk)
CHANGES: dict[str, tuple[str, str]] = {
    "moved": (
        "Fristen for {what} flyttes fra {old} til {new}.",
        "Fristen for {what} blir flytta frå {old} til {new}.",
    ),
    "set": ("Fristen for {what} settes til {new}.", "Fristen for {what} blir sett til {new}."),
    "calendar": ("{what} flyttes fra {old} til {new}.", "{what} blir flytta frå {old} til {new}."),
    "withdrawn": ("{what} trekkes.", "{what} blir trekt."),
    "reworded": ("{what} får ny ordlyd:", "{what} får ny ordlyd:"),
    "clarified": ("{what} presiseres slik:", "{what} blir presisert slik:"),
    "replaced": ("{what} erstattes av:", "{what} blir erstatta av:"),
    "increased": (
        "Bevilgningen på {what} økes med {delta}, fra {old} til {new}.",
        "Løyvinga på {what} blir auka med {delta}, frå {old} til {new}.",
    ),
    "reduced": (
        "Bevilgningen på {what} reduseres med {delta}, fra {old} til {new}.",
        "Løyvinga på {what} blir redusert med {delta}, frå {old} til {new}.",
    ),
    "given": (
        "{delta} tildeles på {what}, som ikke står i brevet fra før.",
        "{delta} blir tildelt på {what}, som ikkje står i brevet frå før.",
    ),
    "to_assignment": ("Beløpet gjelder {reference}.", "Beløpet gjeld {reference}."),
    "to_point": ("Beløpet gjelder {reference}, {anchor}.", "Beløpet gjeld {reference}, {anchor}."),
    "because": ("Endringen følger av {reason}.", "Endringa følgjer av {reason}."),
    "from_day": ("Endringen gjelder fra {day}.", "Endringa gjeld frå {day}."),
    "exempt": ("et oppdrag unntatt offentlighet", "eit oppdrag unnateke offentlegheit"),
    "assignment": ("oppdrag {name}", "oppdrag {name}"),
    "delivery": ("{what}, {part}", "{what}, {part}"),
    "number": ("leveranse {n}", "leveranse {n}"),
    "millions": ("{amount} mill. kroner", "{amount} mill. kroner"),
    "kroner": ("{amount} kroner", "{amount} kroner"),
}
KINDS: dict[str, tuple[str, str]] = {
    "goal": ("målet", "målet"),
    "parameter": ("styringsparameteren", "styringsparameteren"),
    "key_figure": ("nøkkeltallet", "nøkkeltalet"),
    "authorisation": ("fullmakten", "fullmakta"),
    "calendar": ("kalenderposten", "kalenderposten"),
    "reporting": ("rapporteringskravet", "rapporteringskravet"),
    "common_directive": ("fellesføringen", "fellesføringa"),
    "meeting_rule": ("møteregelen", "møteregelen"),
    "notice_duty": ("varslingsplikten", "varslingsplikta"),
    "copy_rule": ("kopiregelen", "kopiregelen"),
    "lock_rule": ("låseregelen", "låseregelen"),
    "enclosure": ("ettersendelsen", "ettersendinga"),
    "citation": ("henvisningen", "tilvisinga"),
}
#: Why an amount changes: the word on the form, and what the letter says.
REASONS: dict[str, tuple[str, str]] = {
    "revised": ("revidert nasjonalbudsjett", "revidert nasjonalbudsjett"),
    "final": ("nysalderingen av statsbudsjettet", "nysalderinga av statsbudsjettet"),
    "wages": ("lønnsoppgjøret", "lønsoppgjeret"),
    "additional": ("en tilleggsbevilgning", "ei tilleggsløyving"),
    "moved": ("en omdisponering", "ei omdisponering"),
    "carried_over": ("overføring fra i fjor", "overføring frå i fjor"),
}


class ChangeSpeaker(Speaker):
    """Says what changes, in one written norm."""

    def change(self, word: str, **values: Any) -> str:
        """The sentence, filled in, with a capital first letter."""
        text = CHANGES[word][self.norm].format(**values)
        return text[:1].upper() + text[1:]

    def inside(self, word: str, **values: Any) -> str:
        """The same in the middle of a sentence."""
        return CHANGES[word][self.norm].format(**values)

    def what(self, item: Item) -> str:
        """The row in the middle of a sentence: «oppdrag TB-3 Tittel», «kap. 746 post 01 Drift»."""
        if item.key == "assignment":
            return self.inside("assignment", name=_quoted(item))
        if item.key == "budget_line":
            return post_words(item.data)
        return f"{self.of(KINDS, item.key)} {_quoted(item)}"

    def money(self, kroner: int) -> str:
        """3,4 mill. kroner, exact; under a million in kroner (R-65)."""
        if kroner != 0 and abs(kroner) < 1_000_000:
            return self.inside("kroner", amount=thousands(kroner))
        amount = Decimal(kroner) / 1_000_000
        shown = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
        return self.inside("millions", amount=thousands(Decimal(f"{shown:f}")))

    def tail(self, *, reason: str = "", basis: str = "", day: Any = None) -> str:
        """Why and from when, after the sentence."""
        parts = []
        if basis:
            parts.append(self.change("because", reason=self.of(REASONS, basis)))
        if reason.strip():
            parts.append(reason.strip())
        if day:
            parts.append(self.change("from_day", day=self.day(day)))
        return "".join(f" {part}" for part in parts)


def _quoted(item: Item) -> str:
    reference = str(item.data.get("reference") or "")
    title = str(item.data.get(item.type.names) or "").strip()
    return f"{reference} «{title}»".strip() if title else reference


def post_words(data: Data) -> str:
    """Kap. 746 post 01 Driftsutgifter, in the middle of a sentence."""
    code = f"kap.{NBSP}{data['chapter']} post{NBSP}{int(data['post']):02d}"
    return f"{code} {data.get('name') or ''}".strip()


def delivery_words(item: Item, delivery: Data, say: ChangeSpeaker) -> str:
    """The assignment, and which of its deliveries when it has several."""
    rows = list(item.data.get("deliveries") or ())
    what = say.what(item)
    if len(rows) < 2:
        return what
    number = next((n for n, row in enumerate(rows, start=1) if row["uuid"] == delivery["uuid"]), 0)
    part = str(delivery.get("part") or delivery.get("title") or "") or say.inside("number", n=number)
    return say.inside("delivery", what=what, part=part)


def moved_deadline(item: Item, delivery: Data, new: Any, say: ChangeSpeaker) -> str:
    """The sentence that moves one delivery's deadline, from what it is to what it becomes."""
    old = say.day(delivery.get("deadline")) or deadline(delivery, say).rstrip(".")
    what = delivery_words(item, delivery, say)
    if not old or not delivery.get("deadline"):
        return say.change("set", what=what, new=say.day(new))
    return say.change("moved", what=what, old=old, new=say.day(new))


def amount_text(data: Data, delta: int, before: int | None, say: ChangeSpeaker) -> str:
    """The sentence that changes an amount, with the sum before and after."""
    if before is None:
        return say.change("given", what=post_words(data), delta=say.money(delta))
    word = "increased" if delta > 0 else "reduced"
    return say.change(
        word, what=post_words(data), delta=say.money(abs(delta)), old=say.money(before), new=say.money(before + delta)
    )
