from tests.quality.tools import must_pass, python_tool


def test_ruff_finds_nothing() -> None:
    must_pass(python_tool("ruff", "check", "--no-cache", "."))


def test_python_is_formatted() -> None:
    must_pass(python_tool("ruff", "format", "--no-cache", "--check", "."))
