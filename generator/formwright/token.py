"""The signed identity of an issue and page: `issue:key:page:mac`, such as `Q-2027-0042:K1:007:` + 16 characters.

mac     the first 80 bits of HMAC-SHA-256 in base 32 (RFC 4648), under the secret that `key` names
page    three digits; `000` in carriers that belong to no page (hidden field, document information, attachment)

The whole has at most 38 characters of `0-9A-Z $%*+-./:`, which is what a QR code of version 2 and level M holds.
What is signed: a fixed first word, then workspace id, issue id, account id, form fingerprint (each as its length in
four bytes and its UTF-8 bytes, so that no two lists of texts give the same bytes), then the page in two bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from dataclasses import dataclass
from typing import Final

from formwright.errors import Unusable

LIMIT: Final = 38
PAGES: Final = 999
"""The highest page that a token can name."""

_DOMAIN: Final = b"formwright token 1"
_MAC_BYTES: Final = 10
_NAME = re.compile(r"[0-9A-Z $%*+\-./]+\Z")
_TOKEN = re.compile(r"([0-9A-Z $%*+\-./]+):([0-9A-Z $%*+\-./]+):([0-9]{3}):([A-Z2-7]{16})\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A token's parts; `page` counts from 1, 0 for the issue as a whole. Nothing is said of its being genuine."""

    issue: str
    key: str
    page: int
    mac: str

    def __str__(self) -> str:
        return f"{self.issue}:{self.key}:{self.page:03d}:{self.mac}"


def mint(secret: bytes, key_id: str, workspace: str, issue: str, account: str, fingerprint: str, page: int) -> str:
    """Return the token of one page. Raises Unusable where the ids don't fit into 38 characters, or page is over 999."""
    prefix = _prefix(issue, key_id, page)
    return _signed(prefix, _signer(secret, workspace, issue, account, fingerprint), page)


def mint_all(
    secret: bytes, key_id: str, workspace: str, issue: str, account: str, fingerprint: str, pages: int
) -> tuple[str, ...]:
    """Return the tokens of page 000 and of the pages 1 to `pages`, in this order. Raises Unusable as `mint` does."""
    prefix = _prefix(issue, key_id, pages)
    signer = _signer(secret, workspace, issue, account, fingerprint)
    return tuple(_signed(prefix, signer, page) for page in range(pages + 1))


def parse(text: str) -> Token | None:
    """Return the parts of a token, or None where `text` is none.

    White space around it, the spaces that fill a QR code, null bytes at its end and lower case are what carriers make
    of it, and are taken off.
    """
    match = _TOKEN.match(text.strip(" \t\r\n\f\v\0\ufeff").upper())
    if match is None or len(match[0]) > LIMIT:
        return None
    return Token(issue=match[1].strip(), key=match[2].strip(), page=int(match[3]), mac=match[4])


def verify(token: Token, secret: bytes, *, workspace: str, account: str, fingerprint: str) -> bool:
    """Return whether `token` was minted with `secret` for its issue and page and for this account and form."""
    signer = _signer(secret, workspace, token.issue, account, fingerprint)
    genuine = _signed("", signer, token.page)[-16:]
    return hmac.compare_digest(genuine, token.mac)


def _prefix(issue: str, key_id: str, page: int) -> str:
    """Return `issue:key:`, checked with the highest page that is to follow."""
    if not 0 <= page <= PAGES:
        raise Unusable("too_many_pages", f"A form has at most {PAGES} pages; this one has {page}.", "Make it shorter.")
    for name, text in (("issue id", issue), ("key id", key_id)):
        if not _NAME.match(text) or text != text.strip():
            fix = "Use 0-9, A-Z and - only."
            raise Unusable("token_characters", f"The {name} {text!r} can't stand in a QR code.", fix)
    prefix = f"{issue}:{key_id}:"
    room = LIMIT - len("000:") - 16
    if len(prefix) > room:
        message = f"The issue id {issue!r} and the key id {key_id!r} have {len(prefix) - 2} characters together."
        raise Unusable("token_too_long", message, f"Shorten them to {room - 2}.")
    return prefix


def _signer(secret: bytes, workspace: str, issue: str, account: str, fingerprint: str) -> hmac.HMAC:
    """Return the HMAC over everything but the page; it is copied for each page."""
    signer = hmac.new(secret, _DOMAIN, hashlib.sha256)
    for text in (workspace, issue, account, fingerprint):
        data = text.encode()
        signer.update(len(data).to_bytes(4, "big") + data)
    return signer


def _signed(prefix: str, signer: hmac.HMAC, page: int) -> str:
    own = signer.copy()
    own.update(page.to_bytes(2, "big"))
    return f"{prefix}{page:03d}:{b32encode(own.digest()[:_MAC_BYTES]).decode()}"
