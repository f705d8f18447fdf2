#!/bin/bash
# Try an installed formwright from a folder that is not the checkout: a questionnaire for a Latin account goes out and is
# read back; one for a Chinese account, without the font for Chinese, is refused on one line that names the character.
#   tools/smoke.sh FORMWRIGHT     (FORMWRIGHT: the command of the environment that is tried)
set -euo pipefail
samples=$(cd "$(dirname "${BASH_SOURCE[0]}")/../samples/workspace" && pwd)
formwright=$(realpath -s "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work FORMWRIGHT_CACHE=$work/cache FORMWRIGHT_FONTS=$work/no-fonts
mkdir "$FORMWRIGHT_FONTS"

fail() {
    printf 'smoke: %s\n' "$*" >&2
    exit 1
}

# The sample accounts by the characters in them: one with Chinese, one without anything beyond Latin.
han='[\x{2E80}-\x{9FFF}]'
chinese=$(LC_ALL=C.UTF-8 grep -rlP "$han" "$samples/accounts" | sort | head -n 1)
latin=$(LC_ALL=C.UTF-8 grep -rLP '[\x{0370}-\x{FFFF}]' "$samples/accounts" --include='*.yaml' | sort | head -n 1)
[ -n "$chinese" ] && [ -n "$latin" ] || fail "samples/workspace/accounts lacks a Chinese or a Latin account"

"$formwright" --help >/dev/null
"$formwright" new workspace desk >/dev/null
mkdir -p desk/accounts
cp "$latin" "$chinese" desk/accounts/
cd desk

"$formwright" issue account_management "$(basename "$latin" .yaml)" --format pdf --out ../out --date 2027-01-15
pdf=$(find ../out -name '*.pdf' | head -n 1)
[ -s "$pdf" ] || fail "issue made no PDF"
"$formwright" read "$pdf" --json >../record.json || fail "read refused the file just issued"
grep -q '"answers"' ../record.json || fail "read printed no record"

status=0
"$formwright" issue account_management "$(basename "$chinese" .yaml)" --format pdf --out ../chinese --date 2027-01-15 \
    >../said.txt 2>../error.txt || status=$?
[ "$status" = 1 ] || fail "a Chinese account without its font: exit $status, expected 1: $(cat ../error.txt)"
[ "$(grep -c . ../error.txt)" = 1 ] || fail "expected one line, got: $(cat ../error.txt)"
LC_ALL=C.UTF-8 grep -qP "$han|U\+[0-9A-F]{4,5}" ../error.txt || fail "the character is not named: $(cat ../error.txt)"
[ -z "$(find ../chinese -name '*.pdf' 2>/dev/null)" ] || fail "a file was made although a character has no face"
echo "smoke: $(basename "$latin" .yaml) issued and read back; $(cat ../error.txt)"
