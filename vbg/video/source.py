"""A film as the tools open it: a plain file in memory, or one under a one-time key where it stands on a disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_KEY = 16
_BLOCK = 16


@dataclass(frozen=True)
class Source:
    """``key``: 16 bytes of AES-128-CBC and its 16 bytes of IV, as ffmpeg's ``crypto:`` reads it; empty when plain."""

    path: Path
    key: bytes = field(default=b"", repr=False)

    @property
    def options(self) -> list[str]:
        """What ffmpeg needs to be told before the address. Worth nothing without the file, which is ours alone."""
        return ["-key", self.key[:_KEY].hex(), "-iv", self.key[_KEY:].hex()] if self.key else []

    def head(self, size: int) -> bytes:
        """The first ``size`` plain bytes (a multiple of 16), or the fewer that there are."""
        with self.path.open("rb") as file:
            found = file.read(size + _BLOCK if self.key else size)
        if not self.key:
            return found
        opening = Cipher(algorithms.AES(self.key[:_KEY]), modes.CBC(self.key[_KEY:])).decryptor()
        plain = opening.update(found) + opening.finalize()
        return plain[:size] if len(plain) > size else plain[: -plain[-1]]


def of(film: Path | Source) -> Source:
    """A path is a plain file."""
    return film if isinstance(film, Source) else Source(film)
