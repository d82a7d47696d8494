"""The door for the counselor's own phone: HTTPS on the local network, by a certificate that this computer makes."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cheroot.errors import FatalSSLAlert
from cheroot.makefile import MakeFile
from cheroot.server import HTTPConnection
from cheroot.ssl import Adapter
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from werkzeug.sansio.utils import host_is_trusted

from vbg import clock
from vbg.store import disk
from vbg.web.wire import Server

LIFE = timedelta(days=397)
RENEW_BEFORE = timedelta(days=1)
SHAKE_SECONDS = 10.0
THREADS = 16
HOME = ("127.0.0.1", "localhost")
# Nobody's address (RFC 5737): asking for the way there sends nothing, and names the address of our own that is used.
FAR_AWAY = ("198.51.100.1", 9)
App = Callable[..., Any]


class LanError(Exception):
    """No door on the local network; `code` says why: no_network, not_mine."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def own_address() -> str:
    """The IPv4 address by which other devices in the same network reach this computer. LanError('no_network')."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(FAR_AWAY)
            found = str(probe.getsockname()[0])
        except OSError:
            raise LanError("no_network") from None
    if ipaddress.ip_address(found).is_loopback:
        raise LanError("no_network")
    return found


class Certificate:
    """Key and certificate in one file (0600), made anew when it ends or does not name this computer's address."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._names: tuple[str, ...] = ()
        self._until: datetime | None = None

    def cover(self, address: str) -> tuple[str, ...]:
        """Be good for `address` from now on; all the names it is good for. OSError when it cannot be written."""
        with self._lock:
            if not self._covers(address):
                self._read()
            if not self._covers(address):
                self._make(address)
                self._read()
            return self._names

    def _covers(self, address: str) -> bool:
        return address in self._names and self._until is not None and self._until - RENEW_BEFORE > clock.now()

    def _read(self) -> None:
        try:
            found = x509.load_pem_x509_certificate(self._file.read_bytes())
            self.context.load_cert_chain(self._file)
            named = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except (FileNotFoundError, ValueError, ssl.SSLError, x509.ExtensionNotFound):
            return  # missing or damaged: a new one takes its place
        numbers = (str(one) for one in named.get_values_for_type(x509.IPAddress))
        self._names = (*numbers, *named.get_values_for_type(x509.DNSName))
        self._until = found.not_valid_after_utc

    def _make(self, address: str) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _signed(key, address)
        plain = serialization.NoEncryption()
        text = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        disk.make_folder(self._file.parent)
        with disk.unfinished(self._file.parent) as (path, out):
            out.write(text + certificate.public_bytes(serialization.Encoding.PEM))
        disk.publish(path, self._file)


def _signed(key: ec.EllipticCurvePrivateKey, address: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "vbg")])
    now = clock.now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + LIFE)
    number = x509.IPAddress(ipaddress.IPv4Address(address))
    words = [x509.DNSName(one) for one in dict.fromkeys(("localhost", *_host_names()))]
    made = made.add_extension(x509.SubjectAlternativeName([number, *words]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return made.sign(key, hashes.SHA256())


def _host_names() -> tuple[str, ...]:
    """This computer's name, bare and as a network without a name server says it; nothing when it is not plain ASCII."""
    bare = socket.gethostname().partition(".")[0].lower()
    return (bare, f"{bare}.local") if bare.isascii() and bare.replace("-", "").isalnum() else ()


class Door:
    """Where phones come in. With no `asked` address it is the one the network gave, also when that changes on the way.

    LanError: no_network, or not_mine for what is no IPv4 address. OSError when the certificate cannot be written.
    """

    def __init__(self, app: App, keys: Path, asked: str = "") -> None:
        self._app, self._asked = app, asked
        # All of them, for the network's may change. TLS for whoever comes; plain HTTP stays at home.
        self.host = asked or "0.0.0.0"  # noqa: S104
        self.port = 0
        self._certificate = Certificate(keys / "lan.pem")
        self._server: Server | None = None
        self._address()

    def url(self) -> str:
        """`https://ADDRESS:PORT` as it is at this moment, with a certificate for it; '' while that cannot be."""
        try:
            return f"https://{self._address()}:{self.port}"
        except (LanError, OSError):
            return ""

    def start(self) -> None:
        """Answer at `port`, beside the program's own thread."""
        answers = at_home(self._app, self._names)
        self._server = Server((self.host, self.port), answers, numthreads=THREADS, server_name="vbg", timeout=60)
        self._server.max_request_body_size = 0
        self._server.ssl_adapter = _Tls(self._certificate.context)
        self._server.ConnectionClass = _Visitor
        self._server.prepare()
        threading.Thread(target=self._server.serve, name="lan", daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        if self._server:
            self._server.stop()

    def _address(self) -> str:
        address = self._asked or own_address()
        try:
            self._certificate.cover(address)
        except ValueError:
            raise LanError("not_mine") from None
        return address

    def _names(self) -> tuple[str, ...]:
        return (*HOME, *self._certificate.cover(self._asked or own_address()))


def at_home(app: App, names: Callable[[], tuple[str, ...]]) -> App:
    """`app` for who asks this computer by a name of its own: not for a foreign page whose name was bent to us."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        try:
            known = host_is_trusted(environ.get("HTTP_HOST", ""), names())
        except (LanError, OSError):
            known = False
        if known:
            return app(environ, start_response)
        start_response("421 Misdirected Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]

    return answer


class _Tls(Adapter):
    """Wraps without shaking hands: that is waited for by the visitor's own thread, see `_Visitor`."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(None, None)
        self.context = context

    def bind(self, sock: socket.socket) -> socket.socket:
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        try:
            wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        except OSError as gone:
            raise FatalSSLAlert(*gone.args) from gone
        return wrapped, self.get_environ()

    def get_environ(self) -> dict[str, str]:
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: ssl.SSLSocket, mode: str = "r", bufsize: int = -1) -> Any:
        return MakeFile(sock, mode, bufsize)


class _Visitor(HTTPConnection):
    """A connection that shakes hands in its worker's thread: who says nothing keeps nobody else at the door."""

    greeted = False

    def communicate(self) -> bool:
        if not self.greeted and not self._greet():
            return False
        return bool(super().communicate())  # type: ignore[no-untyped-call]

    def _greet(self) -> bool:
        self.socket.settimeout(SHAKE_SECONDS)
        try:
            self.socket.do_handshake()
        except OSError:
            return False
        self.socket.settimeout(self.server.timeout)
        self.greeted = True
        return True
