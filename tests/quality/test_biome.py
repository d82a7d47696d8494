from tests.quality.tools import must_pass
from vbg import testing


def test_browser_code_is_sound() -> None:
    testing.install_node_tools()
    must_pass([*testing.node_tool("@biomejs/biome", "bin/biome"), "lint", "--error-on-warnings"])
