"""Where the private PostgreSQL and Redis of this folder live.

Everything is under `var/`, with two exceptions that the machine forces: a socket's path may have 107 bytes,
so sockets lie in a short temporary folder; and PostgreSQL refuses to run as root, so as root its data lie
where its own user can enter. `var/<kind>/` holds a pointer to both.
"""

import hashlib
import os
import pwd
import shutil
import tempfile
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
LOG_DIR = VAR_DIR / "log"
LOCAL_ENV_FILE = VAR_DIR / "local.env"
LONGEST_SOCKET_PATH = 100


def running_as_root() -> bool:
    """Whether PostgreSQL must be started as somebody else."""
    return os.geteuid() == 0


def server_account() -> pwd.struct_passwd:
    """Who runs PostgreSQL: ourselves, or as root the `postgres` user (`nobody` where there is none)."""
    if not running_as_root():
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL cannot run as root, and there is neither a postgres nor a nobody user.")


def data_folder(kind: str) -> Path:
    """The folder of PostgreSQL's data for one kind of service, made if needed and owned by its account."""
    folder = VAR_DIR / kind / "postgres"
    if running_as_root():
        mark = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:12]
        parent = Path("/var/tmp") / f"styringsdialog-{mark}"  # noqa: S108
        parent.mkdir(mode=0o711, exist_ok=True)
        if parent.is_symlink() or parent.stat().st_uid != 0:
            raise SystemExit(f"{parent} belongs to somebody else; remove it.")
        folder = parent / kind.replace("/", "-")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    give_to_server(folder)
    return folder


def socket_folder() -> Path:
    """A new folder with a path short enough for sockets, owned by the server's account."""
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108
        if len(parent) + 40 < LONGEST_SOCKET_PATH and os.access(parent, os.W_OK):
            folder = Path(tempfile.mkdtemp(prefix="sd-", dir=parent))
            give_to_server(folder)
            return folder
    raise SystemExit("No temporary folder with a path short enough for a socket was found.")


def give_to_server(path: Path) -> None:
    """As root, let PostgreSQL's account own the file or folder."""
    if running_as_root():
        account = server_account()
        os.chown(path, account.pw_uid, account.pw_gid)


def server_program(name: str) -> str:
    """A program of the newest PostgreSQL server from version 15 on."""
    found = [
        folder
        for pattern in ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (folder / "postgres").exists()
    ]
    newest = max(found, key=_version, default=None)
    program = str(newest / name) if newest else shutil.which(name)
    if not program:
        raise SystemExit(f"{name} of PostgreSQL was not found. Run scripts/setup first.")
    return program


def redis_program() -> str:
    """Redis, or Valkey, which speaks the same."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise SystemExit("redis-server was not found. Run scripts/setup first.")
    return program


def _version(folder: Path) -> int:
    digits = "".join(character for character in folder.parent.name if character.isdigit())
    return int(digits or 0)
