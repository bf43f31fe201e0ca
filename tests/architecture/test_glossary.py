"""Each Norwegian term has one English name, and each model is listed."""

import re

from django.apps import apps

from tests.architecture.code import APPS, BASE_DIR

GLOSSARY = BASE_DIR / "docs" / "glossary.md"


def our_models() -> set[str]:
    found = set()
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if not hasattr(model, "pgh_tracked_model"):
                found.add(model.__name__)
    return found


def test_each_model_is_in_the_glossary() -> None:
    named = set(re.findall(r"`([A-Z]\w+)`", GLOSSARY.read_text(encoding="utf-8")))
    assert our_models() - named == set()


def test_the_glossary_names_no_model_that_is_gone() -> None:
    models = GLOSSARY.read_text(encoding="utf-8").partition("## Models")[2]
    assert set(re.findall(r"^\| `([A-Z]\w+)`", models, re.MULTILINE)) - our_models() == set()


def test_each_model_has_a_norwegian_name_in_singular_and_plural() -> None:
    nameless = [
        model.__name__
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
        and str(model._meta.verbose_name) == str(model._meta.verbose_name_raw)
        and str(model._meta.verbose_name).replace(" ", "") == model.__name__.lower()
        and model._meta.verbose_name_plural == f"{model._meta.verbose_name}s"
    ]
    assert nameless == []
