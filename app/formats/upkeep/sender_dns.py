"""Whether a domain says who may send mail for it: SPF (RFC 7208) and DMARC (RFC 7489), asked of DNS."""

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, resolve


def may_send(domain: str, seconds: float) -> str:
    """Return `allowed`, `no_spf`, `no_dmarc`, or `not_asked` when no name server answers."""
    try:
        if not any(one.startswith("v=spf1") for one in _texts(domain, seconds)):
            return "no_spf"
        if not any(one.startswith("v=DMARC1") for one in _texts(f"_dmarc.{domain}", seconds)):
            return "no_dmarc"
    except (DNSException, OSError):
        return "not_asked"
    return "allowed"


def _texts(name: str, seconds: float) -> list[str]:
    try:
        answer = resolve(name, "TXT", lifetime=seconds)
    except (NXDOMAIN, NoAnswer):
        return []
    return [b"".join(one.strings).decode("latin-1") for one in answer]
