"""Everything a parent sees at home."""
