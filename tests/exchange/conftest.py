"""The film of a minute of tests/moments, and a way to write a file for it."""

from tests.moments.conftest import film, mark, other_film, seen

__all__ = ["film", "mark", "other_film", "seen"]
