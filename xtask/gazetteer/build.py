"""Builds src/places/gazetteer.tsv and src/places/countries.tsv. See README.md beside this file for how it is run."""

import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

BYTES_AT_MOST = 1_500_000

# Smallest population taken. Countries of several time zones need their small towns: there the city tells the zone.
FEWEST = defaultdict(lambda: 15_000, US=3_000, CA=3_000, AU=3_000, BR=12_000, MX=12_000, AT=8_000, BE=8_000, CH=8_000,
                     DE=10_000, FR=9_000, GB=10_000, NL=9_000, SE=8_000, DK=8_000, NO=8_000, IE=5_000, NZ=5_000)

# Towns below those limits that carriers' scans name every day.
HUBS = {
    ("FR", "Roissy-en-France"), ("FR", "Chilly-Mazarin"), ("FR", "Gennevilliers"), ("US", "Hodgkins"),
    ("US", "West Jordan"), ("GB", "Castle Donington"), ("BE", "Machelen"), ("BE", "Steenokkerzeel"),
    ("BE", "Zaventem"), ("BE", "Bierset"), ("DE", "Schkeuditz"), ("DE", "Neuenstein"), ("DE", "Obertshausen"),
    ("DE", "Bad Hersfeld"), ("DE", "Rodgau"), ("DE", "Feucht"), ("DE", "Krefeld"), ("NL", "Houten"),
    ("NL", "Nieuwegein"), ("NL", "Schiphol"), ("NL", "Schiphol-Rijk"), ("US", "Wilmington"), ("US", "Hebron"),
    ("US", "Erlanger"), ("US", "Elizabeth"), ("US", "Secaucus"), ("US", "Whites Creek"), ("LU", "Contern"),
    ("IT", "Orio al Serio"), ("IT", "Peschiera Borromeo"), ("IE", "Portlaoise"), ("GB", "Hinckley"),
    ("US", "Bell"), ("US", "Jersey City"), ("US", "Walton"), ("US", "Sandston"), ("US", "Allen Park"),
}

# Places that carriers name and the city data does not hold as such: (country, names, region, latitude, longitude, zone).
EXTRA = [
    ("GB", "East Midlands|East Midlands Airport", "ENG", 52.83, -1.33, "Europe/London"),
    ("GB", "Heathrow|London Heathrow", "ENG", 51.47, -0.45, "Europe/London"),
    ("GB", "Langley HWDC|Heathrow Worldwide Distribution Centre", "ENG", 51.50, -0.53, "Europe/London"),
    ("GB", "Stansted|London Stansted", "ENG", 51.89, 0.24, "Europe/London"),
    ("GB", "Warrington NDC|Royal Mail North West Hub", "ENG", 53.41, -2.65, "Europe/London"),
    ("FR", "Roissy|Roissy CDG|Paris CDG|Charles de Gaulle|Roissy Charles de Gaulle", "11", 49.01, 2.55, "Europe/Paris"),
    ("FR", "Bonneuil", "11", 48.77, 2.49, "Europe/Paris"),
    ("DE", "Leipzig/Halle", "13", 51.42, 12.23, "Europe/Berlin"),
    ("DE", "Köln/Bonn|Cologne/Bonn", "07", 50.87, 7.14, "Europe/Berlin"),
    ("DE", "Frankfurt Flughafen|Frankfurt Airport|IPZ Frankfurt", "05", 50.03, 8.57, "Europe/Berlin"),
    ("NL", "Schiphol", "07", 52.31, 4.76, "Europe/Amsterdam"),
    ("BE", "Brussels Airport|Bruxelles National|Brucargo|Zaventem EMC", "VLG", 50.90, 4.48, "Europe/Brussels"),
    ("BE", "Bierset|Liege Airport|Grâce-Hollogne", "WAL", 50.64, 5.44, "Europe/Brussels"),
    ("US", "JFK|Jamaica", "NY", 40.65, -73.79, "America/New_York"),
    ("US", "ISC Chicago|O'Hare|OHare", "IL", 41.98, -87.90, "America/Chicago"),
    ("US", "Worldport", "KY", 38.18, -85.74, "America/Kentucky/Louisville"),
    ("CA", "Maple", "ON", 43.85, -79.53, "America/Toronto"),
    ("CN", "Baiyun", "", 23.16, 113.27, "Asia/Shanghai"),
    ("IT", "Malpensa|Milano Malpensa", "09", 45.63, 8.72, "Europe/Rome"),
    ("IT", "Fiumicino Aeroporto|Roma Fiumicino", "07", 41.80, 12.25, "Europe/Rome"),
    ("ES", "Barajas|Madrid Barajas", "29", 40.47, -3.57, "Europe/Madrid"),
    ("JP", "Narita Airport", "", 35.77, 140.39, "Asia/Tokyo"),
]

REGIONS = {
    "CA": dict(zip("01 02 03 04 05 07 08 09 10 11 12 13 14".split(),
                   "AB BC MB NB NL NS ON PE QC SK YT NT NU".split())),
    "AU": dict(zip("01 02 03 04 05 06 07 08".split(), "ACT NSW NT QLD SA TAS VIC WA".split())),
    "BR": dict(zip("01 02 03 04 05 06 07 08 11 13 14 15 16 17 18 20 21 22 23 24 25 26 27 28 29 30 31".split(),
                   "AC AL AP AM BA CE DF ES MS MA MT MG PA PB PR PI RJ RN RS RO RR SC SP SE GO PE TO".split())),
}

# China runs on one time, whatever the zone table says of its west; Büsingen, Simferopol and Chatham are not a country.
ZONE = {"Asia/Urumqi": "Asia/Shanghai", "Europe/Busingen": "Europe/Berlin"}
ONE_ZONE = {"DE": "Europe/Berlin", "CN": "Asia/Shanghai", "NZ": "Pacific/Auckland", "UA": "Europe/Kyiv",
            "AR": "America/Argentina/Buenos_Aires", "MY": "Asia/Kuala_Lumpur", "UZ": "Asia/Tashkent",
            "CY": "Asia/Nicosia", "PS": "Asia/Gaza"}

EUROPE = set("AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT "
             "RO RS SE SI SK SM UA VA XK TR".split())

COUNTRY_EXTRA = {
    "GB": ["UK", "U.K.", "GREAT BRITAIN", "ENGLAND", "SCOTLAND", "WALES", "NORTHERN IRELAND", "UNITED KINGDOM",
           "GROSSBRITANNIEN", "ROYAUME UNI", "GRANDE BRETAGNE", "United Kingdom of Great Britain and Northern Ireland"],
    "US": ["USA", "U.S.A.", "U.S.", "UNITED STATES", "UNITED STATES OF AMERICA", "AMERICA", "ETATS UNIS", "VEREINIGTE STAATEN"],
    "NL": ["HOLLAND", "THE NETHERLANDS", "PAYS BAS"],
    "KR": ["KOREA", "KOREA REPUBLIC OF", "REPUBLIC OF KOREA", "SOUTH KOREA", "KOREA SOUTH"],
    "KP": ["NORTH KOREA"], "CZ": ["CZECHIA", "CZECH REPUBLIC", "TSCHECHIEN", "REPUBLIQUE TCHEQUE"],
    "RU": ["RUSSIA", "RUSSIAN FEDERATION"], "VN": ["VIETNAM", "VIET NAM"],
    "HK": ["HONG KONG", "HONGKONG", "HONG KONG SAR", "HONG KONG SAR CHINA", "HONG KONG SAR, PR CHINA"],
    "MO": ["MACAU", "MACAO", "MACAU SAR"], "TW": ["TAIWAN", "CHINESE TAIPEI", "TAIWAN, PROVINCE OF CHINA"],
    "CN": ["CHINA", "PR CHINA", "P.R. CHINA", "CHINA, PEOPLES REPUBLIC", "PEOPLES REPUBLIC OF CHINA", "CHINA MAINLAND",
           "MAINLAND CHINA"],
    "IE": ["IRELAND", "REPUBLIC OF IRELAND", "IRELAND, REPUBLIC OF", "EIRE"], "TR": ["TURKEY", "TURKIYE"],
    "AE": ["UAE", "U.A.E."], "BA": ["BOSNIA"], "CI": ["IVORY COAST"], "SZ": ["SWAZILAND"], "MK": ["MACEDONIA"],
    "CV": ["CAPE VERDE"], "MM": ["BURMA"], "LA": ["LAOS"], "SY": ["SYRIA"], "TZ": ["TANZANIA"], "IR": ["IRAN"],
    "VE": ["VENEZUELA"], "BO": ["BOLIVIA"], "MD": ["MOLDOVA"], "PS": ["PALESTINE"], "BN": ["BRUNEI"],
    "XK": ["KOSOVO"], "VA": ["VATICAN"], "TL": ["EAST TIMOR"], "CD": ["DR CONGO"],
    "SK": ["SLOVAK REPUBLIC"], "PT": ["PORTUGAL"], "DE": ["DEUTSCHLAND", "ALLEMAGNE", "Federal Republic of Germany"],
}


def key(name):
    folded = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l")
                                   .replace("Ł", "L").replace("đ", "d").replace("æ", "ae").replace("ı", "i"))
    return re.sub(r"[^A-Z0-9]", "", folded.upper())


LATIN = re.compile(r"^[A-Za-zÀ-ÖØ-öø-ÿŁłŒœŠšŽžĆćČčĘęĄąŃńŚśŹźŻżĞğİıŞşŐőŰűŘřĚěŮůĎďŤťŇň' .()/-]{3,28}$")


# Spellings that only transliterate another alphabet back.
TRANSLITERATED = re.compile(r"'|zh|kh|kj|lj|nj|gj|jaz?$|Lungsod|Augusta|Colonia |Oppidum|[A-Z]{2}")


def umlauts_collapsed(name):
    return re.sub("([AOU])E", r"\1", key(name))


def aliases(city):
    country, population = city["countrycode"], city["population"]
    if population < (60_000 if country in EUROPE else 400_000):
        return []
    taken, names = {umlauts_collapsed(city["name"])}, []
    # Names with accents are somebody's own spelling; they go first, because the list is cut.
    for name in sorted(city["alternatenames"], key=lambda name: name.isascii()):
        plain = LATIN.match(name) and name[0].isupper() and name.count(" ") <= 3
        if plain and not TRANSLITERATED.search(name) and umlauts_collapsed(name) not in taken:
            taken.add(umlauts_collapsed(name))
            names.append(name)
    # The list has no languages and the alphabet no favourites: big cities of Europe keep all, Wien stands last of Vienna's.
    return names[:90 if country in EUROPE and population >= 250_000 else 26]


def zones_of_countries(zone_tab):
    zones = defaultdict(list)
    for line in Path(zone_tab).read_text().splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones[code].append(zone)
    return zones


def main(geonames, languages, zone_tab, target):
    cities = list(json.loads(Path(geonames, "cities500.json").read_text()).values())
    tab = zones_of_countries(zone_tab)
    by_country = defaultdict(list)
    for city in cities:
        code, name = city["countrycode"], city["name"]
        if city["population"] < FEWEST[code] and (code, name) not in HUBS:
            continue
        region = REGIONS[code].get(city["admin1code"], "") if code in REGIONS else ""
        if code == "US":
            region = city["admin1code"]
        zone = ZONE.get(city["timezone"], city["timezone"])
        size = max(0, min(15, int(math.log2(max(city["population"], 1) / 1000)))) if city["population"] > 1000 else 0
        names = "|".join([name] + aliases(city))
        by_country[code].append((names, region, city["latitude"], city["longitude"], zone, size))
    for code, names, region, latitude, longitude, zone in EXTRA:
        region = region if code in ("US", "CA", "AU", "BR") else ""
        by_country[code].append((names, region, latitude, longitude, zone, 5))

    lines = ["# Data from GeoNames (geonames.org), CC BY 4.0. Built by xtask/gazetteer/build.py; do not edit.",
             "# @country, its zones ('!' before the first: one for the whole country)",
             "# names, region, latitude and longitude in hundredths of a degree, size (log2 of thousands, hex), zone"]
    for code in sorted(set(by_country) | set(tab)):
        rows = sorted(by_country.get(code, []), key=lambda row: (-row[5], row[0]))
        weight = defaultdict(int)
        for row in rows:
            weight[row[4]] += 2 ** row[5]
        zones = sorted(set(weight) | set(ZONE.get(zone, zone) for zone in tab.get(code, [])), key=lambda zone: (-weight[zone], zone))
        single = ONE_ZONE.get(code) or (tab[code][0] if len(tab.get(code, [])) == 1 else None)
        if single is None and len(zones) == 1:
            single = zones[0]
        if single:
            zones = [single] + [zone for zone in zones if zone != single and weight[zone]]
        lines.append("@" + code + "\t" + ("!" if single else "") + "\t".join(zones))
        for names, region, latitude, longitude, zone, size in rows:
            row = [names, region, str(round(latitude * 100)), str(round(longitude * 100)), format(size, "x")]
            if zone not in zones:
                zones.append(zone)
                raise SystemExit(f"zone {zone} is not one of {code}")
            if zones.index(zone):
                row.append(str(zones.index(zone)))
            lines.append("\t".join(row))
    text = "\n".join(lines) + "\n"
    if len(text.encode()) > BYTES_AT_MOST:
        raise SystemExit(f"{len(text.encode())} bytes, over {BYTES_AT_MOST}")
    Path(target, "gazetteer.tsv").write_text(text)
    print(len(text.encode()), "bytes", sum(map(len, by_country.values())), "places")

    info = json.loads(Path(geonames, "countries.json").read_text())
    codes = json.loads(Path(languages, "../codes.json").read_text())
    names = defaultdict(list)
    for language in ["en", "de", "fr", "es", "it", "nl", "pt"]:
        for code, name in json.loads(Path(languages, language + ".json").read_text())["countries"].items():
            names[code] += name if isinstance(name, list) else [name]
    alpha3 = {two: three for two, three, *_ in codes}
    lines = ["# Names from i18n-iso-countries (MIT) in seven languages. Built by xtask/gazetteer/build.py; do not edit.",
             "# alpha-2, alpha-3, names"]
    for code in sorted(set(names) | set(info)):
        seen, kept = set(), []
        first = [info[code]["name"]] if code in info else []
        for name in first + names[code] + COUNTRY_EXTRA.get(code, []):
            if key(name) not in seen:
                seen.add(key(name))
                kept.append(name)
        lines.append("\t".join([code, alpha3.get(code, info.get(code, {}).get("iso3", "")), "|".join(kept)]))
    Path(target, "countries.tsv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
