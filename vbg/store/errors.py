"""What can go wrong in the store, as codes: the edges turn them into sentences."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from vbg.reasons import ReasonError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StoreError(ReasonError):
    """A refusal by the store. `code` says why; it never carries a name or a path.

    Codes: no_marker, no_key, wrong_key, tampered, full, gone, offset_mismatch, checksum_mismatch,
    bad_name, unreachable (a depot elsewhere does not answer), refused (it does not take our key).
    """


@contextmanager
def full_disk_is_said() -> Iterator[None]:
    """Turn 'no space left' in any of its three shapes into StoreError('full')."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StoreError("full") from None
        raise
