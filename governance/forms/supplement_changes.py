"""Forms for what a supplement changes: one small form for each chosen row, shape only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Department
from core.formatting import full_date
from governance.actions.change_base import Wish
from governance.drafting.acts import AMOUNT, DATED, LATER_DAY, MOVE, REPLACE, WITHDRAW
from governance.drafting.change_words import REASONS
from governance.form_fields import LineListField, ThousandKronerField
from governance.forms.letters import DateField, NamedChoice, VersionedForm
from governance.items import Item
from governance.models import Direction, DirectiveEdition, LockDecider


def _line(label: Any, longest: int = 300) -> forms.Field:
    return forms.CharField(label=label, max_length=longest, required=False)


def _text(label: Any, rows: int = 4) -> forms.Field:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), required=False)


class TextByRule(forms.CharField):
    """A text that must be there; the action says so, together with everything else that is wrong."""

    widget = forms.Textarea(attrs={"rows": 2})

    def validate(self, value: Any) -> None:
        """Left to the action."""


def _time(label: Any) -> forms.Field:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}))


#: The values that can be replaced, by type of row.
REPLACEABLE: dict[str, dict[str, Any]] = {
    "assignment": {"title": lambda: _text(_("Tittel"), 2), "body": lambda: _text(_("Hva virksomheten skal gjøre"), 6)},
    "goal": {"title": lambda: _text(_("Mål"), 2), "body": lambda: _text(_("Omtale"))},
    "parameter": {
        "title": lambda: _text(_("Styringsparameter"), 2),
        "unit": lambda: _line(_("Enhet"), 40),
        "direction": lambda: forms.ChoiceField(
            label=_("Retning"), choices=[("", _("ikke oppgitt")), *Direction.choices], required=False
        ),
    },
    "key_figure": {
        "title": lambda: _text(_("Nøkkeltall"), 2),
        "unit": lambda: _line(_("Enhet"), 40),
        "dimensions": lambda: LineListField(label=_("Fordelt på"), required=False),
        "measures": lambda: LineListField(label=_("Verdier som rapporteres"), required=False),
    },
    "authorisation": {
        "title": lambda: _text(_("Fullmakt"), 2),
        "text": lambda: _text(_("Ordlyd"), 5),
        "limit": lambda: forms.IntegerField(label=_("Beløpsgrense i kroner"), min_value=0, required=False),
        "valid_from": lambda: DateField(label=_("Fra og med"), required=False),
        "valid_to": lambda: DateField(label=_("Til og med"), required=False),
    },
    "calendar": {
        "title": lambda: _text(_("Hva"), 2),
        "date": lambda: DateField(label=_("Dato"), required=False),
        "time": lambda: _time(_("Fra klokken")),
        "end_time": lambda: _time(_("Til klokken")),
        "place": lambda: _line(_("Sted"), 200),
        "note": lambda: _text(_("Merknad"), 2),
    },
    "reporting": {
        "title": lambda: _text(_("Krav"), 2),
        "text": lambda: _text(_("Ordlyd"), 5),
        "due": lambda: DateField(label=_("Frist"), required=False),
    },
    "common_directive": {"title": lambda: _text(_("Fellesføring"), 2), "text": lambda: _text(_("Ordlyd"), 5)},
    "budget_line": {
        "name": lambda: _line(_("Benevnelse")),
        "amount": lambda: ThousandKronerField(label=_("Nytt beløp, i 1 000 kroner")),
        "comment": lambda: _text(_("Merknad"), 2),
    },
    "enclosure": {
        "title": lambda: _line(_("Ettersendes")),
        "note": lambda: _text(_("Merknad"), 2),
        "expected_on": lambda: DateField(label=_("Ventes innen"), required=False),
    },
    "meeting_rule": {
        "minimum": lambda: forms.IntegerField(label=_("Minst i året"), min_value=1),
        "text": lambda: _text(_("Ordlyd")),
    },
    "notice_duty": {"title": lambda: _text(_("Varsles om"), 2), "text": lambda: _text(_("Ordlyd"))},
    "lock_rule": {
        "exception": lambda: _text(_("Unntak"), 2),
        "decider": lambda: forms.ChoiceField(
            label=_("Åpnes av"), choices=[("", _("Ikke sagt")), *LockDecider.choices], required=False
        ),
        "text": lambda: _text(_("Ordlyd")),
    },
    "citation": {"text": lambda: _line(_("Slik det står"))},
    "copy_rule": {"simultaneous": lambda: forms.BooleanField(label=_("Samtidig"), required=False)},
}


#: What an exemption must say. A letter that was read in may lack some of it; then it is asked for with the change.
EXEMPTION: dict[str, Any] = {
    "restricted_basis": lambda: _line(_("Hjemmel for unntaket"), 200),
    "restricted_title": lambda: _line(_("Offentlig tittel, som ikke røper innholdet")),
    "restricted_by": lambda: _line(_("Ansvarlig for unntaket"), 200),
}


class WishForm(forms.Form):
    """One row and what happens to it. The fields follow from both."""

    def __init__(
        self,
        *args: Any,
        item: Item,
        what: str,
        departments: Any = None,
        assignments: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["prefix"] = str(item.uuid)
        kwargs.setdefault("initial", self._now(item, what))
        super().__init__(*args, **kwargs)
        self.item, self.what = item, what
        builders: dict[str, Any] = {
            MOVE: self._move,
            REPLACE: self._replace,
            AMOUNT: self._amount,
            WITHDRAW: self._withdraw,
        }
        builders[what](departments=departments, assignments=assignments or [])
        if item.data.get("restricted"):
            lacking = [name for name in EXEMPTION if not item.data.get(name)]
            self.fields.update({name: EXEMPTION[name]() for name in lacking})
        if what != MOVE and item.key in LATER_DAY:
            self.fields["effective_on"] = DateField(
                label=_("Gjelder fra"), required=False, help_text=_("Tomt betyr fra brevets dato.")
            )

    @staticmethod
    def _now(item: Item, what: str) -> dict[str, Any]:
        return dict(item.data) if what == REPLACE else {}

    def _move(self, **_more: Any) -> None:
        rows = list(self.item.data.get("deliveries") or ())
        if self.item.key in DATED:
            self.fields["date"] = DateField(label=_("Ny dato"), required=False)
        for number, row in enumerate(rows, start=1):
            name = str(row.get("part") or row.get("title") or _("leveranse %(n)s") % {"n": number})
            day = full_date(date.fromisoformat(str(row["deadline"])[:10])) if row.get("deadline") else _("ingen frist")
            words = {"name": name, "now": row.get("deadline_text") or day}
            self.fields[f"date-{row['uuid']}"] = DateField(
                label=_("Ny frist: %(name)s") % words, required=False, help_text=_("Nå: %(now)s") % words
            )
        self.fields["reason"] = TextByRule(label=_("Begrunnelse"))

    def _withdraw(self, **_more: Any) -> None:
        self.fields["reason"] = TextByRule(label=_("Begrunnelse"))

    def _replace(self, *, departments: Any, **_more: Any) -> None:
        for name, make in REPLACEABLE[self.item.key].items():
            self.fields[name] = make()
        if self.item.key == "assignment" and departments is not None:
            self.fields["department"] = NamedChoice(label=_("Ansvarlig avdeling"), queryset=departments, required=False)
        self.fields["reason"] = _text(_("Begrunnelse"), 2)

    def _amount(self, *, assignments: list[tuple[str, str]], **_more: Any) -> None:
        self.fields["amount"] = ThousandKronerField(
            label=_("Endring, i 1 000 kroner"), help_text=_("Skriv minus foran en reduksjon.")
        )
        reasons = [(code, words[0]) for code, words in REASONS.items()]
        self.fields["basis"] = forms.ChoiceField(
            label=_("Følger av"), choices=[("", _("annet")), *reasons], required=False
        )
        self.fields["reason"] = _text(_("Begrunnelse"), 2)
        self.fields["assignment"] = forms.ChoiceField(
            label=_("Til oppdrag"), choices=[("", _("ikke knyttet til et oppdrag")), *assignments], required=False,
            help_text=_("Også et oppdrag i dette utkastet: nummeret er reservert og kan vises til."),
        )  # fmt: skip
        self.fields["anchor"] = _line(_("Underpunkt"), 20)

    def wish(self) -> Wish:
        """What the form asks for."""
        values = dict(self.cleaned_data)
        common = {"reason": values.pop("reason", ""), "effective_on": values.pop("effective_on", None)}
        if self.what == MOVE:
            said = {name: value for name, value in values.items() if name in EXEMPTION}
            return Wish(MOVE, self.item.uuid, dates=self._dates(values), values=said, **common)
        if self.what == AMOUNT:
            chosen = values.get("assignment")
            return Wish(
                AMOUNT, self.item.uuid, amount=values.get("amount") or 0, basis=values.get("basis") or "",
                assignment=UUID(chosen) if chosen else None, anchor=values.get("anchor") or "", **common,
            )  # fmt: skip
        return Wish(self.what, self.item.uuid, values=self._values(values), **common)

    def _dates(self, values: Mapping[str, Any]) -> dict[UUID, date]:
        dates = {name: value for name, value in values.items() if value and name.startswith("date")}
        return {
            self.item.uuid if name == "date" else UUID(name.removeprefix("date-")): value
            for name, value in dates.items()
        }

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        made = dict(values)
        if isinstance(made.get("department"), Department):
            made |= {"department_text": made["department"].code, "department": str(made["department"].uuid)}
        if made.get("date") or made.get("due"):
            made |= {"date_text": ""} if "date" in made else {"due_text": ""}
        return made


class NumbersForm(VersionedForm):
    """How many numbers to reserve."""

    count = forms.IntegerField(label=gettext_lazy("Hvor mange nummer"), min_value=1, max_value=20, initial=1)


class DirectivesForm(VersionedForm):
    """Editions to attach."""

    editions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Fellesføringer"), queryset=DirectiveEdition.objects.none(), to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["editions"].queryset = editions  # type: ignore[attr-defined]
