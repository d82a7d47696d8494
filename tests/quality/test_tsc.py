from tests.quality.tools import must_pass
from vbg import testing


def test_browser_codes_types_hold() -> None:
    testing.install_node_tools()
    must_pass([*testing.node_tool("typescript", "bin/tsc"), "--project", "tsconfig.json"])
