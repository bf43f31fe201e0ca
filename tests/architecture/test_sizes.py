"""One size limit: a file is one room, a function fits on a screen."""

from tests.architecture.code import functions, python_files, relative, tracked

FILE_LIMIT = 400
FUNCTION_LIMIT = 60


def test_no_file_has_more_than_400_lines() -> None:
    code = [file for file in python_files() if relative(file).parts[:3] != ("tests", "core", "documents")]
    files = [*code, *tracked("static/*.css", "static/*.js", "templates/*", "scripts/*", "Makefile")]
    sizes = {relative(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {str(file): size for file, size in sizes.items() if size > FILE_LIMIT} == {}


def test_no_function_has_more_than_60_lines() -> None:
    long = {
        f"{relative(file)}:{node.name}": size
        for file in python_files()
        if not {"tests", "benchmarks"} & set(relative(file).parts)  # long tables of content are no harm
        if file.name != "gallery.py"
        for node in functions(file)
        if (size := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LIMIT
    }
    assert long == {}


def test_views_are_short() -> None:
    long = {
        f"{relative(file)}:{node.name}": size
        for file in python_files(of_apps=True)
        if "views" in relative(file).with_suffix("").parts[1:2] and "api" not in relative(file).parts
        for node in functions(file)
        if (size := (node.end_lineno or node.lineno) - node.lineno + 1) > 30
    }
    assert long == {}
