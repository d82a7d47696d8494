"""A practice on PostgreSQL: the refusal that names the tool for it."""

import pytest

from tests.backup.test_backup import refused
from vbg.backup import saving


@pytest.mark.postgres
@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_a_postgresql_is_refused_before_anything_is_made(house, folder):
    refused("backup_postgres", lambda: saving.save(house, folder))
    assert not folder.exists()
