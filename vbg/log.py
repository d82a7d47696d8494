"""One line per request and per job step: ids and times, never names or words."""

import json
import logging
import sys
from datetime import UTC, datetime


class _Lines(logging.Formatter):
    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, object] = getattr(record, "facts", {})
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        if self.as_json:
            return json.dumps({"at": at, "level": record.levelname.lower(), "event": record.msg} | facts, default=str)
        words = " ".join(f"{key}={value}" for key, value in facts.items())
        return f"{at} {record.levelname.lower():7} {record.msg} {words}".rstrip()


def set_up(level: int = logging.INFO) -> None:
    """Log to stderr: text on a terminal, one JSON object a line elsewhere."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(as_json=not sys.stderr.isatty()))
    logger = logging.getLogger("vbg")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False


def line(event: str, level: int = logging.INFO, **facts: object) -> None:
    """Write one line; `facts` are ids, numbers and codes only."""
    logging.getLogger("vbg").log(level, event, extra={"facts": facts})
