"""What stands ready to be shared, as in tests/sharing."""

from tests.sharing.conftest import ann, dilan, give, oma, shares, told

__all__ = ["ann", "dilan", "give", "oma", "shares", "told"]
