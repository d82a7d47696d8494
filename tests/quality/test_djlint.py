from tests.quality.tools import must_pass, python_tool


def test_templates_are_sound() -> None:
    must_pass(python_tool("djlint", "templates", "--lint", "--quiet"))
