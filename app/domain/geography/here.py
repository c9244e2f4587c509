"""What people write instead of a place when they mean where they are: `bij mij in de buurt`."""

from app.domain.geography.spelling import glued, spelled

_MEAN_IT = frozenset({
    "hier", "buurt", "dichtbij", "vlakbij", "thuis", "mij", "me", "locatie", "location", "here",
    "nearby", "home",
})  # fmt: skip
_ALONGSIDE = frozenset({
    "in", "de", "bij", "t", "mijn", "huidige", "eigen", "om", "rond", "van", "near", "the", "area",
    "current", "around", "close", "to", "at", "waar", "ik", "ben", "woon", "nu", "now", "vanavond",
    "vandaag", "morgen", "tonight", "today", "tomorrow", "is", "er", "een", "groep", "aan", "huis",
})  # fmt: skip
_ELSEWHERE = frozenset(
    glued(spelled(phrase))
    for phrase in (
        "in der Nähe", "in meiner Nähe", "bei mir", "hier in der Nähe", "mein Standort", "près de moi", "autour de moi",
        "à proximité", "ma position", "chez moi", "w pobliżu", "blisko mnie", "moja lokalizacja", "yakinimda", "yakinlarda",
        "konumum", "поруч", "поруч зі мною", "біля мене", "قريب مني", "بالقرب مني", "موقعي",
    )
)  # fmt: skip


def says_here(words: tuple[str, ...]) -> bool:
    """Tell whether these words, spelt by `spelled`, say no more than that it is where the reader is."""
    if glued(words) in _ELSEWHERE:
        return True
    return bool(_MEAN_IT & set(words)) and set(words) <= _MEAN_IT | _ALONGSIDE
