"""Are the two lock files in step with pyproject.toml, complete, hashed and free of addresses?

Asked without a network: what pyproject.toml names must be locked in a version that fits, and the packages
that can be reached from there through what is installed must be exactly the locked ones.
"""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import paths

ADDRESS = re.compile(r"https?://|file:|--index-url|--extra-index-url|--find-links")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def main() -> int:
    """Print what is wrong and return the exit code."""
    project = tomllib.loads((paths.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    direct = [Requirement(line) for line in project["project"]["dependencies"]]
    dev = [Requirement(line) for line in project["dependency-groups"]["dev"]]
    problems = [
        *_check(paths.BASE_DIR / "requirements.lock", direct),
        *_check(paths.BASE_DIR / "requirements-dev.lock", [*direct, *dev]),
    ]
    problems += _addresses(paths.BASE_DIR / "package-lock.json", re.compile(r'"resolved":|https?://registry'))
    for problem in problems:
        print(problem)
    if problems:
        print("Run: make locks (and npm install --package-lock-only for package-lock.json)")
    return 1 if problems else 0


def _check(lock: Path, wanted: list[Requirement]) -> list[str]:
    text = lock.read_text(encoding="utf-8")
    locked = {str(canonicalize_name(name)): version for name, version in PINNED.findall(text)}
    problems = _addresses(lock, ADDRESS)
    blocks = re.split(r"\n(?=\S)", text)
    problems += [
        f"{lock.name}: {block.split()[0]} has no hash" for block in blocks if "==" in block and "--hash=" not in block
    ]
    for requirement in wanted:
        version = locked.get(canonicalize_name(requirement.name))
        if version is None:
            problems.append(f"{lock.name}: {requirement} is not locked")
        elif not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"{lock.name}: {requirement} does not fit the locked {version}")
    if not problems:
        reached = _reachable(wanted)
        problems += [f"{lock.name}: {name} is needed and not locked" for name in sorted(reached - set(locked))]
        problems += [f"{lock.name}: {name} is locked and not needed" for name in sorted(set(locked) - reached)]
    return problems


def _addresses(lock: Path, pattern: re.Pattern[str]) -> list[str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [f"{lock.name}:{number}: an address" for number, line in enumerate(lines, 1) if pattern.search(line)]


def _reachable(roots: list[Requirement]) -> set[str]:
    """Names of all packages needed, by the metadata of the installed ones."""
    found: set[str] = set()
    visited: set[tuple[str, frozenset[str]]] = set()
    queue = list(roots)
    while queue:
        requirement = queue.pop()
        name = str(canonicalize_name(requirement.name))
        mark = (name, frozenset(requirement.extras))
        if mark in visited:
            continue
        visited.add(mark)
        found.add(name)
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        for needed in map(Requirement, needs):
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                queue.append(needed)
    return found


if __name__ == "__main__":
    sys.exit(main())
