#!/usr/bin/env bash
# Installs what the full test run needs and cargo and npm cannot bring: PostgreSQL, Redis, Chromium, Chinese fonts, stand-ins for S3 and mail.
# Looks first; asks Debian's package manager only for what is missing. Without root or sudo it prints the command and stops.
set -euo pipefail

for tool in cargo node npm; do
  command -v "$tool" >/dev/null || { echo "make tools: $tool is missing; Rust 1.94 and Node 20.19 or newer are the two things to install by hand" >&2; exit 1; }
done

postgres_here() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
chinese_font_here() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ]; }
browser_here() { [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ]; }
python_here() { python3 -c 'import venv, ensurepip' 2>/dev/null; }

missing=()
postgres_here || missing+=(postgresql)
command -v redis-server >/dev/null || missing+=(redis-server)
browser_here || missing+=(chromium)
chinese_font_here || missing+=(fontconfig fonts-noto-cjk)
python_here || missing+=(python3 python3-venv)
if [ ${#missing[@]} -eq 0 ]; then exec "$(dirname "$0")/stand-ins.sh"; fi

if [ "$(id -u)" -eq 0 ]; then
  as_root=(env)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo)
else
  as_root=()
fi

if [ ${#as_root[@]} -eq 0 ] || ! command -v apt-get >/dev/null; then
  echo "make tools: missing: ${missing[*]}. As root, run:" >&2
  echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

echo "make tools: installing ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
"$(dirname "$0")/stand-ins.sh"
