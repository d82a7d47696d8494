"""Every table that a feature has is known to the one place that loads them all."""

from pathlib import Path

import vbg
from vbg.migrations.run import FEATURES


def test_each_feature_with_tables_is_loaded():
    with_tables = {file.parent.name for file in Path(vbg.__file__).parent.glob("*/models.py")}
    assert with_tables == set(FEATURES)
