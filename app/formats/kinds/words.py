"""Kinds of meeting in words."""

from collections.abc import Iterable, Sequence

from app.domain.kinds.of_meeting import KindOfMeeting, kinds_of
from app.domain.kinds.own import own_among
from app.domain.listing import Audience, Listing, Said
from app.formats.wording import N_, gettext_in

_WORDS = {
    KindOfMeeting.NEWCOMERS: N_("voor nieuwkomers"),
    KindOfMeeting.SPEAKER: N_("met een spreker"),
    KindOfMeeting.STEPS: N_("over de twaalf stappen"),
    KindOfMeeting.TRADITIONS: N_("over de tradities"),
    KindOfMeeting.TOPIC: N_("over een onderwerp"),
    KindOfMeeting.READING: N_("lezen uit een boek"),
    KindOfMeeting.MEDITATION: N_("met meditatie"),
    KindOfMeeting.CANDLELIGHT: N_("bij kaarslicht"),
    KindOfMeeting.OUTDOORS: N_("buiten"),
    KindOfMeeting.CHILDREN: N_("kinderen zijn welkom"),
    KindOfMeeting.AL_ANON: N_("tegelijk met Al-Anon"),
    KindOfMeeting.ALATEEN: N_("tegelijk met Alateen"),
    KindOfMeeting.WOMEN: N_("voor vrouwen"),
    KindOfMeeting.MEN: N_("voor mannen"),
    KindOfMeeting.YOUNG: N_("voor jongeren"),
    KindOfMeeting.LGBTQ: N_("voor lhbtqi+’ers"),
    KindOfMeeting.OF_COLOUR: N_("voor mensen van kleur"),
    KindOfMeeting.SENIORS: N_("voor ouderen"),
    KindOfMeeting.SECULAR: N_("niet religieus"),
}


def kind_in_words(kind: KindOfMeeting, language: str) -> str:
    return gettext_in(language)(_WORDS[kind])


def kinds_in_words(listing: Listing, language: str) -> list[Said]:
    """Return what kinds of meeting a group has, beyond for whom it is; codes nobody named say nothing."""
    known = kinds_of(listing.codes, listing.audience)
    own = own_among(listing.codes, listing.fellowship.own_kinds)
    spoken = listing.fellowship.language
    return [
        *(Said(kind_in_words(one, language), language) for one in known),
        *(Said(*one.called(language, spoken)) for one in own),
    ]


def known_kind(kind: str, language: str) -> str:
    """Return what a search for one of the house's kinds asks; of another, nothing."""
    known = {str(one): one for one in KindOfMeeting}
    return kind_in_words(known[kind], language) if kind in known else ""


def codes_in_words(codes: Iterable[Sequence[str]], language: str) -> str:
    """Return what the log says of codes: what is known of them in words, the rest as they are."""
    found = []
    for program, code in codes:
        known = kinds_of([(program, code)], Audience.RELATIVES)
        found += [kind_in_words(one, language) for one in known] or [code]
    return ", ".join(dict.fromkeys(found))
