"""What may not stand in the repository: paths of a machine, addresses of registries, unfinished work.

The patterns are written so that this file does not match itself.
"""

import re
import subprocess
import sys

from scripts import paths

EVERYWHERE = {
    "a path of one machine": r"/wor[k]/|/roo[t]/|/home/[a-z]+/|/User[s]/[A-Za-z]",
    "the address of a package registry": r"(pyp[i]|pythonhoste[d])\.org|registry\.npmj[s]|deb\.debia[n]\.org",
    "the mark of a merge conflict": r"^(<{7}|>{7}) ",
}
PYTHON = {
    "unfinished work": r"\bTOD[O]\b|\bFIXM[E]\b|\bXX[X]\b|raise NotImplementedErro[r]",
    "a test that is skipped or expected to fail": r"mark\.(ski[p]|xfai[l])|@ski[p]|importorski[p]",
    "the standard logging (use structlog)": r"^\s*(import loggin[g]\b|from loggin[g] import)",
}
# They listen to libraries (WeasyPrint, aiosmtpd) that speak through the standard library.
HEARS_OTHERS = ("core/pdf/engine.py", "tests/mailbox.py")
NOT_OURS = (".svg", ".png", ".woff2", ".pdf", ".lock", ".po")


def main() -> int:
    """Print each finding with its place and return the exit code."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=paths.BASE_DIR, check=True, capture_output=True, text=True
    ).stdout
    findings: list[str] = []
    for name in filter(None, listed.split("\0")):
        file = paths.BASE_DIR / name
        if name.endswith(NOT_OURS) or not file.is_file():
            continue
        patterns = {**EVERYWHERE, **(PYTHON if name.endswith(".py") and name not in HEARS_OTHERS else {})}
        text = file.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            findings += [f"{name}:{number}: {what}" for what, rule in patterns.items() if re.search(rule, line)]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
