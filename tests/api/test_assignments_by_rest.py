"""Assignment status by REST: own scoped token, keyset pages, strict parameters, problem+json."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.actions.people import make_token, revoke_token
from assignments.models import Assignment
from core.actor import system_actor
from core.clock import OSLO
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.documents import REGISTERED_AT, make_registered_letter, write_assignment

NOW = datetime(2026, 5, 28, 9, 0, tzinfo=OSLO)
LIST = "/api/v1/assignments/"


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def token_for(cast: Cast, *, days: int = 30, scopes: tuple[str, ...] = ("assignments:read",)) -> tuple[Any, str]:
    return make_token(
        user=cast.user("system_client"),
        name="Fagsystem",
        days=days,
        scopes=list(scopes),
        actor=system_actor("tester"),
        at=datetime.now(UTC),
    )


def get(secret: str, url: str = LIST, **headers: str) -> Any:
    return Client().get(url, headers={"authorization": f"Bearer {secret}", **headers})


@pytest.fixture
def letter(cast: Cast) -> Any:
    return make_registered_letter(cast)


def test_a_client_gets_the_assignments_of_an_agency_and_letter_year(cast: Cast, letter: Any) -> None:
    _token, secret = token_for(cast)
    answer = get(secret, f"{LIST}?agency=974761122&letter_year=2026")
    assert answer.status_code == 200
    rows = {row["reference"]: row for row in answer.json()["results"]}
    assert set(rows) == {"TB2026-1", "TB2026-3", "TB2026-4", "TB2026-5", "TB2026-6"}
    row = rows["TB2026-6"]
    assert row["title"] == "Gjennomgå og revidere blodforskriften"
    assert row["department"] == "FHA"
    assert row["agency"] == {"number": "974761122", "name": "Direktoratet for medisinske produkter"}
    assert row["deliveries"][0]["deadline_current"] == "2027-01-15"
    doubtful = rows["TB2026-5"]["deliveries"][0]
    assert doubtful["deadline_as_written"] == "15.januar 2026"
    assert doubtful["under_clarification"] is True
    assert doubtful["deadline_current"] is None


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("year=2026", "letter_year"),
        ("agenzy=974761122", "agency"),
        ("agency=974761123", "Kontrollsifferet"),
        ("letter_year=26", "årstall"),
        ("due_from=i+morgen", "dato"),
        ("status=ferdig", "in_progress"),
        ("cursor=abc", "next_cursor"),
        ("page_size=0", "1 til 500"),
        ("agency=974761122&agency=983544622", "flere ganger"),
        ("updated_since=2026-01-01", "tidssone"),
        ("due_from=2026-02-01&due_to=2026-01-01", "før"),
    ],
)
def test_a_wrong_parameter_is_422_with_the_way_out(cast: Cast, query: str, word: str) -> None:
    _token, secret = token_for(cast)
    answer = get(secret, f"{LIST}?{query}")
    assert answer.status_code == 422
    assert answer["content-type"] == "application/problem+json"
    assert word in str(answer.json()["errors"])


def test_without_token_with_a_forged_an_expired_or_a_revoked_one_the_answer_says_why(cast: Cast) -> None:
    assert Client().get(LIST).status_code == 401
    assert get("sd_forfalsket").status_code == 401
    token, secret = token_for(cast, days=1)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        expired = get(secret)
    assert expired.status_code == 401
    assert "utløpt" in expired.json()["detail"]
    assert expired["www-authenticate"].startswith("Bearer")
    revoke_token(token=token, actor=system_actor("tester"), at=NOW)
    assert "trukket tilbake" in get(secret).json()["detail"]


def test_a_token_without_the_scope_is_403(cast: Cast) -> None:
    _token, secret = token_for(cast, scopes=("other:read",))
    assert get(secret).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_get_exists(cast: Cast, method: str) -> None:
    _token, secret = token_for(cast)
    answer = getattr(Client(), method)(LIST, headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 405
    assert answer["content-type"] == "application/problem+json"


def test_a_client_of_one_ministry_sees_only_its_agencies_and_a_forged_id_is_404(cast: Cast, letter: Any) -> None:
    sub = make_registered_letter(
        cast, by="sub_agency_officer", kind="sub_agency_letter", recipient=cast.org("Helfo"), fill=one_for("MD2026-1")
    )
    hidden = Assignment.objects.get(document=sub)
    _token, secret = token_for(cast)
    assert "MD2026-1" not in get(secret).content.decode()
    for uuid in (hidden.uuid, "0198c2f4-7d1e-7a90-8000-000000000000"):
        answer = get(secret, f"{LIST}{uuid}/")
        assert answer.status_code == 404
        assert answer["content-type"] == "application/problem+json"


def one_for(reference: str, **fields: Any) -> Any:
    def fill(writer: Any, cast: Cast) -> None:
        write_assignment(writer, cast, reference, "Et oppdrag", department="", **fields)

    return fill


def test_an_exempt_assignment_is_a_shell_with_the_same_shape(cast: Cast) -> None:
    def fill(writer: Any, cast: Cast) -> None:
        title = f"Hemmelig {MARKER_EXEMPT}"
        write_assignment(writer, cast, "TB2026-9", title, restricted=True, restricted_basis="offl. § 15 tredje ledd")

    make_registered_letter(cast, fill=fill)
    _token, secret = token_for(cast)
    answer = get(secret)
    (row,) = answer.json()["results"]
    assert MARKER_EXEMPT not in answer.content.decode()
    assert (row["access"], row["title"], row["deliveries"]) == ("restricted", None, [])
    assert row["access_basis"] == "offl. § 15 tredje ledd"


def test_pages_neither_loop_nor_lose_rows_of_one_instant(cast: Cast, letter: Any) -> None:
    original = Assignment.objects.get(number=1)
    shared = {f.name: getattr(original, f.attname) for f in Assignment._meta.concrete_fields}
    for name in ("id", "uuid", "item", "search", "number", "joint", "owner", "ministry_contact"):
        shared.pop(name, None)
    links = ("document", "issuer", "given_to", "responsible", "department")
    ids = {f"{name}_id": shared.pop(name) for name in links}
    Assignment.objects.bulk_create(
        [Assignment(**shared, **ids, number=number) for number in range(1000, 3500)], batch_size=500
    )
    Assignment.objects.filter(number__gte=1000).update(created_at=NOW)
    _token, secret = token_for(cast)
    seen: list[str] = []
    url = f"{LIST}?page_size=500"
    while url:
        body = get(secret, url).json()
        seen += [row["id"] for row in body["results"]]
        url = f"{LIST}?page_size=500&cursor={body['next_cursor']}" if body["next_cursor"] else ""
    assert len(seen) == len(set(seen)) == 2505


def test_internal_work_does_not_move_version_or_etag(cast: Cast, letter: Any) -> None:
    row = Assignment.objects.get(number=1)
    _token, secret = token_for(cast)
    url = f"{LIST}{row.uuid}/"
    before = get(secret, url)
    Assignment.objects.filter(pk=row.pk).update(version=99, owner=cast.user("owner"))
    after = get(secret, url)
    assert before["etag"] == after["etag"]
    assert before.json() == after.json()
    assert get(secret, url, **{"if-none-match": before["etag"]}).status_code == 304


def test_the_number_of_queries_is_the_same_for_two_rows_and_for_many(cast: Cast) -> None:
    _token, secret = token_for(cast)
    get(secret)  # the day's first use of a token is written down, once
    counts = []
    for number in (1, 2):
        make_registered_letter(
            cast, number=number, fill=many(20 * number, start=number * 100), at=REGISTERED_AT + timedelta(days=number)
        )
        with CaptureQueriesContext(connection) as queries:
            assert get(secret).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def many(count: int, *, start: int) -> Any:
    def fill(writer: Any, cast: Cast) -> None:
        for number in range(start, start + count):
            write_assignment(writer, cast, f"TB2026-{number}", f"Oppdrag {number}")

    return fill


def test_the_schema_in_the_repository_is_the_one_that_is_served(settings: Any) -> None:
    served = Client().get("/api/v1/schema/").content.decode()
    kept = (settings.BASE_DIR / "docs" / "api" / "openapi.yaml").read_text(encoding="utf-8")
    assert served == kept


def test_the_schema_has_a_page(client: Client) -> None:
    answer = client.get("/api/v1/docs/")
    assert answer.status_code == 200
    assert "swagger" in answer.content.decode().lower()
