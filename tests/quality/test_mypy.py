from tests.quality.tools import must_pass, python_tool


def test_types_hold() -> None:
    must_pass(python_tool("mypy", "--no-error-summary"))
