#!/usr/bin/env bash
# Puts the stand-ins for S3 and for a mail server, which the full test run talks to, into target/stand-ins. Does nothing when they are there.
set -euo pipefail
cd "$(dirname "$0")/.."

place=target/stand-ins
mark=$place/installed
want='moto[server]==5.2.1 aiosmtpd==1.4.6'
[ "$(cat "$mark" 2>/dev/null)" != "$want" ] || exit 0

echo "stand-ins: installing $want"
rm -rf "$place"
python3 -m venv "$place"
# shellcheck disable=SC2086
"$place/bin/pip" install --quiet --disable-pip-version-check $want
echo "$want" >"$mark"
