"""Films as bytes: measure, prepare, cut and show them with ffmpeg and PyAV. Paths in, frozen dataclasses out."""
