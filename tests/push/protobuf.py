"""As much of protobuf as Google's push protocol needs: numbers, texts, eight bytes."""
from __future__ import annotations

import struct


def varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def field(no: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return varint(no << 3) + varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return varint(no << 3 | 2) + varint(len(raw)) + raw


def fixed64(no: int, value: int) -> bytes:
    return varint(no << 3 | 1) + struct.pack("<Q", value)


def fields(raw: bytes) -> dict[int, list[int | bytes]]:
    """Field number to its values, in order."""
    out: dict[int, list[int | bytes]] = {}
    at = 0
    while at < len(raw):
        key, at = read_varint(raw, at)
        value, at = read_value(raw, at, key & 7)
        out.setdefault(key >> 3, []).append(value)
    return out


def read_value(raw: bytes, at: int, wire: int) -> tuple[int | bytes, int]:
    if wire == 0:
        return read_varint(raw, at)
    if wire == 1:
        return struct.unpack_from("<Q", raw, at)[0], at + 8
    if wire == 5:
        return struct.unpack_from("<I", raw, at)[0], at + 4
    size, at = read_varint(raw, at)
    return raw[at:at + size], at + size


def read_varint(raw: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte, at = raw[at], at + 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, at
