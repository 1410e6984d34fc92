"""What a notification asks of the server. JSON out; the worker calls it, and a page where there are no actions."""
from __future__ import annotations

from flask import Blueprint, Response, jsonify

from .. import clock
from ..errors import Refused
from ..pages import me
from .snoozing import snooze as put_off

bp = Blueprint("reminders", __name__)


@bp.post("/reminders/<id>/snooze")
def snooze(id: str) -> Response:
    """Say it again on this device, in ten minutes: {at: when}, or 422 and {error: why not}.

    :raise Missing: not a reminder that went to this device
    """
    try:
        return jsonify(at=clock.iso(put_off(me().device, id)))
    except Refused as error:
        response = jsonify(error=error.message)
        response.status_code = 422
        return response
