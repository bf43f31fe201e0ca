"""`make bench` runs every measurement there is, and says which limits were broken."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from scripts import bench
from tests.architecture.code import BASE_DIR


def test_every_module_that_measures_is_run_by_make_bench_and_told_of() -> None:
    folder = BASE_DIR / "benchmarks"
    measuring = {
        file.stem for file in folder.glob("*.py") if 'if __name__ == "__main__":' in file.read_text(encoding="utf-8")
    }
    assert set(bench.MEASUREMENTS) == measuring
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in bench.MEASUREMENTS if f".{name}`" not in readme] == []
    made = subprocess.run(
        ["make", "--dry-run", "bench"], cwd=BASE_DIR, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    assert "-m scripts.bench" in made


def test_all_are_run_and_the_broken_ones_are_named_last(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run: list[str] = []

    def measure(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        run.append(command[-1])
        return subprocess.CompletedProcess(command, 1 if command[-1].endswith("letters") else 0)

    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    monkeypatch.setattr(sys, "argv", ["bench"])
    monkeypatch.setattr(bench.subprocess, "run", measure)
    assert bench.main() == 1
    assert run == [f"benchmarks.{name}" for name in bench.MEASUREMENTS]
    assert capfd.readouterr().out.strip().splitlines()[-1] == "Broken: letters."


def test_a_measurement_that_is_not_there_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "leters"])
    assert bench.main() == 2
    assert capfd.readouterr().out.startswith("No such measurement: leters. There are: pages, letters,")
