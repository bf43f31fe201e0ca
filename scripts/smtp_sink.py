"""A mail server that sends nothing on: each message becomes a file, to be read by a person or a test.

`python -m scripts.smtp_sink FOLDER ADDRESS_FILE` listens on a free port, writes `smtp://localhost:PORT` to
the address file and each message to FOLDER as `<time>-<number>.eml`, with the recipients in `X-RcptTo`.
"""

import asyncio
import itertools
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Keeps what arrives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Write the message beside its final name and move it there: a reader never sees half of it."""
        name = f"{time.time_ns():020d}-{next(self.numbers):05d}"
        recipients = ", ".join(envelope.rcpt_tos)
        content = envelope.content or b""
        body = content if isinstance(content, bytes) else content.encode()
        partial = self.folder / f".{name}.part"
        partial.write_bytes(f"X-RcptTo: {recipients}\r\n".encode() + body)
        partial.rename(self.folder / f"{name}.eml")
        return "250 OK"


async def listen(folder: Path, address_file: Path) -> None:
    """Serve until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    sink = Sink(folder)
    server = await loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=True), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    partial = address_file.with_suffix(".part")
    partial.write_text(f"smtp://127.0.0.1:{port}", encoding="utf-8")
    partial.rename(address_file)
    await ended.wait()
    server.close()


def main() -> None:
    """Read the two arguments and listen."""
    folder, address_file = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    address_file.unlink(missing_ok=True)
    asyncio.run(listen(folder, address_file))


if __name__ == "__main__":
    main()
