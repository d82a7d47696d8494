"""Makes a fresh clone run: a `.venv` with the pinned packages, then the real command line inside it.

Standard library alone, since nothing else is there yet. A stamp (hash of the pins and of the clone's place)
makes every later start skip all of it. Everything said here goes to stderr, so that `--json` stays one object
on stdout.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
RUN_PINS = PACKAGE / "requirements.txt"
TEST_PINS = PACKAGE / "requirements-test.txt"
HEADLESS_PINS = PACKAGE / "requirements-headless.txt"
OLDEST_PYTHON = (3, 11)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
TOLD_LINES = 25


class SetUpError(Exception):
    """The house cannot be furnished; the message is one sentence that says what to do."""


def main(argv: Sequence[str]) -> int:
    """Run `vbg argv`, after making the clone's own environment when it is missing or out of date.

    Returns the exit code: 0 done, 1 failed, 2 wrong use.
    """
    if sys.version_info < OLDEST_PYTHON:
        _say("vbg needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])
        return 1
    clone = PACKAGE.parent
    if not (clone / "pyproject.toml").is_file() or _is_installed():
        return _command_line(argv)
    try:
        return _from_clone(clone, list(argv))
    except SetUpError as error:
        _say(str(error))
        return 1


def _from_clone(clone: Path, argv: list[str]) -> int:
    home = clone / ".venv"
    testing = argv[:1] == ["test"]
    if not _is_ready(home, testing):
        with _alone(clone):
            if not _is_ready(home, testing):
                _furnish(clone, home, testing)
    if Path(sys.prefix).resolve() == home.resolve():
        return _command_line(argv)
    return _hand_over(_python_of(home), argv)


def _command_line(argv: Sequence[str]) -> int:
    from vbg.cli import main as command_line

    return int(command_line(list(argv)) or 0)


def _is_installed() -> bool:
    """Is vbg an ordinary installed package of this virtual environment?"""
    if sys.prefix == sys.base_prefix or importlib.util.find_spec("flask") is None:
        return False
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        distribution("vbg")
    except PackageNotFoundError:
        return False
    return True


# stamps


def _stamp(home: Path, testing: bool) -> Path:
    return home / (".vbg-test" if testing else ".vbg-run")


def _fingerprint(home: Path, testing: bool) -> str:
    seen = hashlib.sha256(str(home.resolve()).encode())
    seen.update((TEST_PINS if testing else RUN_PINS).read_bytes())
    return seen.hexdigest()


def _is_ready(home: Path, testing: bool) -> bool:
    try:
        stamped = _stamp(home, testing).read_text()
    except OSError:
        return False
    return stamped == _fingerprint(home, testing) and _python_of(home).exists()


@contextlib.contextmanager
def _alone(clone: Path) -> Iterator[None]:
    """Hold the clone's folder, so that two first starts do not furnish the same house at once."""
    try:
        import fcntl
    except ImportError:  # Windows: two first starts at once stay the owner's own affair
        yield
        return
    handle = os.open(clone, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# furnishing


def _furnish(clone: Path, home: Path, testing: bool) -> None:
    if not os.access(home if home.exists() else clone, os.W_OK):
        raise SetUpError(
            "This folder cannot be written to, and vbg keeps its Python environment in it (.venv): "
            "copy the clone to a folder of your own and start again there."
        )
    _install_system_packages(testing)
    _say("First start: setting up (one to five minutes, later starts take none of this) ...")
    _make_venv(home)
    _install_pins(home, TEST_PINS if testing else RUN_PINS)
    _ensure_cv2(home)
    _show_package_to(home, clone)
    _compile_package(home)
    for kind in (False, True) if testing else (False,):
        _stamp(home, kind).write_text(_fingerprint(home, kind))
    _say("Set up.")


def _missing_system_packages(testing: bool) -> list[str]:
    missing = []
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        missing.append("python3-venv")
    if shutil.which("bwrap") is None:
        missing.append("bubblewrap")
    if testing and not _has_chromium():
        missing.append("chromium")
    return missing


def _has_chromium() -> bool:
    return bool(os.environ.get("VBG_CHROMIUM")) or any(shutil.which(name) for name in CHROMIUM_NAMES)


def _install_system_packages(testing: bool) -> None:
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        return
    missing = _missing_system_packages(testing)
    if not missing:
        return
    if os.geteuid() != 0:
        raise SetUpError(
            "This machine lacks %s; install with: sudo apt-get update && sudo apt-get install -y %s"
            % (" and ".join(missing), " ".join(missing))
        )
    _say("Installing %s with apt-get ..." % ", ".join(missing))
    apt_install(missing)
    importlib.invalidate_caches()


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian `packages` as root; raises SetUpError with apt's last words."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
    ):
        _run(command, "apt-get could not install %s" % ", ".join(packages), quiet)


def _make_venv(home: Path) -> None:
    if _python_of(home).exists():
        return
    _run([sys.executable, "-m", "venv", "--clear", str(home)], "the Python environment could not be made")


def _install_pins(home: Path, pins: Path, *extra: str) -> None:
    """Install what `pins` names, each file checked against its hash: with uv where it works, else pip."""
    arguments = ["--require-hashes", "-r", str(pins)]
    uv = shutil.which("uv")
    if uv is not None:
        reinstall = ["--reinstall", "--no-deps"] if extra else []
        # uv compiles nothing by itself, pip does: without it a start takes three times as long where Python
        # may not write its own (PYTHONDONTWRITEBYTECODE, a folder of somebody else's)
        into = ["--compile-bytecode", "--python", str(_python_of(home))]
        command = [uv, "pip", "install", *into, *reinstall, *arguments]
        trusting = {**os.environ, "UV_SYSTEM_CERTS": "1"}
        # uv does not read pip's configuration (a local mirror, say): then pip has the last word
        if subprocess.run(command, env=trusting, capture_output=True, check=False).returncode == 0:
            return
    python = str(_python_of(home))
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode != 0:
        _run([python, "-m", "ensurepip"], "pip could not be put into the environment")
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", *extra, *arguments]
    total = sum("==" in line for line in pins.read_text().splitlines())
    _run_counted(command, "the Python packages could not be installed", total)


def _ensure_cv2(home: Path) -> None:
    """OpenCV's ordinary wheel wants a desktop's libraries; without them the headless one goes over it."""
    if _can_import_cv2(home):
        return
    _install_pins(home, HEADLESS_PINS, "--force-reinstall", "--no-deps")
    if not _can_import_cv2(home):
        raise SetUpError("OpenCV cannot be loaded here: remove the folder .venv and start again.")


def _can_import_cv2(home: Path) -> bool:
    tried = subprocess.run([str(_python_of(home)), "-c", "import cv2"], capture_output=True, check=False)
    return tried.returncode == 0


def _show_package_to(home: Path, clone: Path) -> None:
    """Let the environment find the clone's package from any working folder."""
    asked = [str(_python_of(home)), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    Path(found, "vbg-clone.pth").write_text("%s\n" % clone)


def _compile_package(home: Path) -> None:
    """Compile vbg's own modules, as the installer compiled the others; what fails is compiled when it is used."""
    subprocess.run([str(_python_of(home)), "-m", "compileall", "-q", str(PACKAGE)], capture_output=True, check=False)


# processes


def _python_of(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _hand_over(python: Path, argv: list[str]) -> int:
    command = [str(python), "-m", "vbg", *argv]
    if os.name == "nt":  # exec on Windows leaves the caller before the program has ended
        return subprocess.call(command)
    sys.stdout.flush()
    os.execv(command[0], command)


def _run(command: Sequence[str], trouble: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        _give_up(trouble, done.stdout.splitlines())


def _run_counted(command: Sequence[str], trouble: str, total: int) -> None:
    """Run pip with a counter of the packages it has reached, kept to one line on a terminal."""
    lines: list[str] = []
    reached = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if line.startswith("Collecting ") and sys.stderr.isatty():
                reached += 1
                print("\r  %d of at most %d packages " % (reached, total), end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if process.returncode != 0:
        _give_up(trouble, lines)


def _give_up(trouble: str, lines: Sequence[str]) -> None:
    for line in lines[-TOLD_LINES:]:
        print("  | %s" % line, file=sys.stderr)
    raise SetUpError("%s; the last lines above say why." % trouble.capitalize())


def _say(sentence: str) -> None:
    print("vbg: %s" % sentence, file=sys.stderr, flush=True)
