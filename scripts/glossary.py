"""Write the models' part of docs/glossary.md from the code; the terms above it are written by hand.

`python -m scripts.glossary` rewrites it. A test fails when a model is missing.
"""

import os

from scripts import paths

GLOSSARY = paths.BASE_DIR / "docs" / "glossary.md"
HEADING = "## Models"
APPS = ("agencies", "governance", "assignments", "reporting", "core")


def main() -> None:
    """Keep everything up to the heading and write the tables after it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django
    from django.apps import apps

    django.setup()
    kept = GLOSSARY.read_text(encoding="utf-8").partition(HEADING)[0]
    lines = [kept + HEADING, "", "Written from the code by `python -m scripts.glossary`.", ""]
    for app in APPS:
        lines += [f"### {app}", "", "| English (code) | Norwegian (screen) | What it is |", "| --- | --- | --- |"]
        for model in sorted(apps.get_app_config(app).get_models(), key=lambda found: found.__name__):
            if not hasattr(model, "pgh_tracked_model"):
                lines.append(f"| `{model.__name__}` | {model._meta.verbose_name} | {first_sentence(model)} |")
        lines.append("")
    GLOSSARY.write_text("\n".join(lines), encoding="utf-8")


def first_sentence(model: type) -> str:
    """The first sentence of the docstring, on one line and safe in a table."""
    text = " ".join((model.__doc__ or "").split())
    return (text.partition(". ")[0].rstrip(".") + ".").replace("|", "/").replace("``", "`")


if __name__ == "__main__":
    main()
