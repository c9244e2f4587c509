"""Which towns have their school holidays together: the three regions of the Ministry of Education.

Source: Regeling vaststelling schoolvakanties 2016-2019 (BWBR0037100), article 3, which names the
municipalities, and rijksoverheid.nl, "Regio-indeling schoolvakanties", for Altena (2019). Written
down here by town, since that is what a group has. Schools may depart from it; so may groups, which
are only asked.
"""

from functools import lru_cache

from app.domain.geography.netherlands import folded
from app.domain.geography.whereabouts import spot_of_town
from app.domain.holiday import Region

_OF_PROVINCE = {
    "Drenthe": Region.NORTH,
    "Flevoland": Region.NORTH,
    "Friesland": Region.NORTH,
    "Groningen": Region.NORTH,
    "Noord-Holland": Region.NORTH,
    "Overijssel": Region.NORTH,
    "Gelderland": Region.MIDDLE,
    "Utrecht": Region.MIDDLE,
    "Zuid-Holland": Region.MIDDLE,
    "Limburg": Region.SOUTH,
    "Noord-Brabant": Region.SOUTH,
    "Zeeland": Region.SOUTH,
}

_ELSEWHERE = {
    ("Flevoland", Region.MIDDLE): "Zeewolde",
    ("Utrecht", Region.NORTH): "Abcoude, Baambrugge, Eemnes",
    ("Gelderland", Region.NORTH): "Hattem",
    # Altena but for Hank and Dussen.
    ("Noord-Brabant", Region.MIDDLE): """
        Almkerk, Andel, Babyloniënbroek, Drongelen, Eethen, Genderen, Giessen, Meeuwen, Nieuwendijk,
        Rijswijk, Sleeuwijk, Uitwijk, Veen, Waardhuizen, Werkendam, Wijk en Aalburg, Woudrichem
    """,
    # Arnhem, Beuningen, Doesburg, Druten, Duiven, Berg en Dal, Heumen, Lingewaard, Maasdriel,
    # Nijmegen, Overbetuwe, Renkum, Rheden, Rozendaal, Westervoort, West Maas en Waal, Wijchen,
    # Zaltbommel, Zevenaar, and what were the municipalities of Didam and Dodewaard.
    ("Gelderland", Region.SOUTH): """
        Arnhem, Beuningen, Ewijk, Weurt, Winssen, Doesburg, Druten, Afferden, Deest, Horssen,
        Puiflijk, Duiven, Groessen, Loo, Beek, Berg en Dal, Erlecom, Groesbeek,
        Heilig Landstichting, Kekerdom, Leuth, Millingen aan de Rijn, Ooij, Persingen, Ubbergen,
        Heumen, Malden, Nederasselt, Overasselt, Angeren, Bemmel, Doornenburg, Gendt, Haalderen,
        Huissen, Ressen, Alem, Ammerzoden, Hedel, Heerewaarden, Hoenzadriel, Hurwenen, Kerkdriel,
        Rossum, Velddriel, Well, Nijmegen, Lent, Andelst, Driel, Elst, Hemmen, Herveld, Heteren,
        Homoet, Oosterhout, Randwijk, Slijk-Ewijk, Valburg, Zetten, Renkum, Doorwerth, Heelsum,
        Heveadorp, Oosterbeek, Wolfheze, Rheden, De Steeg, Dieren, Ellecom, Laag-Soeren, Spankeren,
        Velp, Rozendaal, Westervoort, Alphen, Altforst, Appeltern, Beneden-Leeuwen, Boven-Leeuwen,
        Dreumel, Maasbommel, Wamel, Wijchen, Balgoij, Batenburg, Bergharen, Hernen, Leur, Niftrik,
        Zaltbommel, Aalst, Bern, Brakel, Bruchem, Delwijnen, Gameren, Kerkwijk, Nederhemert,
        Nieuwaal, Poederoijen, Zuilichem, Zevenaar, Angerlo, Babberich, Giesbeek, Lathum, Aerdt,
        Herwen, Lobith, Pannerden, Tolkamer, Didam, Dodewaard
    """,
}
_OF_TOWN = {
    (province, folded(town)): region
    for (province, region), towns in _ELSEWHERE.items()
    for town in towns.split(",")
}


@lru_cache(4096)
def region_of(province: str, town: str) -> Region:
    """Return the region of a town; without a province the town's own, unknown is the middle."""
    if province not in _OF_PROVINCE:
        spot = spot_of_town(town)
        province = spot.province if spot else ""
    # `Beuningen Gld` and `Rijswijk (NB)` are how the postal service tells two of a name apart.
    name = folded(town.partition("(")[0]).removesuffix(" gld").removesuffix(" nb")
    return _OF_TOWN.get((province, name)) or _OF_PROVINCE.get(province, Region.MIDDLE)
