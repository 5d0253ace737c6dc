"""Small texts in three languages, written for these tests."""

from citizen.analysis.results import Text

WINTER = [
    ("sv", "Snöröjningen på gångvägen till skolan kommer alltid för sent."),
    ("sv", "Halka på trottoarerna, sanda oftare när det är is och snö."),
    ("sv", "Plogbilen lägger snön framför busshållplatsen varje vinter."),
    ("nb", "Brøyting av fortauet i Storgata må skje før klokka sju."),
    ("nb", "Det er glatt is på gangveien, strø mer sand om vinteren."),
    ("nb", "Snøen fra brøytebilen sperrer for rullator og barnevogn."),
    ("nn", "Brøyt gangvegen før skulen startar, snøen ligg høgt."),
    ("nn", "Glatt føre kvar vinter, strø sand på fortauet."),
]
LIGHT = [
    ("sv", "Belysningen längs cykelvägen har varit trasig sedan i höstas."),
    ("sv", "Fler gatlyktor i parken så att det blir tryggt på kvällen."),
    ("sv", "Det är kolmörkt vid stationen, sätt upp lampor."),
    ("nb", "Gatelysene i Bakkeveien er slukket, det er helt mørkt."),
    ("nb", "Mer belysning på turstien, det er utrygt når det er mørkt."),
    ("nb", "Sett opp lamper ved undergangen under jernbanen."),
    ("nn", "Gatelysa langs vegen er øydelagde, her er det mørkt."),
    ("nn", "Meir belysning ved idrettsbanen om kvelden."),
]
DOGS = [
    ("sv", "En hundrastgård med staket där hundarna kan springa lösa."),
    ("sv", "Papperskorgar för hundpåsar längs hundpromenaden."),
    ("sv", "Hundägare måste ha koppel på hunden i parken."),
    ("nb", "Hundepark med gjerde der hunder kan løpe fritt."),
    ("nb", "Flere søppelkasser for hundeposer ved stranda."),
    ("nb", "Båndtvang for hunder ved lekeplassen hele året."),
    ("nn", "Hundepark med gjerde, hundane treng ein stad å springe."),
    ("nn", "Hundeeigarar må ta opp hundelort etter hunden."),
]
LIBRARY = [
    ("sv", "Biblioteket borde ha öppet på söndagar så att fler kan låna böcker."),
    ("sv", "Fler läsplatser på biblioteket för studenter."),
    ("sv", "Bokbussen ska komma till byarna igen med nya böcker."),
    ("nb", "Biblioteket bør ha lengre åpningstid i helgene."),
    ("nb", "Flere bøker på engelsk på biblioteket."),
    ("nb", "La oss låne verktøy og bøker på biblioteket."),
    ("nn", "Biblioteket bør vere ope på sundagar, vi vil låne bøker."),
    ("nn", "Fleire lydbøker på biblioteket og ein lesekrok for born."),
]
TOPICS = {"winter": WINTER, "light": LIGHT, "dogs": DOGS, "library": LIBRARY}


def civic_texts() -> list[Text]:
    """Return 32 texts about four needs; ids begin with the name of the need."""
    return [
        Text(f"{topic}-{number}", text, lang)
        for topic, rows in TOPICS.items()
        for number, (lang, text) in enumerate(rows)
    ]
