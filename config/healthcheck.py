"""Ask the web process of the same container whether it is ready; for the container platform's health check."""

import sys
from http.client import HTTPConnection, HTTPException

from config import env


def main() -> int:
    """0 when `/helse/klar/` answers 200, else 1."""
    connection = HTTPConnection("127.0.0.1", env.number("PORT", 8000), timeout=8)
    try:
        connection.request("GET", "/helse/klar/", headers={"Host": env.words("ALLOWED_HOSTS")[0]})
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
