#!/bin/bash
# Try an installed formwright from a folder that is not the checkout: a questionnaire for a Latin account goes out and is
# read back with nothing lost; one for a Chinese account, without the font for Chinese, is refused, each character at the
# place in the profile where it was written.
#   tools/smoke.sh FORMWRIGHT     (FORMWRIGHT: the command of the environment that is tried)
set -euo pipefail
samples=$(cd "$(dirname "${BASH_SOURCE[0]}")/../samples/workspace" && pwd)
formwright=$(realpath -s "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
unset FORMWRIGHT_WORKSPACE PYTHONPATH
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
chinese=$(basename "$chinese" .yaml)
latin=$(basename "$latin" .yaml)

"$formwright" --help >/dev/null
"$formwright" new workspace desk --name Smoke --unit "Smoke Desk" --email returns@desk.example \
    --address "100 Specimen Avenue, Sampleton, DC 00000" >/dev/null
cd desk
for account in "$latin" "$chinese"; do
    cp "$samples/accounts/$account.yaml" accounts/
    cp "$samples/overlays/$account.yaml" overlays/
done
"$formwright" check >/dev/null || fail "check finds fault with the samples"

"$formwright" issue account_management "$latin" --out ../out --date 2027-01-15
pdf=$(find ../out -name '*.pdf')
[ -s "$pdf" ] || fail "issue made no PDF, or several"
"$formwright" read "$pdf" --json >../record.json || fail "read refused the file just issued"
grep -q '"status": "partial"' ../record.json || fail "the record of an untouched form is not partial"
for lost in '"state": "missing"' '"state": "unread"' '"state": "conflict"' '"state": "invalid"' '"refused"'; do
    grep -q "$lost" ../record.json && fail "the record of an untouched form has $lost"
done
grep -q '"strays": \[\]' ../record.json || fail "the record of an untouched form has strays"
[ "$(grep -o '"code": "[a-z_]*"' ../record.json)" = '"code": "as_issued"' ] ||
    fail "the record of an untouched form does not say as_issued alone"

status=0
"$formwright" issue account_management "$chinese" --out ../chinese --date 2027-01-15 >../said.txt 2>../error.txt || status=$?
[ "$status" = 1 ] || fail "a Chinese account without its font: exit $status, expected 1: $(cat ../error.txt)"
[ -s ../said.txt ] && fail "an account that is refused is told as issued: $(cat ../said.txt)"
lines=$(grep -c . ../error.txt) || fail "nothing was said of the Chinese account"
[ "$lines" -le 6 ] || fail "$lines lines on one cause"
named=$(grep -cP "^accounts/$chinese\.yaml:\d+:\d+, item \"\w+\": .*\bU\+[0-9A-F]{4,5} \(.+Cure: " ../error.txt || true)
[ "$named" = "$lines" ] || fail "a line without place, character or cure: $(cat ../error.txt)"
[ -z "$(find ../chinese -name '*.pdf' 2>/dev/null)" ] || fail "a file was made although a character has no face"
echo "smoke: $latin issued and read back; $chinese refused: $(head -n 1 ../error.txt)"
