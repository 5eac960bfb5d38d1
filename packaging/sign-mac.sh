#!/bin/sh
# Signs a program for macOS and has Apple look at it (notarising): `sh packaging/sign-mac.sh PROGRAM`, on a Mac of the release workflow.
# The certificate and passwords come from the environment (packaging/README.md) and are kept only as long as this runs.
# A single program can't carry Apple's answer with it, so a Mac asks Apple for it the first time the program starts.
# https://developer.apple.com/documentation/security/customizing-the-notarization-workflow
set -eu
work=$(mktemp -d)
keychain=$work/signing.keychain-db
trap 'security delete-keychain "$keychain" 2>/dev/null || true; rm -rf "$work"' EXIT
password=$(uuidgen)
printf '%s' "$APPLE_CERTIFICATE" | base64 --decode >"$work/certificate.p12"
security create-keychain -p "$password" "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$work/certificate.p12" -k "$keychain" -P "$APPLE_CERTIFICATE_PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
codesign --force --options runtime --timestamp --keychain "$keychain" --sign "$APPLE_IDENTITY" "$1"
codesign --verify --strict "$1"
ditto -c -k "$1" "$work/program.zip"
xcrun notarytool submit "$work/program.zip" --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM_ID" --password "$APPLE_APP_PASSWORD" --wait
