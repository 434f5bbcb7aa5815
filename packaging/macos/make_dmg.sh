#!/bin/bash
# From EvidenceDesk.app to a disk image; signed and notarised only where an identity is given. UNTESTED on a Mac.
#
#   packaging/macos/make_dmg.sh dist/EvidenceDesk.app dist/EvidenceDesk-0.7.0.dmg
#
# SIGN_IDENTITY    "Developer ID Application: …", from the keychain. Without it the bundle gets an ad-hoc
#                  signature, which Macs with Apple processors need to start anything, and which
#                  convinces Gatekeeper of nothing: whoever opens it has to allow it in the settings.
# NOTARY_PROFILE   what `xcrun notarytool store-credentials` was told; without it nothing is sent to Apple.
#
# By the man pages of codesign(1), hdiutil(1) and stapler(1), and by "Notarizing macOS software before
# distribution" (developer.apple.com/documentation/security).
set -euo pipefail

app=${1:?EvidenceDesk.app}
image=${2:?name of the disk image}
here=$(cd "$(dirname "$0")" && pwd)

for language in en zh-Hans; do
  mkdir -p "$app/Contents/Resources/$language.lproj"
  cp "$here/$language.lproj/InfoPlist.strings" "$app/Contents/Resources/$language.lproj/"
done

options=(--force --sign "${SIGN_IDENTITY:--}")
if [ -n "${SIGN_IDENTITY:-}" ]; then
  options+=(--options runtime --timestamp)
fi
# What is inside first: a bundle's seal covers its parts. `--deep` is for checking, not for signing.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
  while IFS= read -r -d '' library; do codesign "${options[@]}" "$library"; done
codesign "${options[@]}" --entitlements "$here/entitlements.plist" "$app"
codesign --verify --deep --strict "$app"

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cp -R "$app" "$room/"
ln -s /Applications "$room/Applications"
rm -f "$image"
hdiutil create -volname EvidenceDesk -srcfolder "$room" -format UDZO -fs HFS+ "$image"

if [ -n "${SIGN_IDENTITY:-}" ]; then
  codesign --sign "$SIGN_IDENTITY" --timestamp "$image"
  if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
  fi
fi
echo "$image"
