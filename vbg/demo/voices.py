"""The voices of the demo films: soft tones that take turns; the child higher, the adult lower."""

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

RATE: Final = 48000
SYLLABLE_MS: Final = 210
LAUGH_MS: Final = 175

Who = Literal["child", "parent", "thing"]
Manner = Literal["say", "ask", "laugh", "tok", "clink"]
Sound = NDArray[np.float64]

_PITCH: Final = {"child": 470.0, "parent": 205.0}


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone, or something, is heard from `at_ms` for `lasts_ms`."""

    at_ms: int
    lasts_ms: int
    who: Who
    manner: Manner = "say"

    def loudness(self, at_ms: float) -> float:
        """How loud it is at this time of the film (0-1): what the mouth does."""
        inside = at_ms - self.at_ms
        if self.who == "thing" or not 0 <= inside < self.lasts_ms:
            return 0.0
        beat = LAUGH_MS if self.manner == "laugh" else SYLLABLE_MS
        return float(np.sin(np.pi * (inside % beat) / beat) ** 2)


def write(path: Path, voices: Sequence[Voice], lasts_ms: int) -> None:
    """Writes the film's sound as a WAV file: 48 kHz, one channel, 16 bits."""
    sound = _room(lasts_ms * RATE // 1000)
    for voice in voices:
        heard = _thing(voice) if voice.who == "thing" else _speech(voice)
        start = voice.at_ms * RATE // 1000
        heard = heard[: max(len(sound) - start, 0)]
        sound[start : start + len(heard)] += heard
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def _room(samples: int) -> Sound:
    """A quiet room: deterministic noise without its treble."""
    noise = np.random.default_rng(7).standard_normal(samples // 16 + 2)
    return np.interp(np.arange(samples) / 16, np.arange(len(noise)), noise) * 0.0035


def _speech(voice: Voice) -> Sound:
    seconds = np.arange(voice.lasts_ms * RATE // 1000) / RATE
    beat = (LAUGH_MS if voice.manner == "laugh" else SYLLABLE_MS) / 1000
    part = seconds * 1000 / voice.lasts_ms
    syllable = np.floor(seconds / beat)
    melody = 1 + 0.09 * np.sin(syllable * 2.1 + voice.at_ms % 7)
    if voice.manner == "ask":
        melody *= 1 + 0.28 * part**2
    elif voice.manner == "laugh":
        melody *= 1.25 - 0.2 * part
    else:
        melody *= 1.04 - 0.12 * part
    melody = np.convolve(np.pad(melody, 600, "edge"), np.hanning(1201) / np.hanning(1201).sum(), "valid")
    phase = 2 * np.pi * np.cumsum(_PITCH[voice.who] * melody) / RATE
    tone = np.sin(phase) + 0.34 * np.sin(2 * phase) + 0.13 * np.sin(3 * phase) + 0.04 * np.sin(4 * phase)
    swell = np.sin(np.pi * (seconds % beat) / beat) ** (1.6 if voice.manner == "laugh" else 0.8)
    edge = np.clip(np.minimum(part, 1 - part) * 9, 0, 1)
    return np.asarray(tone * swell * edge * (0.13 if voice.who == "child" else 0.16), dtype=np.float64)


def _thing(voice: Voice) -> Sound:
    seconds = np.arange(RATE // 5) / RATE
    if voice.manner == "clink":
        ring = np.sin(2 * np.pi * 2350 * seconds) + 0.5 * np.sin(2 * np.pi * 3610 * seconds)
        return np.asarray(ring * np.exp(-seconds * 34) * 0.045, dtype=np.float64)
    knock = np.sin(2 * np.pi * 760 * seconds) + 0.6 * np.sin(2 * np.pi * 1130 * seconds)
    return np.asarray(knock * np.exp(-seconds * 55) * 0.17, dtype=np.float64)
