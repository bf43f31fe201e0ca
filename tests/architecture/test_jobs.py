"""Every job an action asks for has somebody to do it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

from core import jobs
from core.actor import system_actor
from core.models import Job


def constants() -> set[str]:
    """Every ``…_JOB = "name"`` of our apps, and every literal name given to ``enqueue``."""
    found = set()
    for app in settings.OUR_APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                    if any(name.endswith("_JOB") for name in names):
                        found.add(str(node.value.value))
    return found


def test_every_job_name_has_a_handler() -> None:
    names = constants()
    assert names
    assert names <= jobs.registered_names()


@pytest.mark.django_db
def test_a_job_that_nobody_knows_fails_with_a_sentence_instead_of_being_tried_for_ever() -> None:
    job = jobs.enqueue(name="nobody.knows", label="Ukjent", actor=system_actor("tester"))
    jobs.run(str(job.uuid))
    job = Job.objects.get(pk=job.pk)
    assert job.state == "failed"
    assert "nobody.knows" in job.problem["message"]
