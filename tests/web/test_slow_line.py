"""Who sends slowly keeps nobody else from writing."""

import io
import json

from sqlalchemy import text


class SlowLine(io.BytesIO):
    """A body during whose sending somebody else writes."""

    def __init__(self, plain, meanwhile):
        super().__init__(plain)
        self.meanwhile, self.writes = meanwhile, 0

    def read(self, *size):
        self._write()
        return super().read(*size)

    def readinto(self, buffer):
        self._write()
        return super().readinto(buffer)

    def _write(self):
        with self.meanwhile.database.unit() as session:
            session.execute(text("update person set language = 'nl'"))
        self.writes += 1


def test_a_body_is_read_before_the_write_lock_is_taken(client_for, house, world):
    for path, words in (("/api/v1/films/{0}/undo", {}), ("/api/v1/films/{0}/moments", {"start_ms": 0})):
        plain = json.dumps(words).encode()
        line = SlowLine(plain, house)
        answer = client_for("ann").post(
            path.format(world.people["ann"].id), input_stream=line, content_length=len(plain),
            content_type="application/json",
        )  # fmt: skip
        assert answer.status_code == 404
        assert line.writes >= 1
