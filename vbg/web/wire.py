"""The embedded server, made ready for slow lines and for many of them."""

import socket

from cheroot import wsgi

# What the system takes of an answer at once, so that the thread is free while a slow line still reads. Left alone it
# takes 45 kB on a real wire (and all of 2 MiB on the loopback). Stock Linux gives 208 KiB and doubles it for its own
# use; a short piece fits in that.
HELD_BYTES = 512 * 1024
LINES_KEPT = 200


class Server(wsgi.Server):
    """cheroot, with room to send and with lines kept open between a viewer's pieces."""

    keep_alive_conn_limit = LINES_KEPT

    def prepare(self) -> None:
        """Bind; lines that are taken have the listener's own room."""
        super().prepare()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HELD_BYTES)
