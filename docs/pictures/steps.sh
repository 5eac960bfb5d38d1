#!/usr/bin/env bash
# Draws the pictures of "Your first site": each step as it looks in a real terminal, in a real window.
# Usage: docs/pictures/steps.sh PROGRAM   (the built `anteroom`)
# Needs Debian's xvfb, xfwm4, xfce4-terminal, greybird-gtk-theme, dbus-x11, xdotool, imagemagick, fonts-dejavu and chromium.
set -euo pipefail
program=$(realpath "$1")
pictures=$(cd "$(dirname "$0")" && pwd)
home=$(mktemp -d)
export DISPLAY=:87 HOME=$home LANG=C.UTF-8
mkdir -p "$home/bin" "$home/Documents"
ln -s "$program" "$home/bin/anteroom"
log=$home/log
touch "$log"
trap 'kill $(jobs -p) 2>/dev/null; sleep 1; rm -rf "$home"' EXIT

Xvfb $DISPLAY -screen 0 1280x900x24 >/dev/null 2>&1 &
sleep 2
eval "$(dbus-launch --sh-syntax)"
xfwm4 --compositor=off >/dev/null 2>&1 &
xsetroot -solid '#ffffff' 2>/dev/null || true

cat > "$home/.bashrc" <<RC
PATH=$home/bin:\$PATH
PS1='\[\e[1;34m\]\w\[\e[0m\] \$ '
cd ~/Documents
RC
cat > "$home/session" <<RC
#!/bin/sh
exec script -qf "$log"
RC
chmod +x "$home/session"
SHELL=/bin/bash xfce4-terminal --disable-server --hide-menubar --hide-scrollbar --title=Terminal \
  --font="DejaVu Sans Mono 12" --color-bg="#ffffff" --color-text="#1c1c1c" --geometry=88x30+60+40 -x "$home/session" >/dev/null 2>&1 &

# Waits until the terminal says something, counted from the last thing that was typed.
seen=0
await() {
  for _ in $(seq 300); do
    if tail -c +$((seen + 1)) "$log" | grep -qF -- "$1"; then sleep 0.6; return; fi
    sleep 0.2
  done
  echo "never seen: $1" >&2; tail -c 1500 "$log" >&2; exit 1
}
type() { seen=$(stat -c %s "$log"); xdotool type --delay 8 -- "$1"; xdotool key Return; }
enter() { type ""; }
# The window with its frame.
picture() {
  import -frame -window "$(xdotool getactivewindow)" -strip -colors 96 "PNG8:$pictures/step-$1.png"
  echo "docs/pictures/step-$1.png"
}
clear() { type 'clear'; sleep 1; }

await '$ '
sleep 2
xdotool windowactivate --sync "$(xdotool search --onlyvisible --class xfce4-terminal | tail -1)"
sleep 1
type 'anteroom new my-site'
await 'called?'; type 'Quiet Harbor Counseling'
await 'offer?'; enter
await 'Where?'; type 'Portland, Oregon'
await 'language'; enter
await 'Who works'; type 'Maya Bell, MA, LPC'
await 'supervision?'; enter
await 'services'; type 'Individual therapy, Grief group (Tuesdays, 6 weeks)'
await 'sessions?'; enter
await 'email'; type 'hello@quietharbor.example'
await 'theme?'; enter
await 'host'
picture questions
enter
await 'right?'
picture summary
enter
await 'left to write'
clear
type 'anteroom check --site my-site'
await 'acknowledged'
picture check
clear
type 'anteroom serve --site my-site'
await 'http'
picture serve
address=$(tail -c +$((seen + 1)) "$log" | grep -oE 'http://[0-9a-z.:]+/?' | head -1)
chromium --no-sandbox --disable-gpu --no-first-run --disable-sync --disable-background-networking --disable-component-update \
  --user-data-dir="$home/chromium" --window-size=1160,760 --window-position=40,40 --test-type "$address" >/dev/null 2>&1 &
for _ in $(seq 60); do
  if xdotool search --onlyvisible --class chromium >/dev/null 2>&1; then break; fi
  sleep 0.5
done
sleep 6
xdotool windowactivate "$(xdotool search --onlyvisible --class chromium | tail -1)"; sleep 2
picture browser
pkill -f "$home/chromium" || true
sleep 1
xdotool windowactivate "$(xdotool search --onlyvisible --class xfce4-terminal | tail -1)"; sleep 1
xdotool key ctrl+c; sleep 1
mkdir -p "$home/web"
printf '\npublish:\n  to: folder\n  folder: %s\n' "$home/web" >> "$home/Documents/my-site/content/practice.yaml"
clear
type 'anteroom publish --site my-site'
await 'Publish this?'
enter
await 'Published'
picture publish
