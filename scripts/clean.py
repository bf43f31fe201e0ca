"""`make clean`: forget the local database, logs, mail and stored files of this folder."""

import shutil

from scripts import paths
from scripts.services import remove_data


def main() -> None:
    """Remove the data of the stopped services, then `var/` itself."""
    remove_data("run")
    shutil.rmtree(paths.VAR_DIR, ignore_errors=True)
    print("Removed: local database, logs, mail and stored files.")


if __name__ == "__main__":
    main()
