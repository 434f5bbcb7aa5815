"""One window per library: a second start hands its wish to the first one and ends.

The socket lies in a folder of this user alone. This is a courtesy, no lock: the library has its own.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from evidencedesk.system.local_address import library_address

RAISE, RECORD = "raise", "record"
# Recording in a mode that was named, and not the one used last.
MODES = {f"{RECORD} visit": "visit", f"{RECORD} call": "call"}
_WISHES = (RAISE, RECORD, *MODES)
_PATIENCE_MS = 1_000
_LONGEST = 64


class SingleInstance(QObject):
    """Listens for later starts.

    Emits:
        wish_received: ``raise``, ``record``, or one of ``MODES``.
    """

    wish_received = Signal(str)

    def __init__(self, runtime_folder: Path, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = library_address(runtime_folder, library)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)

    def hand_over(self, wish: str) -> bool:
        """Tell the window that is open already; False when there is none."""
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(f"{wish}\n".encode())
        told = socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return told

    def listen(self) -> bool:
        """Be the first one; call after ``hand_over`` said that nobody is there."""
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)  # left over from a crash
        return self._server.listen(self._name)

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    @Slot()
    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._take(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        wish = bytes(socket.readLine(_LONGEST).data()).decode("ascii", "replace").strip()
        if wish in _WISHES:
            self.wish_received.emit(wish)
