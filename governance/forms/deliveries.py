"""The form of one delivery of an assignment at review (decision A6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.form_fields import WrittenDateField
from governance.forms.rows import DEADLINE_CHOICES
from governance.intake.deliveries import PRODUCTS

PRODUCT_WORDS: dict[str, str | Promise] = {
    "final": gettext_lazy("Endelig leveranse"),
    "preliminary": gettext_lazy("Foreløpig vurdering"),
    "partial": gettext_lazy("Delleveranse"),
    "plan": gettext_lazy("Plan"),
    "status_report": gettext_lazy("Statusrapport"),
    "draft_consultation": gettext_lazy("Utkast"),
    "meeting": gettext_lazy("Møte"),
}


class DeliveryForm(forms.Form):
    """Part, what, kind of deadline, date, and the passage it stands in. ``passages`` are those of the assignment."""

    part = forms.CharField(label=gettext_lazy("Del, som «bokstav c»"), max_length=100, required=False)
    title = forms.CharField(label=gettext_lazy("Hva som leveres"), max_length=300, required=False)
    product = forms.ChoiceField(
        label=gettext_lazy("Slag"), choices=[(name, PRODUCT_WORDS[name]) for name in PRODUCTS], required=False
    )
    deadline_text = forms.CharField(label=gettext_lazy("Frist, slik den står"), max_length=300, required=False)
    form = forms.ChoiceField(label=gettext_lazy("Fristen er"), choices=DEADLINE_CHOICES, required=False)
    date: Any = WrittenDateField(label=gettext_lazy("Lest som"), required=False)
    time = forms.TimeField(label=gettext_lazy("Klokken"), required=False)
    passage = forms.ChoiceField(label=gettext_lazy("Står i avsnitt"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        delivery: Mapping[str, Any],
        passages: Sequence[tuple[int, str]],
        resting: Sequence[int] = (),
        place: str = "ny",
        **kwargs: Any,
    ) -> None:
        kind = {"date_time": "date"}.get(str(delivery.get("kind")), str(delivery.get("kind") or "none"))
        initial = {
            **{name: delivery.get(name) or "" for name in ("part", "title", "product", "deadline_text")},
            "form": "doubtful" if delivery.get("doubtful") else kind,
            "date": date.fromisoformat(str(delivery["date"])[:10]) if delivery.get("date") else None,
            "time": delivery.get("time"),
            "passage": str(resting[0]) if resting else "",
        }
        super().__init__(data, initial=initial, auto_id=f"id_{place}_%s", **kwargs)
        self.fields["passage"].choices = [  # type: ignore[attr-defined]
            ("", _("Ikke valgt")),
            *((str(ordinal), f"{ordinal + 1}: {words[:90]}") for ordinal, words in passages),
        ]
        if delivery.get("start"):
            self.fields["deadline_text"].widget.attrs["readonly"] = True

    def values(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "passage"}
        chosen = self.cleaned_data.get("passage")
        return {**values, "passages": [int(chosen)] if chosen else []}
