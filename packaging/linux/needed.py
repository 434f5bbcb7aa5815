"""What the frozen program needs of the system: read from its files, named as Debian and rpm name it."""

from __future__ import annotations

import platform
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

# Library → package; "13 | 12" where the name changed with 64-bit time. Each was tried in a clean root.
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbz2.so.1.0": "libbz2-1.0",
    "libcrypto.so.3": "libssl3t64 | libssl3",
    "libcups.so.2": "libcups2t64 | libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "liblzma.so.5": "liblzma5",
    "libsqlite3.so.0": "libsqlite3-0",
    "libssl.so.3": "libssl3t64 | libssl3",
    "libstdc++.so.6": "libstdc++6 (>= 12)",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# Opened by name while the program runs, or started as programs; no file says so.
DEBIAN_OTHERS = (
    "libportaudio2",
    "libasound2-plugins",
    "pulseaudio-utils",
    # Not only recommended: the window and the papers are Chinese, and squares are no evidence.
    "fonts-noto-cjk | fonts-wqy-microhei",
)
DEBIAN_RECOMMENDS = ("pipewire-pulse | pulseaudio", "gnome-keyring | kwalletmanager | keepassxc", "xdg-utils")
DEBIAN_SUGGESTS = ("ffmpeg",)
RPM_OTHERS = (
    "libportaudio.so.2()(64bit)",
    "alsa-plugins-pulseaudio",
    "pulseaudio-utils",
    "google-noto-sans-cjk-fonts",
)
_OF_THE_C_LIBRARY = re.compile(r"(ld-linux.*|lib(c|m|mvec|dl|rt|pthread|resolv|util))\.so\.\d+")


def needed_libraries(folder: Path) -> list[str]:
    """The libraries that files in the folder name and that don't stand there."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    there = {path.name for path in folder.rglob("*")}
    named: set[str] = set()
    for path in files:
        with path.open("rb") as file:
            if file.read(4) != b"\x7fELF":
                continue
        said = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
        named.update(re.findall(r"^\s+NEEDED\s+(\S+)", said, re.MULTILINE))
    return sorted(name for name in named - there if not _OF_THE_C_LIBRARY.fullmatch(name))


def debian_depends(libraries: Iterable[str]) -> list[str]:
    """The Depends of the Debian package. KeyError names a library that has no package here yet."""
    packages = {DEBIAN_PACKAGES[name] for name in libraries}
    return [f"libc6 (>= {c_library()})", *sorted(packages), *DEBIAN_OTHERS]


def rpm_requires(libraries: Iterable[str]) -> list[str]:
    """The same for rpm, which knows libraries by their own names."""
    return [f"glibc >= {c_library()}", *(f"{name}()(64bit)" for name in libraries), *RPM_OTHERS]


def c_library() -> str:
    """The C library of this computer: nothing older was ever tried with what is built here."""
    return platform.libc_ver()[1]
