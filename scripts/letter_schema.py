"""Write docs/api/letter.schema.json from the item registry: ``python -m scripts.letter_schema``.

A test fails when the written copy is out of date.
"""

import json
import os

from scripts import paths

TARGET = paths.BASE_DIR / "docs" / "api" / "letter.schema.json"


def main() -> None:
    """Write the schema."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from governance.roundtrip.schema import letter_schema

    TARGET.write_text(json.dumps(letter_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(TARGET.name)


if __name__ == "__main__":
    main()
