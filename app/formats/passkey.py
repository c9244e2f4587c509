"""Passkeys as browsers speak of them: WebAuthn level 2, in JSON."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.signin.passkey import NewPasskey

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

# What reads certificates comes with the library: 8 MB that only who holds a passkey needs.

_TIMEOUT = 300_000
"""Milliseconds that the browser waits for a finger or code."""
_LONGEST_CREDENTIAL = 1023
"""Bytes (WebAuthn level 2, 4: Credential ID)."""


class NotAPasskey(ValueError):
    """This is no answer to our question by a device that was unlocked for it."""


@dataclass(frozen=True)
class Site:
    """Where passkeys are of: a device shows one to this host alone, on pages of this origin."""

    host: str
    origin: str


def ask_for_new(
    site: Site, *, question: bytes, handle: bytes, name: str, known: list[NewPasskey]
) -> str:
    """Return the options by which a browser makes a passkey, as JSON.

    The device must be unlocked for it, by finger, face or code, and must find it by itself later:
    else it could not take the place of password and code. `known` are not made again.
    """
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Twaalf",
        user_id=handle,
        user_name=name,
        user_display_name=name,
        challenge=question,
        timeout=_TIMEOUT,
        exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options)


def ask_for_proof(site: Site, *, question: bytes, known: list[NewPasskey]) -> str:
    """Return the options by which a browser has a passkey answer; without `known` any of ours."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=question,
        timeout=_TIMEOUT,
        allow_credentials=_described(known) or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def read_new(text: str, site: Site, *, question: bytes) -> NewPasskey:
    """Return the passkey that a browser made. Raises NotAPasskey."""
    import webauthn
    from webauthn.helpers import bytes_to_base64url

    try:
        made = webauthn.verify_registration_response(
            credential=_object(text),
            expected_challenge=question,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
        told = webauthn.helpers.parse_registration_credential_json(_object(text))
    except _wrong() as wrong:
        raise NotAPasskey from wrong
    if len(made.credential_id) > _LONGEST_CREDENTIAL:
        raise NotAPasskey
    return NewPasskey(
        credential=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        count=made.sign_count,
        transports=tuple(str(way.value) for way in told.response.transports or ()),
    )


def credential_in(text: str) -> str:
    """Return which passkey an answer says it is of. Raises NotAPasskey."""
    credential = _object(text).get("id")
    if not isinstance(credential, str) or not credential.isascii() or "\x00" in credential:
        raise NotAPasskey
    return credential


def read_proof(text: str, site: Site, *, question: bytes, key: NewPasskey, handle: bytes) -> int:
    """Return the count that a passkey's answer has. Raises NotAPasskey."""
    import webauthn

    try:
        told = webauthn.helpers.parse_authentication_credential_json(_object(text))
        proof = webauthn.verify_authentication_response(
            credential=told,
            expected_challenge=question,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=0,  # the count is judged under the lock
            require_user_verification=True,
        )
    except _wrong() as wrong:
        raise NotAPasskey from wrong
    if told.response.user_handle not in (None, b"", handle):
        raise NotAPasskey
    return proof.new_sign_count


def _wrong() -> tuple[type[Exception], ...]:
    """Return what the library raises over what nobody's browser sends."""
    from webauthn.helpers.exceptions import WebAuthnException

    return (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, OverflowError)


def _object(text: str) -> dict[str, object]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise NotAPasskey from wrong
    if not isinstance(read, dict):
        raise NotAPasskey
    return read


def _described(keys: list[NewPasskey]) -> "list[PublicKeyCredentialDescriptor]":
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    ways = {way.value for way in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(key.credential),
            transports=[AuthenticatorTransport(way) for way in key.transports if way in ways],
        )
        for key in keys
    ]
