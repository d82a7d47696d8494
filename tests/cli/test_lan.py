"""`vbg serve --lan`: a second door over TLS for a phone in the same network; plain HTTP stays at home."""

import shutil
import signal
import socket
import ssl
import stat
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from tests.cli.conftest import Vbg, fetch, serving
from vbg import clock, lan

TRUSTING = ssl._create_unverified_context()


def ask(address, headers=None):
    """(status, headers, body) over TLS, whoever made the certificate."""
    asked = urllib.request.Request(address, headers=headers or {})
    try:
        with urllib.request.urlopen(asked, timeout=30, context=TRUSTING) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()


def names_of(certificate):
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(one) for one in named.get_values_for_type(x509.IPAddress)}, named.get_values_for_type(x509.DNSName)


@pytest.fixture(scope="module")
def practice_(founded, tmp_path_factory):
    """One practice for all that only looks at its two doors."""
    one = Vbg(tmp_path_factory.mktemp("lan") / "data")
    shutil.copytree(founded[0], one.data)
    return one


@pytest.fixture(scope="module")
def running(practice_, tmp_path_factory):
    """Served with a door for phones at an address that every machine has."""
    with serving(practice_, tmp_path_factory.mktemp("log")) as start:
        yield start("--port", "18700", "--lan", "127.0.0.1")


def test_a_phone_comes_in_over_tls_beside_plain_http_at_home(running, practice_):
    assert running.address == "http://127.0.0.1:18700"
    assert running.lan == "https://127.0.0.1:18701"
    assert fetch(running.address + "/healthz")[::2] == ask(running.lan + "/healthz")[::2] == (200, b"alive\n")
    kept = practice_.data / "keys" / "lan.pem"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    seen = x509.load_pem_x509_certificate(ssl.get_server_certificate(("127.0.0.1", 18701)).encode())
    assert seen == x509.load_pem_x509_certificate(kept.read_bytes())
    numbers, words = names_of(seen)
    assert numbers == {"127.0.0.1"}
    assert "localhost" in words


def test_who_trusts_its_certificate_finds_nothing_wrong_with_it(running, practice_):
    strict = ssl.create_default_context(cafile=practice_.data / "keys" / "lan.pem")
    with urllib.request.urlopen(running.lan + "/healthz", timeout=30, context=strict) as answer:
        assert answer.read() == b"alive\n"


def test_cookies_given_over_tls_never_leave_it(running):
    over_tls = ask(running.lan + "/sign-in")[1].get_all("Set-Cookie")
    assert over_tls
    assert all("; Secure" in one for one in over_tls)
    assert not any("; Secure" in one for one in fetch(running.address + "/sign-in")[1].get_all("Set-Cookie"))


def test_a_name_that_is_not_ours_is_not_answered(running):
    for host in ("elsewhere.example", "elsewhere.example:18700", "", "127.0.0.1.elsewhere.example"):
        assert fetch(running.address + "/sign-in", {"Host": host})[0] == 421, host
        assert ask(running.lan + "/sign-in", {"Host": host})[0] == 421, host
    assert fetch(running.address + "/sign-in", {"Host": "localhost:18700"})[0] == 200
    assert ask(running.lan + "/sign-in", {"Host": "localhost:18701"})[0] == 200


def test_who_comes_and_says_nothing_keeps_nobody_waiting(running):
    silent = [socket.create_connection(("127.0.0.1", 18701)) for _ in range(lan.THREADS - 2)]
    began = time.monotonic()
    assert ask(running.lan + "/healthz")[0] == 200
    assert time.monotonic() - began < lan.SHAKE_SECONDS / 2
    for one in silent:
        one.close()
    assert ask(running.lan + "/healthz")[0] == 200
    assert "Traceback" not in running.log.read_text()


@pytest.mark.parametrize("address", ["203.0.113.9", "huiskamer", "::1"])
def test_an_address_of_somebody_else_is_a_sentence(practice, address):
    told = practice.refused("serve", "--no-browser", "--port", "18730", "--lan", address)
    assert address in told


def test_an_open_plain_door_beside_it_is_refused(practice):
    practice.environment["VBG_HOST"] = "0.0.0.0"
    assert "VBG_HOST" in practice.refused("serve", "--no-browser", "--port", "18735", "--lan", "127.0.0.1")


def test_its_own_address_or_a_sentence(practice, serve):
    """Whether this machine is in a network or not, `--lan` alone does the right thing."""
    try:
        address = lan.own_address()
    except lan.LanError:
        assert "wifi" in practice.refused("serve", "--no-browser", "--port", "18740", "--lan").lower()
        return
    running = serve("--port", "18740", "--lan")
    assert running.lan == f"https://{address}:18741"
    assert ask(running.lan + "/healthz")[0] == 200
    with pytest.raises(OSError), socket.create_connection((address, 18740), timeout=2):
        pass
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 0
    assert "Traceback" not in running.log.read_text()


def test_no_network_at_all_is_said(monkeypatch):
    class Nowhere(socket.socket):
        def connect(self, address):
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(lan.socket, "socket", Nowhere)
    with pytest.raises(lan.LanError) as refused:
        lan.own_address()
    assert refused.value.code == "no_network"


@pytest.fixture
def made(tmp_path):
    """A certificate for one address, and the file it lies in."""
    one = lan.Certificate(tmp_path / "lan.pem")
    one.cover("192.168.1.5")
    return one, tmp_path / "lan.pem"


def test_a_certificate_is_kept_while_it_is_good(made):
    before = made[1].read_bytes()
    assert "192.168.1.5" in lan.Certificate(made[1]).cover("192.168.1.5")
    assert made[1].read_bytes() == before


def test_another_address_makes_a_new_one_also_while_it_serves(made):
    before = made[1].read_bytes()
    assert "10.0.0.7" in made[0].cover("10.0.0.7")
    assert made[1].read_bytes() != before
    assert names_of(x509.load_pem_x509_certificate(made[1].read_bytes()))[0] == {"10.0.0.7"}
    assert [path.name for path in made[1].parent.iterdir()] == ["lan.pem"]


def test_one_that_ends_is_made_anew(made):
    before = made[1].read_bytes()
    with clock.freeze(datetime.now(UTC) + lan.LIFE - timedelta(hours=1)):
        made[0].cover("192.168.1.5")
    assert made[1].read_bytes() != before


def test_a_damaged_one_is_made_anew(made):
    made[1].write_bytes(b"no certificate")
    made[1].chmod(0o644)
    assert "192.168.1.5" in lan.Certificate(made[1]).cover("192.168.1.5")
    assert stat.S_IMODE(made[1].stat().st_mode) == 0o600
