"""One window per data folder: a second start rings at the first one, which comes up."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1500


def bell_name(folder: Path) -> str:
    """What the window of a data folder answers to on this computer."""
    return f"clinicbridge-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


class Doorbell(QObject):
    """Hears when another start wanted to open the window. Only this user can ring."""

    rang = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # Whoever holds the lock of the folder is the only one; what a killed one left is cleared away.
        QLocalServer.removeServer(bell_name(folder))
        self._server.listen(bell_name(folder))

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        self.rang.emit()


def ring(folder: Path) -> bool:
    """Ask the window that is there to come up; whether it heard."""
    socket = QLocalSocket()
    socket.connectToServer(bell_name(folder))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(b"raise\n")
    heard = socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return heard
