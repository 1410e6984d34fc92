"""A desktop's notification area: a private D-Bus with our own `org.freedesktop.Notifications` on it.

Browsers show their notifications here, headless too, and `click` is what a real desktop sends back: the only way to a
real `notificationclick` with a real `openWindow`. Annotations are D-Bus signatures, hence no `from __future__`.
"""
import subprocess
import threading
from pathlib import Path
from typing import Any

from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.loops import WAIT_SECONDS, LoopThread
from tests.processes import die_with_parent

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
DISMISSED, CLOSED = 2, 3  # by the person, by the application


class Interface(ServiceInterface):
    def __init__(self, area: "NotificationArea") -> None:
        super().__init__(NAME)
        self.area = area

    @dbus_method()
    def GetCapabilities(self) -> "as":  # noqa: F722, N802
        return ["actions", "body", "persistence"]

    @dbus_method()
    def GetServerInformation(self) -> "ssss":  # noqa: F821, N802
        return ["tests", "mentorlog", "1", "1.2"]

    @dbus_method()
    def Notify(self, app: "s", replaces: "u", icon: "s", title: "s", body: "s", actions: "as",  # noqa: F722, F821, N802
               hints: "a{sv}", timeout: "i") -> "u":  # noqa: F722, F821
        sound = not ("suppress-sound" in hints and hints["suppress-sound"].value)
        return self.area.show(replaces, title, body, actions, sound)

    @dbus_method()
    def CloseNotification(self, number: "u"):  # noqa: F821, N802
        self.area.close(number)
        self.NotificationClosed(number, CLOSED)

    @dbus_signal()
    def NotificationClosed(self, number, why) -> "uu":  # noqa: F821, N802
        return [number, why]

    @dbus_signal()
    def ActionInvoked(self, number, key) -> "us":  # noqa: F821, N802
        return [number, key]


class NotificationArea(LoopThread):
    """`with NotificationArea(folder) as area:`; start the browser with `area.environment`.

    `shown`: number to title of what stands on the screen, `actions`: number to {words: key} of its buttons; `history`:
    every title ever shown, in order, `bodies` what stood below it, and `sounds` whether it came with one.
    """

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder}/bus"
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": self.address, "XDG_CURRENT_DESKTOP": "GNOME"}
        self.shown: dict[int, str] = {}
        self.history: list[str] = []
        self.bodies: list[str] = []
        self.sounds: list[bool] = []
        self.actions: dict[int, dict[str, str]] = {}
        self.number = 0
        self._news = threading.Condition()

    def clear(self) -> None:
        """Nothing is on the screen, and nothing ever was."""
        for number in list(self.shown):
            self.dismiss(number)
        for log in (self.history, self.bodies, self.sounds):
            log.clear()

    def wait(self, title: str, seconds: float = WAIT_SECONDS) -> int:
        """The number of the notification with this title, once it is shown."""
        def found() -> list[int]:
            return [number for number, words in self.shown.items() if words == title]
        with self._news:
            assert self._news.wait_for(found, seconds), f"{title!r} was not shown; history: {self.history}"
            return found()[-1]

    def click(self, number: int) -> None:
        """What a tap on it does."""
        self.soon(self._interface.ActionInvoked, number, "default")

    def dismiss(self, number: int) -> None:
        """What wiping it away does."""
        self.close(number)
        self.soon(self._interface.NotificationClosed, number, DISMISSED)

    def press(self, number: int, words: str) -> None:
        """What a tap on one of its buttons does."""
        self.soon(self._interface.ActionInvoked, number, self.actions[number][words])

    def show(self, replaces: int, title: str, body: str, actions: list[str], sound: bool) -> int:
        with self._news:
            self.number += 1
            number = replaces or self.number
            self.shown[number] = title
            self.actions[number] = dict(zip(actions[1::2], actions[::2], strict=True))
            self.history.append(title)
            self.bodies.append(body)
            self.sounds.append(sound)
            self._news.notify_all()
        return number

    def close(self, number: int) -> None:
        with self._news:
            self.shown.pop(number, None)
            self._news.notify_all()

    def __enter__(self) -> "NotificationArea":
        command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={self.address}"]
        self._daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        preexec_fn=die_with_parent)
        self._daemon.stdout.readline()
        return super().__enter__()

    def __exit__(self, *_: Any) -> None:
        super().__exit__()
        self._daemon.terminate()
        self._daemon.wait(WAIT_SECONDS)
        self._daemon.stdout.close()

    async def opens(self) -> None:
        self._bus = await MessageBus(bus_address=self.address).connect()
        self._interface = Interface(self)
        self._bus.export(PATH, self._interface)
        await self._bus.request_name(NAME)

    async def shuts(self) -> None:
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()
