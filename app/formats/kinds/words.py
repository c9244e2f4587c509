"""Kinds of meeting in words."""

from app.domain.kinds.of_meeting import KindOfMeeting, kinds_of
from app.domain.listing import Listing
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


def kinds_in_words(listing: Listing, language: str) -> list[str]:
    """Return what kinds of meeting a group has, beyond for whom it is; codes nobody knows say nothing."""
    return [kind_in_words(one, language) for one in kinds_of(listing.codes, listing.audience)]
