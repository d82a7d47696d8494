"""What the architecture's tests read: functions over a root, so that they also run on a faulty copy."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]

ROOMS = {"rules", "models", "queries", "forms", "actions", "views", "api", "jobs"}
FEATURES = (
    "people", "families", "consents", "films", "goals", "tagsets", "moments", "phones", "places", "hypotheses",
    "plans", "reviews", "sharing", "palettes", "notes", "cards", "visits", "concerns",
)  # fmt: skip
VAGUE_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "services",
    "service",
    "manager",
    "misc",
    "lib",
}
PROCESS_STARTERS = {
    "vbg/video/run.py",
    "vbg/bootstrap.py",
    "vbg/testing.py",
    "vbg/serving.py",
    "vbg/demo/films.py",
}
PICTURE_READERS = ("vbg/video/", "vbg/demo/", "vbg/doctor.py")
STARTING_CALLS = {
    "Popen", "check_call", "check_output", "getoutput", "getstatusoutput", "create_subprocess_exec",
    "create_subprocess_shell", "fork", "forkpty", "posix_spawn", "posix_spawnp", "system", "popen",
    "startfile",
}  # fmt: skip
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|yarnpkg\.com|deb\.debian\.org|security\.debian\.org"
    r"|registry\.[a-z0-9-]+\.(org|com|io|net)|proxy\.golang\.org|crates\.io/api|unpkg\.com|jsdelivr\.net|cdnjs\."
)
FILM_ENDINGS = {
    ".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".3gp", ".mts", ".m2ts", ".dv", ".wmv", ".mpg", ".mpeg",
    ".ogv", ".m4a", ".mp3", ".wav", ".aac",
}  # fmt: skip


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    """Each Python module below `root`/vbg as (path with slashes from root, syntax tree)."""
    for path in sorted((root / "vbg").rglob("*.py")):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _line(where: str, node: ast.AST, what: str) -> str:
    return f"{where}:{getattr(node, 'lineno', 0)}: {what}"


def second_commits(root: Path) -> list[str]:
    """Calls of `.commit(` outside vbg/db.py (wall 4: the only commit)."""
    return [
        _line(where, node, "commits by itself")
        for where, tree in modules(root)
        if where != "vbg/db.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]


def imported(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each absolute module name that a module imports, at whatever depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node, node.module
            for name in node.names:
                yield node, f"{node.module}.{name.name}"


def process_starts(root: Path) -> list[str]:
    """Processes started, or the means for it imported, outside the few places that may (wall 5)."""
    found = []
    for where, tree in modules(root):
        if where in PROCESS_STARTERS:
            continue
        for node, name in imported(tree):
            if name.split(".")[0] in {"subprocess", "multiprocessing", "pty"}:
                found.append(_line(where, node, f"imports {name}"))
        found += [_line(where, node, "starts a process") for node in ast.walk(tree) if _starts(node)]
    return sorted(set(found))


def _starts(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name, owner = node.func.attr, node.func.value
    if not isinstance(owner, ast.Name) or owner.id not in {"os", "asyncio", "subprocess"}:
        return False
    return name in STARTING_CALLS or (owner.id == "os" and name.startswith(("exec", "spawn")))


def picture_imports(root: Path) -> list[str]:
    """cv2 or av imported outside vbg.video, the demo's drawing and the doctor (wall 5)."""
    return [
        _line(where, node, f"imports {name}")
        for where, tree in modules(root)
        if not where.startswith(PICTURE_READERS)
        for node, name in imported(tree)
        if name in {"cv2", "av"} or name.startswith(("cv2.", "av."))
    ]


def hidden_imports(root: Path) -> list[str]:
    """Imports by a string, which no contract sees, outside the tables of app, worker and migrations."""
    return [
        _line(where, node, "imports by a string")
        for where, tree in modules(root)
        if where not in {"vbg/app.py", "vbg/worker.py", "vbg/migrations/run.py"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        in {"import_module", "__import__"}
    ]


def vague_modules(root: Path) -> list[str]:
    """Modules and folders whose name says nothing (wall 1)."""
    inside = (path for folder in ("vbg", "static/js", "templates") for path in (root / folder).rglob("*"))
    return [
        path.relative_to(root).as_posix()
        for path in sorted(inside)
        if path.stem in VAGUE_NAMES
        and "vendor" not in path.parts
        and "__pycache__" not in path.parts
        # static/js/lib is the plan's own name for pure functions without a page
        and path.relative_to(root).as_posix() != "static/js/lib"
    ]


def eighth_rooms(root: Path) -> list[str]:
    """Modules of a feature that are no room and are not named in its docstring (architecture, section 1)."""
    found = []
    for feature in FEATURES:
        folder = root / "vbg" / feature
        if not folder.is_dir():
            continue
        reason = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
        found += [
            path.relative_to(root).as_posix()
            for path in sorted(folder.glob("*"))
            if path.stem not in ROOMS | {"__init__", "__pycache__"} and path.stem not in reason
        ]
    return found


def code_in_inits(root: Path) -> list[str]:
    """Statements in a feature's `__init__.py` beside its one docstring."""
    found = []
    for feature in (*FEATURES, "desk", "portal"):
        path = root / "vbg" / feature / "__init__.py"
        if path.is_file():
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [_line(f"vbg/{feature}/__init__.py", node, "is code") for node in tree.body[1:]]
            if ast.get_docstring(tree) is None:
                found.append(f"vbg/{feature}/__init__.py: has no docstring")
    return found


def web_words_below_the_edge(root: Path) -> list[str]:
    """gettext below the edge: rules, models, queries, actions, jobs and floors speak in reason codes."""
    return [
        _line(where, node, f"imports {name}")
        for where, tree in modules(root)
        if Path(where).stem in {"rules", "models", "queries", "actions", "jobs"}
        for node, name in imported(tree)
        if name.split(".")[0] in {"flask_babel", "gettext", "babel", "flask"}
    ]


QUIET_ACTIONS = {
    "vbg/people/actions.py:touch": "a browser is still in use: nobody saw or changed anything of a family",
    "vbg/films/actions.py:keep_upload": "one line per upload, not per piece of it that came in",
    "vbg/films/actions.py:want_still": "asks for a picture to be made; who looks at it is written then",
}


def silent_actions(root: Path) -> list[str]:
    """Public actions that write no audit line, themselves or through another action (wall 7)."""
    spoken: set[str] = set()
    verbs: dict[str, tuple[str, ast.FunctionDef]] = {}
    for where, tree in modules(root):
        if "actions" not in Path(where).stem and Path(where).parent.name != "actions":
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                verbs[f"{where}:{node.name}"] = (where, node)
    grown = True
    while grown:
        before = len(spoken)
        spoken |= {name for name, (where, node) in verbs.items() if _speaks(where, node, spoken)}
        grown = len(spoken) > before
    return sorted(
        name
        for name, (_, node) in verbs.items()
        if _is_action(node) and name not in spoken and name not in QUIET_ACTIONS
    )


def _is_action(node: ast.FunctionDef) -> bool:
    takes = [argument.arg for argument in node.args.args]
    return not node.name.startswith("_") and takes[:1] == ["session"]


def _speaks(where: str, node: ast.FunctionDef, spoken: set[str]) -> bool:
    known = {name.rsplit(":", 1)[1] for name in spoken if name.startswith(f"{where}:")}
    elsewhere = {name.rsplit(":", 1)[1] for name in spoken}
    for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
        called = call.func
        if isinstance(called, ast.Name) and called.id in known:
            return True
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            owner = called.value.id
            if owner == "audit" and called.attr in {"record", "keep"}:
                return True
            if (owner.endswith("actions") or owner in FEATURES) and called.attr in elsewhere:
                return True
    return False


TEMPLATE_FAULTS = {
    "|safe": re.compile(r"\|\s*safe\b"),
    "inline style": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE | re.DOTALL),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE | re.DOTALL),
    "autoescape off": re.compile(r"autoescape\s+false"),
    "javascript: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "another host": re.compile(r"(?:src|href|action|poster)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)


def template_faults(root: Path) -> list[str]:
    """Places in templates that step around escaping or the content security policy."""
    found = []
    for path in sorted((root / "templates").rglob("*.*")):
        where, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        for what, pattern in TEMPLATE_FAULTS.items():
            found += [f"{where}:{_row(text, hit.start())}: {what}" for hit in pattern.finditer(text)]
        for hit in SCRIPT.finditer(text):
            attributes, body = hit.groups()
            if "application/json" not in attributes and (body.strip() or "src" not in attributes):
                found.append(f"{where}:{_row(text, hit.start())}: inline script")
    return found


def _row(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


SCRIPT_FAULTS = {
    "markup from a string": re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)\b|document\.write"),
    "code from a string": re.compile(r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]"),
    "style attribute": re.compile(r"setAttribute\(\s*[\"']style[\"']"),
    "another host": re.compile(r"[\"'`](?:https?:|wss?:)//(?!www\.w3\.org/)"),
}


def script_faults(root: Path) -> list[str]:
    """Places in our own browser code that build markup or code from strings, or ask another host."""
    found = []
    for path in sorted((root / "static" / "js").rglob("*.js")):
        if "vendor" in path.parts:
            continue
        where, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        for what, pattern in SCRIPT_FAULTS.items():
            found += [f"{where}:{_row(text, hit.start())}: {what}" for hit in pattern.finditer(text)]
    return found


def python_below_static(root: Path) -> list[str]:
    """Python below static/ (it would break editable installs)."""
    return [path.relative_to(root).as_posix() for path in sorted((root / "static").rglob("*.py"))]


def tracked(root: Path) -> list[Path]:
    """The files that git keeps, as paths below `root`; every file when `root` is no clone."""
    asked = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        return [path for path in sorted(root.rglob("*")) if path.is_file()]
    return [root / name for name in told.stdout.split("\0") if name and (root / name).is_file()]


def registry_names(root: Path) -> list[str]:
    """Tracked text files that name a package registry's host."""
    found = []
    for path in tracked(root):
        where = path.relative_to(root).as_posix()
        if where == "tests/architecture/reading.py" or "/vendor/" in f"/{where}":
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{where}:{_row(text, hit.start())}: {hit.group()}" for hit in REGISTRIES.finditer(text)]
    return found


def film_files(root: Path) -> list[str]:
    """Tracked films or sound: films are made by code."""
    return [path.relative_to(root).as_posix() for path in tracked(root) if path.suffix.lower() in FILM_ENDINGS]


def unnamed_settings(readme: str, names: list[str]) -> list[str]:
    """Settings that the README does not name, as `VBG_NAME`."""
    return [name for name in names if not re.search(rf"\b{re.escape(name)}\b", readme)]


def pins_not_asked(asked: list[str], listed: list[str]) -> set[str]:
    """The difference between two lists of requirements, spelling set aside."""
    return {_bare(line) for line in asked} ^ {_bare(line) for line in listed}


def _bare(requirement: str) -> str:
    return re.sub(r"\s+|\"|'", "", requirement).lower().replace("_", "-")


ADDRESS_PART = re.compile(r"<(?:(?P<kind>[a-z]+)(?:\((?P<options>[^)]*)\))?:)?(?P<name>[a-z_]+)>")


def address_of(rule: str, values: dict[str, str], otherwise: str) -> str:
    """A real address for a route such as `/families/<uuid:family_id>`; ids not in `values` are `otherwise`."""

    def fill(part: re.Match[str]) -> str:
        if part["kind"] == "any":
            return part["options"].split(",")[0].strip(" \"'")
        if part["kind"] == "int":
            return "1"
        return values.get(part["name"], otherwise)

    return ADDRESS_PART.sub(fill, rule)
