"""The small forms of the review: where to cut, what to merge, where the title ends, what a passage becomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.intake import borders
from governance.intake.acts import title_to
from governance.intake.kinds import KINDS
from governance.intake.lines import NEW, Candidate, Place, candidates
from governance.intake.row_words import number_of, title_of
from governance.models import DocumentImport, ImportRow


class RowStepForm(forms.Form):
    """Carries the version of the row the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: ImportRow, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": row.version}, **kwargs)


class SplitForm(RowStepForm):
    """The passage where the second row begins."""

    passage = forms.ChoiceField(label=gettext_lazy("Den nye raden begynner her"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, found: DocumentImport, row: ImportRow, **kwargs: Any) -> None:
        super().__init__(data, row=row, **kwargs)
        texts = {passage["ordinal"]: passage["plain"] for passage in found.passages}
        self.fields["passage"].choices = [  # type: ignore[attr-defined]
            (str(ordinal), f"{ordinal + 1}: {texts.get(ordinal, '')[:120]}") for ordinal in row.passages[1:]
        ]


class MergeForm(RowStepForm):
    """Another row of the same kind."""

    other = forms.ChoiceField(
        label=gettext_lazy("Rad som slås sammen med denne"),
        help_text=gettext_lazy("Teksten og leveransene legges til. Raden du sto på, beholder nummer og tittel."),
    )

    def __init__(self, data: Any = None, *, rows: list[ImportRow], row: ImportRow, **kwargs: Any) -> None:
        super().__init__(data, row=row, **kwargs)
        others = [other for other in rows if other.kind == row.kind and other.pk != row.pk]
        others.sort(key=lambda other: abs(other.ordinal - row.ordinal))
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (str(other.uuid), f"{number_of(other)} {title_of(other)}"[:120]) for other in others
        ]


class LineForm(RowStepForm):
    """The lines of earlier letters, the likeliest first, or a new one. ``where`` is where the row stands."""

    line = forms.ChoiceField(label=gettext_lazy("Den samme som"), widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, known: list[Candidate], row: ImportRow, where: Place, **kwargs: Any
    ) -> None:
        super().__init__(data, row=row, **kwargs)
        shown = candidates(known, title_of(row), where)
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            *((one.line, ", ".join([one.words, *self._fits(one)])) for one in shown),
            (NEW, _("Ingen av dem. Den er ny i år.")),
        ]
        fitting = shown and shown[0].proposed
        self.fields["line"].initial = row.data.get("line") or (shown[0].line if fitting else NEW)

    @staticmethod
    def _fits(one: Candidate) -> list[str]:
        said = [_("samme ord") if one.likeness == 1 else _("%(n)s prosent likt") % {"n": round(one.likeness * 100)}]
        if one.same_goal is not None:
            said.append(_("samme mål") if one.same_goal else _("annet mål"))
        return [*said, _("samme punkt")] if one.same_section else said


WORDS = "w"
"""Before a number of words, where the reader doubted nothing."""


class BorderForm(RowStepForm):
    """The places where the title may end: those the reader doubted first, then every line and sentence."""

    end = forms.ChoiceField(label=gettext_lazy("Tittelen er"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, found: DocumentImport, row: ImportRow, **kwargs: Any) -> None:
        super().__init__(data, row=row, **kwargs)
        doubted = [
            (str(border["end"]), title_to(found.canonical_text, row.spans, border["end"]) or border["title"])
            for border in borders.of_doubts(row.doubts)
        ]
        said = {title for _end, title in doubted}
        offered = [(f"{WORDS}{n}", title) for n, title in borders.places(row.kind, row.data) if title not in said]
        self.fields["end"].choices = [*doubted, *offered]  # type: ignore[attr-defined]
        own = str(row.data.get("title") or "")
        self.fields["end"].initial = next((end for end, title in [*doubted, *offered] if title == own), None)

    def place(self) -> dict[str, Any]:
        """Where the title ends, as the action takes it."""
        end = str(self.cleaned_data["end"])
        return {"title_words": int(end[1:])} if end.startswith(WORDS) else {"end": int(end)}


class PassageForm(forms.Form):
    """What a passage becomes: a new row of a kind, or a row that was made prose before, as it was."""

    kind = forms.ChoiceField(label=gettext_lazy("Hva slags rad"))

    def __init__(self, data: Any = None, *, text: str, earlier: list[ImportRow] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.earlier = {str(row.uuid): row for row in earlier or []}
        back = _("Ta tilbake raden «%(title)s»")
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            *((uuid, back % {"title": title_of(row)[:80]}) for uuid, row in self.earlier.items()),
            *((kind, said.one) for kind, said in KINDS.items()),
        ]
        self.fields["kind"].help_text = _("Avsnittet: «%(text)s»") % {"text": " ".join(text.split())[:400]}
