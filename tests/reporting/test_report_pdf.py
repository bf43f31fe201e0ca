"""The rendered report: two files, readable by machine, with contents, charts, annexes; a failure undoes nothing."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from core import files, jobs
from core.models import Job
from core.pdf import RenderFailed
from reporting import tasks
from reporting.actions import report_files
from reporting.actions.report_files import request_preview
from reporting.models import Report, ReportFile
from reporting.snapshot import verify_report
from tests.cast import Cast
from tests.factories.reports import OPENED_AT, SUBMITTED_AT, make_open_report, make_submitted_report

pytestmark = pytest.mark.django_db
assert tasks


def work(report: Report, name: str = "reporting.render_report") -> Job:
    """Do the waiting job as the worker does."""
    job = Job.objects.get(name=name, subject=report.uuid)
    jobs.run(str(job.uuid))
    job.refresh_from_db()
    return job


def text_of(data: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages).replace("\u00ad", "")


def checked(path: Path, *skip: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "outloud"
    return subprocess.run([program, *skip, path], check=False, capture_output=True, text=True)


def test_an_annual_report_gives_two_files_that_pass_the_checkers(cast: Cast, tmp_path: Path) -> None:
    report = make_submitted_report(cast, "annual_report")
    job = work(report)
    assert job.state == "done", job.problem
    assert job.done == job.total > 20
    kept = {row.role: row for row in ReportFile.objects.filter(report=report).select_related("file")}
    assert set(kept) == {"reading", "archive"}
    reading, archive = (files.read(kept[role].file) for role in ("reading", "archive"))
    for name, data, skip in (("l.pdf", reading, ()), ("a.pdf", archive, ("--skip", "DOC-012"))):
        (tmp_path / name).write_bytes(data)
        done = checked(tmp_path / name, *skip)
        assert done.returncode == 0, done.stdout
        assert "0 error(s), 0 warning(s)" in done.stdout
        syntax = subprocess.run(["qpdf", "--check", tmp_path / name], check=False, capture_output=True, text=True)
        assert syntax.returncode == 0, syntax.stdout
    words = text_of(reading)
    for said in ("Leders beretning", "Årsregnskap", "Status for oppdragene", "TB2026-5", "Eirin Dahle", "Risikokart"):
        assert said in words, said
    book = pypdf.PdfReader(BytesIO(reading))
    titles = [item.title for item in book.outline if not isinstance(item, list)]
    assert [title.partition(" ")[0] for title in titles[:7]][-6:] == ["I", "II", "III", "IV", "V", "VI"]
    assert verify_report(report)
    assert work_again(report) == 2


def work_again(report: Report) -> int:
    """Rendering twice gives the same two files."""
    report_files.render_submitted(report=report)
    return ReportFile.objects.filter(report=report).count()


def test_a_report_in_nynorsk_has_the_nynorsk_titles(cast: Cast) -> None:
    report = make_submitted_report(cast, "annual_report", language="nn")
    rendered = report_files.render(report, at=SUBMITTED_AT)
    words = text_of(rendered.reading.content)
    for said in ("Leiarens fråsegn", "Aktivitetar og resultat i", "Årsrekneskap", "Innhald", "Tryggleik og beredskap"):
        assert said in words.replace("\u00a0", " "), said
    book = pypdf.PdfReader(BytesIO(rendered.reading.content))
    assert book.trailer["/Root"]["/Lang"].startswith("nn")  # type: ignore[index]


def test_a_failed_rendering_undoes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    report = make_submitted_report(cast)

    def refuse(*_args: Any, **_more: Any) -> None:
        raise RenderFailed(["missing glyph"])

    monkeypatch.setattr(report_files, "render_document", refuse)
    job = work(report)
    assert job.state == "failed"
    report = Report.objects.get(pk=report.pk)
    assert report.is_submitted
    assert verify_report(report)
    browser = Client()
    browser.force_login(cast.user("officer"), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(reverse("reporting:report", args=[report.uuid])).content.decode()
    assert "Rapporten er sendt inn likevel" in page


def test_a_preview_is_marked_and_stays_on_its_own_side(cast: Cast, tmp_path: Path) -> None:
    report = make_open_report(cast)
    request_preview(report=report, actor=cast.actor("controller"), at=OPENED_AT)
    job = work(report, "reporting.render_preview")
    assert job.state == "done", job.problem
    row = ReportFile.objects.select_related("file").get(report=report)
    assert row.role == "preview"
    assert "Utkast" in text_of(files.read(row.file))
    address = reverse("reporting:report_file", args=[report.uuid, row.uuid])
    for part, status in (("controller", 200), ("officer", 404), ("auditor", 404), ("other_controller", 404)):
        browser = Client()
        browser.force_login(cast.user(part), backend="django.contrib.auth.backends.ModelBackend")
        assert browser.get(address).status_code == status, part


def test_the_command_writes_the_file(cast: Cast, tmp_path: Path) -> None:
    report = make_submitted_report(cast)
    out = tmp_path / "ut.pdf"
    call_command("render_report", str(report.uuid), str(out))
    assert out.read_bytes().startswith(b"%PDF")
    with pytest.raises(CommandError, match="Fant ingen rapport"):
        call_command("render_report", "ikke-en-id", str(out))
