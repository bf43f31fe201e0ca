"""A governing document over REST is the letter format, for those who see the document."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from governance import roundtrip
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.documents import make_draft, make_registered_letter, write_assignment


def test_the_answer_is_the_exported_letter_and_is_asked_for_once(cast: Cast, log_in: Any) -> None:
    document = make_registered_letter(cast)
    client: Client = log_in("controller")
    answer = client.get(f"/api/v1/documents/{document.uuid}/")
    assert answer.status_code == 200
    letter = roundtrip.read_json(json.dumps(answer.json()).encode())
    assert letter.canonical() == roundtrip.letter_of(document).canonical()
    again = client.get(f"/api/v1/documents/{document.uuid}/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_who_may_not_see_gets_nothing_and_what_is_exempt_is_a_shell(cast: Cast, log_in: Any) -> None:
    def fill(writer: Any, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-9", f"Skjermet {MARKER_EXEMPT}", restricted=True, restricted_basis="offl. § 15",
            body=f"Innhold {MARKER_EXEMPT}",
        )  # fmt: skip

    document = make_registered_letter(cast, fill=fill)
    path = f"/api/v1/documents/{document.uuid}/"
    assert MARKER_EXEMPT not in log_in("controller").get(path).content.decode()
    assert MARKER_EXEMPT in log_in("officer").get(path).content.decode()
    for part in ("other_controller", "auditor", "admin", "system_client"):
        assert log_in(part).get(path).status_code == 404, part
    assert Client().get(path).status_code == 401
    draft = make_draft(cast, title="Utkast")
    assert log_in("controller").get(f"/api/v1/documents/{draft.uuid}/").status_code == 404
