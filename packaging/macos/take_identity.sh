#!/bin/bash
# On a build server: take a signing certificate into a keychain of its own, for the steps after this one.
# UNTESTED on a Mac. By the man page of security(1) and `xcrun notarytool store-credentials --help`.
#
# CERTIFICATE            a .p12 in base64, with CERTIFICATE_PASSWORD
# SIGN_IDENTITY          the name of the certificate
# APPLE_ID, APPLE_TEAM, APPLE_PASSWORD   for notarising; an app-specific password. Without it nothing is sent.
set -euo pipefail

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
keychain=${RUNNER_TEMP:-$HOME}/evidencedesk.keychain-db
password=$(openssl rand -hex 24)
printf '%s' "${CERTIFICATE:?}" | base64 --decode > "$room/certificate.p12"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$room/certificate.p12" -k "$keychain" -P "${CERTIFICATE_PASSWORD:?}" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
echo "SIGN_IDENTITY=${SIGN_IDENTITY:?}" >> "${GITHUB_ENV:?}"
if [ -n "${APPLE_PASSWORD:-}" ]; then
  xcrun notarytool store-credentials evidencedesk --keychain "$keychain" \
    --apple-id "${APPLE_ID:?}" --team-id "${APPLE_TEAM:?}" --password "$APPLE_PASSWORD"
  echo "NOTARY_PROFILE=evidencedesk" >> "$GITHUB_ENV"
fi
