"""The sealed format: Tink reads ours and we read Tink's; nothing altered ever opens."""

import io
import os
from collections.abc import Iterator

import pytest
import tink
from hypothesis import given, settings
from hypothesis import strategies as st
from tink import cleartext_keyset_handle, streaming_aead
from tink.proto import aes_gcm_hkdf_streaming_pb2, common_pb2, tink_pb2

from vbg.store.errors import StoreError
from vbg.store.sealing import FIRST, OTHER, SEGMENT, Reader, Writer, plain_size

KEY = bytes(range(32))
AAD = b"v1|practice|film|play|1"
EDGES = [0, 1, FIRST - 1, FIRST, FIRST + 1, FIRST + OTHER - 1, FIRST + OTHER, FIRST + OTHER + 1, 300_000]


class _Kept(io.BytesIO):
    """A buffer that outlives the stream that closes it."""

    def close(self) -> None:
        pass


def sealed(plain: bytes, key: bytes = KEY, aad: bytes = AAD, step: int = 50_000) -> bytes:
    out = io.BytesIO()
    writer = Writer(out, key, aad)
    for at in range(0, len(plain), step):
        writer.write(plain[at : at + step])
    writer.close()
    return out.getvalue()


def opened(body: bytes, key: bytes = KEY, aad: bytes = AAD) -> bytes:
    return Reader(io.BytesIO(body), key, aad).read()


@pytest.fixture(scope="module")
def oracle() -> streaming_aead.StreamingAead:
    """Tink's own implementation, under our key."""
    streaming_aead.register()
    key = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingKey(version=0, key_value=KEY)
    key.params.ciphertext_segment_size = SEGMENT
    key.params.derived_key_size = 32
    key.params.hkdf_hash_type = common_pb2.SHA256
    keyset = tink_pb2.Keyset(primary_key_id=1)
    entry = keyset.key.add()
    entry.key_data.type_url = "type.googleapis.com/google.crypto.tink.AesGcmHkdfStreamingKey"
    entry.key_data.value = key.SerializeToString()
    entry.key_data.key_material_type = tink_pb2.KeyData.SYMMETRIC
    entry.status, entry.key_id, entry.output_prefix_type = tink_pb2.ENABLED, 1, tink_pb2.RAW
    reader = tink.BinaryKeysetReader(keyset.SerializeToString())
    return cleartext_keyset_handle.read(reader).primitive(streaming_aead.StreamingAead)


@pytest.mark.parametrize("size", EDGES)
def test_tink_reads_what_we_write(oracle: streaming_aead.StreamingAead, size: int) -> None:
    plain = os.urandom(size)
    with oracle.new_decrypting_stream(io.BytesIO(sealed(plain)), AAD) as stream:
        assert stream.read() == plain


@pytest.mark.parametrize("size", EDGES)
def test_we_read_what_tink_writes(oracle: streaming_aead.StreamingAead, size: int) -> None:
    plain, out = os.urandom(size), _Kept()
    with oracle.new_encrypting_stream(out, AAD) as stream:
        stream.write(plain)
    assert opened(out.getvalue()) == plain
    assert plain_size(len(out.getvalue())) == size


PLAIN = os.urandom(FIRST + 3 * OTHER + 1000)
BODY = sealed(PLAIN)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(PLAIN) + 10), st.integers(0, len(PLAIN) + 10))
def test_any_range_is_the_slice(start: int, length: int) -> None:
    assert Reader(io.BytesIO(BODY), KEY, AAD).read_range(start, length) == PLAIN[start : start + length]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.integers(0, 200_000)), max_size=6))
def test_seek_and_read_are_those_of_a_plain_file(steps: list[tuple[int, int]]) -> None:
    ours, plain = Reader(io.BytesIO(BODY), KEY, AAD), io.BytesIO(PLAIN)
    for offset, size in steps:
        assert ours.seek(offset) == plain.seek(offset)
        assert ours.read(size) == plain.read(size)
        assert ours.tell() == plain.tell()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=100_000), max_size=5), st.integers(1, 70_000))
def test_written_in_any_pieces_it_is_the_same(pieces: list[bytes], step: int) -> None:
    out = io.BytesIO()
    writer = Writer(out, KEY, AAD)
    for piece in pieces:
        writer.write(piece)
    writer.close()
    reader = Reader(io.BytesIO(out.getvalue()), KEY, AAD)
    assert b"".join(reader.chunks()) == b"".join(pieces)
    assert io.BufferedReader(reader, step).read() == b"".join(pieces)


def test_negative_places_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Reader(io.BytesIO(BODY), KEY, AAD).seek(-1)


def altered() -> Iterator[tuple[str, bytes]]:
    first, second, third = BODY[:SEGMENT], BODY[SEGMENT : 2 * SEGMENT], BODY[2 * SEGMENT : 3 * SEGMENT]
    rest, foreign = BODY[3 * SEGMENT :], sealed(PLAIN)
    yield "swapped", first + third + second + rest
    yield "left out", first + third + rest
    yield "twice", first + second + second + third + rest
    yield "foreign", first + foreign[SEGMENT : 2 * SEGMENT] + third + rest
    yield "foreign header", foreign[:40] + BODY[40:]
    yield "cut between segments", first + second
    yield "cut inside", BODY[:-1]
    yield "cut to a tag", BODY[: 3 * SEGMENT + 16]
    yield "cut to a header", BODY[:40]
    yield "nothing", b""
    yield "longer", BODY + b"x"
    yield "plain", PLAIN


@pytest.mark.parametrize(("_what", "body"), list(altered()), ids=[what for what, _ in altered()])
def test_altered_streams_are_refused(_what: str, body: bytes) -> None:
    with pytest.raises(StoreError) as caught:
        opened(body)
    assert caught.value.code == "tampered"


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(BODY) * 8 - 1))
def test_any_flipped_bit_is_refused(bit: int) -> None:
    body = bytearray(BODY)
    body[bit // 8] ^= 1 << bit % 8
    with pytest.raises(StoreError) as caught:
        opened(bytes(body))
    assert caught.value.code == "tampered"


def test_a_cut_stream_is_refused_before_its_first_byte() -> None:
    with pytest.raises(StoreError):
        Reader(io.BytesIO(BODY[: 2 * SEGMENT]), KEY, AAD)


@pytest.mark.parametrize("body", [sealed(b""), BODY], ids=["empty", "long"])
def test_the_wrong_place_or_key_is_an_error(body: bytes) -> None:
    for key, aad in ((KEY, AAD.replace(b"film", b"other")), (bytes(32), AAD)):
        with pytest.raises(StoreError) as caught:
            opened(body, key, aad)
        assert caught.value.code == "tampered"


def test_more_segments_than_can_be_counted_are_refused() -> None:
    with pytest.raises(StoreError):
        plain_size((2**32 + 1) * SEGMENT)
    writer = Writer(io.BytesIO(), KEY, AAD)
    writer._number = 2**32
    with pytest.raises(StoreError):
        writer.close()
