"""The schedule of recurring jobs names tasks that exist, with arguments they take."""

import inspect

from django.conf import settings

from config.celery import app


def tasks() -> dict[str, object]:
    app.loader.import_default_modules()
    app.autodiscover_tasks(force=True)
    return dict(app.tasks)


def test_each_scheduled_task_exists_and_takes_its_arguments() -> None:
    registered = tasks()
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        task = registered.get(str(entry["task"]))
        assert task is not None, f"{name}: {entry['task']} is not registered"
        signature = inspect.signature(task.run)  # type: ignore[attr-defined]
        signature.bind(*entry.get("args", ()), **entry.get("kwargs", {}))  # type: ignore[arg-type, misc]
        assert entry["schedule"], name


def test_tasks_are_acknowledged_late_and_only_speak_json() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert list(app.conf.accept_content) == ["json"]
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit
    assert not app.conf.task_always_eager
