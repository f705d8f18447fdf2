#!/bin/bash
# Prove ./run demo (twice) and ./run test in a bare Debian 12: a root made by debootstrap with ca-certificates, python3
# and python3-venv, nothing else, and that root's own python3. Needs root, debootstrap and unshare; not part of CI.
#   tools/prove_clean_root.sh [--keep FOLDER] [VERB...]     (verbs: default "demo" "demo" "test"; each is one ./run)
# The tree as it stands goes in (tracked and new files, not ignored ones). The machine's own settings for apt, pip and
# certificates are used inside, as they are found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -z "${FORMWRIGHT_CLEAN_ROOT:-}" ]; then
    [ "$(id -u)" = 0 ] || {
        echo "needs root" >&2
        exit 1
    }
    if [ "${1:-}" = --keep ]; then
        export FORMWRIGHT_CLEAN_ROOT=$2
        shift 2
    else
        FORMWRIGHT_CLEAN_ROOT=$(mktemp -d)
        export FORMWRIGHT_CLEAN_ROOT
        # Mounts are made in a namespace of their own and are gone with it: what is removed here is the folder alone.
        trap 'rm -rf --one-file-system "$FORMWRIGHT_CLEAN_ROOT"' EXIT
    fi
    unshare --mount --propagation private -- tools/prove_clean_root.sh "$@"
    exit
fi
root=$FORMWRIGHT_CLEAN_ROOT
verbs=("$@")
[ $# -gt 0 ] || verbs=(demo demo test)

seconds() { # run what follows the label, and say how long it took
    local start status=0 label=$1
    shift
    start=$(date +%s.%N)
    "$@" || status=$?
    printf '%7.1f s  %s (exit %s)\n' "$(date +%s.%N | awk -v start="$start" '{print $1 - start}')" "$label" "$status"
    return "$status"
}

# Copy files or folders of the machine to the same place inside. Never through a link in there: an absolute one would
# lead out of the root again.
take() {
    local path
    for path in "$@"; do
        [ -e "$path" ] || continue
        mkdir -p "$root$(dirname "$path")"
        rm -rf "${root:?}$path"
        cp -rL "$path" "$root$path"
    done
}

bootstrap() {
    local mirror
    # shellcheck disable=SC2016 # apt's own variable
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
    debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv bookworm "$root" "$mirror" \
        >"$root.log" 2>&1 || { tail -n 20 "$root.log" >&2; exit 1; }
    rm -f "$root.log"
}
[ -x "$root/usr/bin/python3" ] || seconds "debootstrap" bootstrap

take /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/preferences.d /etc/apt/keyrings \
    /etc/apt/trusted.gpg.d /etc/resolv.conf /etc/hosts /etc/pip.conf "$HOME/.config/pip" \
    /etc/ssl/certs/ca-certificates.crt /usr/local/share/ca-certificates
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
# Folders that pip's settings name (a local store of wheels; of an index its parent) are seen inside, read-only.
python3 -m pip config list | grep -oE "file:///[^ ']+|='/[^']+'" | sed -E "s#^file://##; s#^='##; s#'\$##; s#/simple/?\$##" | sort -u |
    while read -r folder; do
        [ -d "$folder" ] || continue
        mkdir -p "$root$folder"
        mount --bind -o ro "$folder" "$root$folder"
    done
mapfile -t settings < <(env | grep -E '^(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE=|https?_proxy=|HTTPS?_PROXY=|no_proxy=)')

rm -rf "$root/srv/formwright"
mkdir -p "$root/srv/formwright"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -C "$root/srv/formwright" -xf -
inside() { # run one verb inside, in an environment of its own
    chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="$HOME" \
        LANG=C.UTF-8 "${settings[@]}" /bin/bash -c 'cd /srv/formwright && ./run "$@" </dev/null' - "$@"
}
chroot "$root" /usr/bin/python3 --version
for verb in "${verbs[@]}"; do
    # shellcheck disable=SC2086 # a verb may have arguments: "test --all"
    seconds "./run $verb" inside $verb || failed=1
done
exit "${failed:-0}"
