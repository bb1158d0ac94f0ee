"""The unsubscribe link: it names a delivery, cannot be forged, never expires and tells nobody an address."""

from __future__ import annotations

import hashlib
import json

from itsdangerous import BadSignature, URLSafeSerializer
from itsdangerous.encoding import base64_encode


class UnsubscribeLinks:
    """Links under ``base`` (an https address), signed with ``secret``.

    RFC 8058 section 3.1: the address must be hard to guess and good for that one recipient.
    """

    def __init__(self, base: str, secret: str) -> None:
        self._base = base
        self._signer = URLSafeSerializer(
            secret, salt="unsubscribe", signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        )
        self._own = self._signer.make_signer(self._signer.salt)
        self._derived = self._own.derive_key()

    def link(self, key: str) -> str:
        """The link for the delivery of that key.

        The token is the serializer's own, made with the signing key derived once: a plan needs a million of them.
        """
        payload = base64_encode(json.dumps(key, separators=(",", ":")))
        signature = base64_encode(self._own.algorithm.get_signature(self._derived, payload))
        return f"{self._base}/u/{(payload + b'.' + signature).decode()}"

    def read(self, token: str) -> str | None:
        """The delivery key a token names; None for one that was not made here."""
        try:
            return str(self._signer.loads(token))
        except BadSignature:
            return None
