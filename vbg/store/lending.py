"""Files that tools read for a while: whole or not at all, and under a one-time key where they stand on a disk."""

import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from vbg.store import disk
from vbg.store.errors import full_disk_is_said

KEY = 16
BLOCK = 16


def new_key() -> bytes:
    """16 bytes of key and 16 of IV, for one file and one job."""
    return os.urandom(KEY + BLOCK)


def locked(chunks: Iterator[bytes], key: bytes) -> Iterator[bytes]:
    """AES-128-CBC with PKCS7 padding: what ffmpeg opens without ever writing it down in plain."""
    padding, cipher = PKCS7(8 * BLOCK).padder(), Cipher(AES(key[:KEY]), CBC(key[KEY:])).encryptor()
    for chunk in chunks:
        yield cipher.update(padding.update(chunk))
    yield cipher.update(padding.finalize()) + cipher.finalize()


def write(path: Path, chunks: Iterator[bytes]) -> None:
    """Make a new file (0600). FileExistsError; whatever else goes wrong leaves none. StoreError('full')."""
    with full_disk_is_said(), disk.create(path) as out:
        try:
            for chunk in chunks:
                out.write(chunk)
            out.flush()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
