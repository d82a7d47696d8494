"""All measurements as one Markdown table.

Run: python -m tests.bench [start moments upload prepare workspace line find families serving]
"""

import os
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

ALL = ("start", "moments", "upload", "prepare", "workspace", "line", "find", "families", "serving")


def main(names: list[str]) -> None:
    """Measure `names`, or all; the load says how quiet the machine was."""
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores\n")
    print("| what | ours | beside | target | load |\n|---|---|---|---|---|")
    for name in names or ALL:
        with tempfile.TemporaryDirectory() as folder:
            for row in import_module(f"tests.bench.bench_{name}").rows(Path(folder)):
                print(f"| {' | '.join(row)} | {os.getloadavg()[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
