#!/usr/bin/env bash
# Install the system packages EvidenceDesk needs on Debian and Ubuntu: `run`, `test` or `package`.
# As root, or with sudo that asks nothing; otherwise prints the line to type and goes on.
set -euo pipefail

run=(libportaudio2 libasound2-plugins pulseaudio-utils libegl1 libgl1 libxkbcommon0 libfontconfig1 libfreetype6 libdbus-1-3
     libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
     libwayland-client0 libwayland-cursor0 fonts-noto-cjk)
test=(openssl openssh-client pulseaudio flac ffmpeg xvfb xauth xdotool chromium chromium-driver coreutils
      poppler-utils libreoffice-writer-nogui age zip unzip strace util-linux iproute2 dbus at-spi2-core nsis
      python3-gi gir1.2-atspi-2.0 desktop-file-utils appstream man-db binutils)
# To build packages, and to try them in clean roots.
package=(binutils dpkg-dev xz-utils desktop-file-utils appstream man-db
         mmdebstrap util-linux xvfb openbox xdotool x11-utils pulseaudio pulseaudio-utils rpm cpio)

wanted=("${run[@]}")
[ "${1:-run}" = test ] && wanted+=("${test[@]}")
[ "${1:-run}" = package ] && wanted+=("${package[@]}")
python=${2:-python3}

if ! command -v dpkg-query >/dev/null; then
  echo "Not Debian or Ubuntu: install PortAudio (and, for tests, PulseAudio, flac, ffmpeg, Xvfb, Chromium) with your package manager." >&2
  exit 0
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || wanted+=(python3-venv)

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

install=(apt-get install -y -qq --no-install-recommends "${missing[@]}")
if [ "$(id -u)" = 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null
else
  echo "These packages are missing. Type this once, then start again:" >&2
  echo "  sudo apt-get install ${missing[*]}" >&2
  echo "Going on without them." >&2
fi
