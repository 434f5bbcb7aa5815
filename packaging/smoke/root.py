"""A clean Debian in a folder, and an ordinary user in it. Needs root; nothing of it is left afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

USER_ID = 1000
USER = "tester"
HOME = f"/home/{USER}"
_APT = ("apt-get", "-q", "-y", "--no-install-recommends")
_SHARED = ("/dev",)
PATIENCE_S = 120.0
_SAID = 4000  # of what the started programs said, where something went wrong


def own_mirror() -> str:
    """The address from which this computer itself installs Debian's packages."""
    wanted = "$(REPO_URI) $(COMPONENT) $(ORIGIN) $(LABEL)"
    ask = ["apt-get", "indextargets", "--format", wanted, "Created-By: Packages"]
    listed = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        address, component, *origin = line.split()
        if component == "main" and origin == ["Debian", "Debian"]:
            return address
    raise LookupError("no mirror of Debian is set up here: name one with --mirror")


@contextlib.contextmanager
def clean_root(suite: str, mirror: str) -> Iterator[Root]:
    """A Debian of this suite with nothing but the essential packages."""
    # Not below the checkout: nothing of it may be found from inside.
    folder = Path(tempfile.mkdtemp(prefix=f"evidencedesk-{suite}-"))
    root = Root(folder / "root")
    try:
        build = ["mmdebstrap", "--quiet", "--variant=minbase", suite, str(root.path), mirror]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        shutil.copy("/etc/resolv.conf", root.path / "etc" / "resolv.conf")
        root.do("useradd", "--create-home", "--uid", str(USER_ID), USER)
        yield root
    finally:
        shutil.rmtree(folder)


class Root:
    """The folder that is a computer's whole disk to those in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def place(self, path: str) -> Path:
        """A path of the inside as seen from here."""
        return self.path / path.lstrip("/")

    def apt(self, *what: str) -> str:
        """Run apt-get; what it said."""
        return self.do(*_APT, *what, environment={"DEBIAN_FRONTEND": "noninteractive"})

    def do(self, *command: str, environment: Mapping[str, str] | None = None) -> str:
        """Run as root, with the network; what it said. Raises RuntimeError with that when it fails."""
        inside = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]
        inside += [f"{name}={value}" for name, value in (environment or {}).items()]
        whole = [*_apart(self.path), f'exec chroot {self.path} "$@"', *inside, *command]
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout

    @contextlib.contextmanager
    def session(self, environment: Mapping[str, str], shared: Sequence[Path]) -> Iterator[Session]:
        """The user sits down: processes of their own, no network, the shared folders at the same places."""
        for one in shared:
            self.place(str(one)).mkdir(parents=True, exist_ok=True)
        runtime = self.place(f"/run/user/{USER_ID}")
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.chown(runtime, USER_ID, USER_ID)
        # The first process of the session takes in those that others leave behind.
        idle = "echo ready; trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"
        whole = [*_apart(self.path, shared, ("--net",)), idle]
        with subprocess.Popen(whole, stdout=subprocess.PIPE, text=True) as outer:
            try:
                assert outer.stdout is not None
                if outer.stdout.readline() != "ready\n":
                    raise RuntimeError("the session could not be made")
                session = Session(self, _child_of(outer.pid), environment)
                try:
                    yield session
                except AssertionError as error:
                    said = session.errors.read_text("utf-8", errors="replace")
                    raise AssertionError(f"{error}\n{said[-_SAID:]}") from error
            finally:
                outer.kill()  # and with it everything in the session


class Session:
    """An ordinary user at work in a root."""

    def __init__(self, root: Root, first: int, environment: Mapping[str, str]) -> None:
        self.root = root
        self._first = first
        # What those say that were started and not waited for.
        self.errors = root.place(f"{HOME}/session-errors.txt")
        self.errors.write_bytes(b"")
        self.environment = {
            "HOME": HOME,
            "USER": USER,
            "LOGNAME": USER,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "XDG_RUNTIME_DIR": f"/run/user/{USER_ID}",
            **environment,
        }

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        """Start something that goes on; it ends with the session."""
        with self.errors.open("ab") as errors:
            return subprocess.Popen(
                self._inside(command, more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )

    def run(self, *command: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
        """Run to the end, whatever it is."""
        return subprocess.run(
            self._inside(command, more), input=given, capture_output=True, check=False, timeout=PATIENCE_S
        )

    def must(self, *command: str, given: bytes = b"", **more: str) -> str:
        """Run, and it has to end well; what it said."""
        done = self.run(*command, given=given, **more)
        if done.returncode != 0:
            raise RuntimeError(
                f"{' '.join(command)} ended with {done.returncode}: {(done.stdout + done.stderr).decode()}"
            )
        return done.stdout.decode()

    def end_all(self, signal_number: int = signal.SIGTERM) -> None:
        """End every process of the user, and wait until they are gone."""
        deadline = time.monotonic() + PATIENCE_S
        while pids := self._pids():
            if time.monotonic() > deadline:
                raise RuntimeError("processes of the program do not end")
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal_number)
            time.sleep(0.2)

    def _pids(self) -> list[int]:
        """The user's processes by their numbers out here."""
        found = []
        space = Path(f"/proc/{self._first}/ns/pid").readlink()
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                mine = (process / "ns" / "pid").readlink() == space
                if mine and process.stat().st_uid == USER_ID and (process / "cmdline").read_bytes():
                    found.append(int(process.name))
        return found

    def _inside(self, command: Sequence[str], more: Mapping[str, str]) -> list[str]:
        environment = [f"{name}={value}" for name, value in {**self.environment, **more}.items()]
        return [
            *("nsenter", f"--target={self._first}", "--mount", "--pid", "--net"),
            *("chroot", f"--userspec={USER_ID}:{USER_ID}", "--groups=", str(self.root.path)),
            *("env", "-i", "-C", HOME, *environment, *command),
        ]


def _apart(root: Path, shared: Sequence[Path] = (), more: Sequence[str] = ()) -> list[str]:
    """Mounts and processes of its own; what follows is shell text that ends in ``exec``."""
    mounts = [f"mount --rbind {place} {root}{place}" for place in (*_SHARED, *shared)]
    mounts.append(f"mount -t proc proc {root}/proc")
    begin = " && ".join(mounts) + " && "
    return [
        *("unshare", "--mount", "--pid", "--fork", "--kill-child=KILL", "--propagation=private", *more),
        *("bash", "-c", f'{begin} eval "$0"'),
    ]


def _child_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()[0])
