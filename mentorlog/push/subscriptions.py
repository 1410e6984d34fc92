"""Where a device gets its messages: who may put an address in, and when it is forgotten."""
from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from ..database import db
from ..errors import Refused
from ..models import Device, Subscription
from ..outgoing import NotAllowedError
from .keys import decoded, key_id
from .sending import Sender

MOST_PER_PERSON = 10
MOST_FAILURES = 3  # a subscription that is refused so often in a row will never work again
POINT_BYTES, SECRET_BYTES = 65, 16  # RFC 8291, 3.1 and 3.2


def subscribe(device: Device, sender: Sender, told: Any) -> None:
    """Keep, or keep anew, where this device gets its messages; it is told at each start of the app.

    told: a browser's `PushSubscription` as JSON. A device has one: a new address takes the place of the old one, so
    that what is under way follows it. An address belongs to who used it last: two people can share a browser.

    :raise Refused: not a subscription to a push service that we know
    """
    values = checked(told, sender) | {"failed": 0}
    with db.atomic():
        elsewhere = (Subscription.endpoint == values["endpoint"]) & (Subscription.device != device.id)
        Subscription.delete().where(elsewhere).execute()
        (Subscription.insert(device=device.id, **values)
         .on_conflict(conflict_target=[Subscription.device], update=values).execute())
        drop_surplus(device)
        set_lost(device.id, False)


def checked(told: Any, sender: Sender) -> dict[str, Any]:
    """The columns of a subscription. The endpoint stays letter for letter what the browser gave.

    told: `endpoint`, `keys.p256dh`, `keys.auth`, and `key`, the server key that it was made with.

    :raise Refused: see `subscribe`
    """
    try:
        endpoint, p256dh, auth = told["endpoint"], told["keys"]["p256dh"], told["keys"]["auth"]
        point, secret, key = decoded(p256dh), decoded(auth), key_id(decoded(told["key"]))
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
        sender.outgoing.check(endpoint)
    except NotAllowedError as error:
        raise Refused("This browser uses a push service that is not known here.", "endpoint") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("This is not a push subscription.") from error
    if (len(point), len(secret)) != (POINT_BYTES, SECRET_BYTES) or len(p256dh) > 100 or len(auth) > 40:
        raise Refused("This is not a push subscription.", "keys")
    if sender.keys.find(key) is None:
        raise Refused("This was made with a key that the server no longer has.", "key")
    return {"endpoint": endpoint, "p256dh": p256dh, "auth": auth, "key_id": key}


def drop_surplus(here: Device) -> None:
    """Keep the subscription of this device, which shows that it has one, and those of the others of its person that
    were here last; inside a transaction."""
    rows = (Subscription.select(Subscription.id).join(Device).where(Device.person == here.person, Device.id != here.id)
            .order_by(Device.seen_at.desc(), Subscription.created_at.desc()))
    if surplus := [row.id for row in rows][MOST_PER_PERSON - 1:]:
        Subscription.delete().where(Subscription.id.in_(surplus)).execute()


def forget(device: Device) -> None:
    """Send nothing more to this device."""
    Subscription.delete().where(Subscription.device == device.id).execute()


def forget_if_same(subscription: Subscription) -> bool:
    """Forget an address that is gone, unless the device has told a new one meanwhile; True when it is forgotten.

    The device is lost then, until it tells another one: its browser need not know, and tells the same at each start.
    """
    same = (Subscription.id == subscription.id) & (Subscription.endpoint == subscription.endpoint)
    with db.atomic():
        forgotten = bool(Subscription.delete().where(same).execute())
        if forgotten:
            set_lost(subscription.device, True)
    return forgotten


def set_lost(device: str, lost: bool) -> None:
    """Note whether a device, by its id, tells an address that is dead."""
    Device.update(lost=lost).where(Device.id == device, Device.lost != lost).execute()


def note(subscription: Subscription, refused: bool) -> None:
    """Count refusals in a row; after a few of them the subscription goes."""
    if refused and subscription.failed + 1 >= MOST_FAILURES:
        forget_if_same(subscription)
    elif refused:
        Subscription.update(failed=Subscription.failed + 1).where(Subscription.id == subscription.id).execute()
    elif subscription.failed:
        Subscription.update(failed=0).where(Subscription.id == subscription.id).execute()
