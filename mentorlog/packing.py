"""A reply on the line, packed in a way that the other side can unpack."""
from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, request

Ways = Mapping[str, Callable[[bytes], bytes]]


def pack(response: Response, ways: Ways) -> bool:
    """Pack the body in the first of these ways that was asked for, where that makes it smaller; whether it was.

    ways: name of the coding, such as `br`, to what does it (RFC 9110, 8.4.1)
    """
    response.vary.add("Accept-Encoding")
    how = next((name for name in ways if request.accept_encodings[name] > 0), "")
    body = response.get_data()
    small = ways[how](body) if how else body
    if len(small) >= len(body):
        return False
    response.set_data(small)
    response.headers["Content-Encoding"] = how
    return True
