"""The instruction behind a letter: V-02. A letter keeps the instruction of its day; a newer one is a notice."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formatting import full_date
from governance.checks.content import Content
from governance.checks.registry import Found, check
from governance.models import Severity

#: the way on when an instruction is missing; pages offer it as a button
REGISTER_IT = _("Registrer den.")


@check("V-02", Severity.WARNING, gettext_lazy("Instruksen brevet viser til, mangler eller er erstattet"))
def instruction_holds(content: Content) -> Iterable[Found]:
    """A letter cites an instruction that is registered, was in force on its date, and still is (R-03)."""
    if content.family == "instruction":
        return
    registered = {row.dated: row for row in content.instructions}
    for row in {row.data.get("date"): row for row in content.citations if row.text("kind") == "instruction"}.values():
        cited = row.data.get("date")
        if cited is None:
            continue
        words = {"date": full_date(cited)}
        found = registered.get(cited)
        if found is None:
            sentence = _("Brevet viser til instruksen av %(date)s, som ikke er registrert.")
            yield Found(f"{sentence % words} {REGISTER_IT}", place=row.place, passage=row.uuid or None)
            continue
        if content.dated and found.replaced_on and found.replaced_on <= content.dated:
            sentence = _("Instruksen av %(date)s var erstattet da brevet ble skrevet.")
            yield Found(sentence % words, place=row.place, passage=row.uuid or None)
        elif found.replaced_on and found.replaced_on <= content.day:
            sentence = _("Instruksen brevet viser til, av %(date)s, er erstattet fra %(replaced)s.")
            words |= {"replaced": full_date(found.replaced_on)}
            yield Found(sentence % words, place=row.place, passage=row.uuid or None)
