from tests.quality.tools import CLONE, must_pass
from vbg import testing


def test_pure_browser_code_passes_its_own_tests() -> None:
    files = sorted(str(path.relative_to(CLONE)) for path in (CLONE / "tests" / "js").rglob("*.test.mjs"))
    assert files, "tests/js holds no tests"
    must_pass([*testing.node_command(), "--test", "--test-reporter=spec", *files])
