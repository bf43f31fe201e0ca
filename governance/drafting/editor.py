"""The form that is open in the workspace: a row or text, what was typed before, and what two people wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.errors import NotFound
from governance.actions.draft_access import require_seen
from governance.differences.words import Segment, word_diff
from governance.drafting.merging import RowConflict
from governance.drafting.values import label_of
from governance.forms.draft_rows import RowForm
from governance.forms.draft_text import TextForm
from governance.items import ITEM_TYPES, read_row
from governance.models import ItemPassage, Passage, RowRevision, SteeringDocument
from governance.selectors.draft_beside import typed
from governance.selectors.draft_choices import choices_for, words_for_add
from governance.selectors.workspace import chapter_url

TEXT = "passage"


@dataclass(frozen=True)
class Target:
    """What is being written: the type, the row (None for a new one), and for new text what it comes after."""

    key: str
    uuid: UUID | None = None
    after: UUID | None = None

    @property
    def form(self) -> str:
        """The name the typed words are kept under."""
        return f"{self.key}:{self.uuid or 'ny'}"

    @property
    def query(self) -> str:
        """The part of the address that opens it again."""
        found = f"rad={self.key}:{self.uuid}" if self.uuid else f"ny={self.key}"
        return f"{found}&etter={self.after}" if self.after else found


@dataclass(frozen=True)
class ConflictLine:
    """One field both changed: its name on the form, what stands there now against what I wrote, word by word."""

    path: str
    label: str
    theirs: str
    mine: str
    segments: list[Segment]


@dataclass
class Editor:
    """The open form."""

    target: Target
    title: str
    url: str
    row: RowForm | None = None
    text: TextForm | None = None
    number: int = 0
    kept: str = ""
    kept_url: str = ""
    restored: bool = False
    who: str = ""
    conflicts: list[ConflictLine] = field(default_factory=list)

    @property
    def forms(self) -> list[Any]:
        """The Django forms in it, for the summary of errors."""
        return list(self.row.parts) if self.row else [self.text]

    @property
    def is_valid(self) -> bool:
        """All of it can be read."""
        return self.row.is_valid() if self.row else bool(self.text and self.text.is_valid())


def target_of(query: QueryDict) -> Target | None:
    """What the address asks to have open; None for nothing. Raises NotFound for what does not exist."""
    row, new = query.get("rad", ""), query.get("ny", "")
    key, _sep, uuid = row.partition(":") if row else (new, "", "")
    if not key:
        return None
    if key != TEXT and key not in ITEM_TYPES:
        raise NotFound(_("Denne typen rad finnes ikke."))
    try:
        after = UUID(str(query["etter"])) if query.get("etter") else None
        return Target(key, UUID(uuid) if uuid else None, after)
    except ValueError:
        raise NotFound(_("Raden finnes ikke i utkastet.")) from None


def revision_number(item: UUID | None) -> int:
    """The version the form is opened on."""
    last = RowRevision.objects.filter(item=item).order_by("-number").first() if item else None
    return last.number if last else 0


def open_editor(
    document: SteeringDocument,
    chapter: str,
    target: Target,
    *,
    actor: Actor,
    day: date,
    data: Any = None,
    restore: bool = False,
    more: str = "",
) -> Editor:
    """The form on the row as it stands, or with what was typed (``data``, or the kept words with ``restore``)."""
    if target.uuid is not None:
        require_seen(document, target.uuid, actor, day)
    kept = typed(document=document, form=target.form, actor=actor) if data is None else None
    if restore and kept is not None:
        data = QueryDict(mutable=True)
        for name, values in kept.data.items():
            data.setlist(name, values)
    number = int(data["base_number"]) if data and str(data.get("base_number", "")).isdecimal() else None
    url = chapter_url(document, chapter)
    editor = Editor(
        target=target,
        title=_title(target),
        url=f"{url}?{target.query}#skjema",
        number=revision_number(target.uuid) if number is None else number,
        restored=restore and kept is not None,
    )
    if kept is not None and not restore:
        editor.kept = formatting.moment_near(kept.saved_at, day)
        editor.kept_url = f"{url}?{target.query}&kladd=1#skjema"
    if target.key == TEXT:
        editor.text = _text_form(document, target, data)
    else:
        editor.row = _row_form(document, target, data, day, editor.number, more)
    return editor


def _title(target: Target) -> str:
    if target.key == TEXT:
        return _("Endre tekst") if target.uuid else _("Ny tekst")
    kind = ITEM_TYPES[target.key]
    return _("Endre %(what)s") % {"what": kind.one} if target.uuid else words_for_add(target.key)


def _text_form(document: SteeringDocument, target: Target, data: Any) -> TextForm:
    initial: dict[str, Any] = {"heading_level": 0}
    language = document.language
    if target.uuid:
        passage = Passage.objects.filter(document=document, uuid=target.uuid).first()
        if passage is None:
            raise NotFound(_("Avsnittet er ikke lenger i utkastet."))
        made = passage.kind == "structured" and ItemPassage.objects.filter(passage=passage).exists()
        if made:
            raise NotFound(_("Teksten lages av raden den hører til. Åpne raden i stedet."))
        from governance.drafting.rich import from_plain

        initial = {"text": passage.rich or from_plain(passage.text), "heading_level": passage.heading_level}
        language = passage.language
    return TextForm(data, initial=initial, language=language)


def _row_form(document: SteeringDocument, target: Target, data: Any, day: date, number: int, more: str) -> RowForm:
    values: Mapping[str, Any] = {}
    if target.uuid:
        item = read_row(ITEM_TYPES[target.key], target.uuid)
        if item is None or item.document_id != document.pk:
            raise NotFound(_("Raden er ikke lenger i utkastet. Den kan være tatt ut; da kan du sette den inn igjen."))
        values = item.data
    choices = choices_for(document, target.key, day)
    return RowForm(target.key, data=data, values=values, choices=choices, number=number, more=more)


def after_conflict(editor: Editor, document: SteeringDocument, error: RowConflict, *, day: date) -> Editor:
    """The same form with what only one changed already merged, and both versions of what both changed."""
    editor.number, editor.who = error.number, error.saved_by
    if editor.target.key == TEXT:
        editor.text = TextForm(
            initial={
                "text": error.mine.get("rich") or error.mine.get("text"),
                "heading_level": error.mine["heading_level"],
            },
            language=str(error.mine.get("language") or document.language),
        )
        mine, theirs = str(error.mine.get("text") or ""), str(error.theirs.get("text") or "")
        editor.conflicts = [ConflictLine("text", _("Tekst"), theirs, mine, word_diff(theirs, mine))]
        return editor
    choices = choices_for(document, editor.target.key, day)
    editor.row = RowForm(editor.target.key, values=error.merge.data, choices=choices, number=error.number)
    editor.conflicts = [_conflict(editor.target.key, row, choices) for row in error.merge.conflicts]
    return editor


def _conflict(key: str, conflict: Any, choices: Mapping[str, Any]) -> ConflictLine:
    name = conflict.path.rpartition(".")[2]
    kind = ITEM_TYPES[key]
    models = [kind.model, *(child.model for child in kind.children)]
    fields = [f for model in models for f in model._meta.concrete_fields if f.name == name]
    label = label_of(fields[0]) if fields else _("Linjen")
    theirs, mine = (_spoken(name, value, choices) for value in (conflict.theirs, conflict.mine))
    return ConflictLine(conflict.path, label, theirs, mine, word_diff(theirs, mine))


def _spoken(name: str, value: Any, choices: Mapping[str, Any]) -> str:
    if value is None or value == "":
        return _("tomt")
    if name in choices:
        return str(dict(choices[name]).get(str(value), value))
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, Mapping):
        return "; ".join(str(part) for key, part in value.items() if part and key != "uuid")
    return str(value)


def with_choices(values: dict[str, Any], current: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """What is saved after a conflict: for each field, mine as typed, or theirs as it stands."""
    for path, whose in chosen.items():
        if whose != "theirs":
            continue
        key, _sep, rest = path.partition(".")
        if not rest:
            values[key] = current.get(key)
            continue
        uuid, _sep, name = rest.partition(".")
        there = next((row for row in current.get(key) or () if row["uuid"] == uuid), None)
        here = next((row for row in values.get(key) or () if row.get("uuid") == uuid), None)
        if there is None:
            values[key] = [row for row in values.get(key) or () if row.get("uuid") != uuid]
        elif here is None:
            values[key] = [*(values.get(key) or ()), dict(there)]
        elif name:
            here[name] = there[name]
    return values
