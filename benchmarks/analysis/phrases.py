"""The parts that `texts` puts together: needs, ways to ask, places; written for this benchmark."""

NEEDS: list[dict[str, dict[str, list[str]]]] = [
    {
        "sv": {"things": ["snöröjningen", "sandningen", "plogningen av gångvägen", "halkbekämpningen"],
               "troubles": ["det är glashalt varje morgon", "snövallarna ligger kvar i veckor"]},
        "nb": {"things": ["brøytingen", "strøingen", "snøryddingen av fortauet", "vintervedlikeholdet"],
               "troubles": ["det er speilblankt hver morgen", "brøytekantene blir liggende i uker"]},
        "nn": {"things": ["brøytinga", "strøinga", "snøryddinga av fortauet", "vinterdrifta"],
               "troubles": ["det er spegelglatt kvar morgon", "brøytekantane ligg i vekevis"]},
    },
    {
        "sv": {"things": ["gatubelysningen", "lamporna i parken", "belysningen vid gångtunneln"],
               "troubles": ["det är kolmörkt efter fyra", "man vågar inte gå där på kvällen"]},
        "nb": {"things": ["gatelysene", "lampene i parken", "belysningen ved undergangen"],
               "troubles": ["det er bekmørkt etter fire", "man tør ikke gå der om kvelden"]},
        "nn": {"things": ["gatelysa", "lampene i parken", "lyset ved undergangen"],
               "troubles": ["det er beksvart etter fire", "ein torer ikkje gå der om kvelden"]},
    },
    {
        "sv": {"things": ["bussturerna", "busshållplatsen", "kvällsbussen", "skolskjutsen", "tidtabellen"],
               "troubles": ["sista turen går för tidigt", "bussen är inställd eller försenad"]},
        "nb": {"things": ["bussavgangene", "busstoppet", "kveldsbussen", "skoleskyssen", "rutetabellen"],
               "troubles": ["siste avgang går for tidlig", "bussen er innstilt eller forsinket"]},
        "nn": {"things": ["bussavgangane", "busstoppet", "kveldsbussen", "skuleskyssen", "rutetabellen"],
               "troubles": ["siste avgang går for tidleg", "bussen er innstilt eller forseinka"]},
    },
    {
        "sv": {"things": ["cykelvägen", "cykelbanan", "cykelstället", "övergångsstället för cyklar"],
               "troubles": ["bilarna kör tätt förbi", "asfalten är full av hål"]},
        "nb": {"things": ["sykkelveien", "sykkelfeltet", "sykkelstativet", "krysset for syklister"],
               "troubles": ["bilene kjører tett forbi", "asfalten er full av hull"]},
        "nn": {"things": ["sykkelvegen", "sykkelfeltet", "sykkelstativet", "krysset for syklistar"],
               "troubles": ["bilane køyrer tett forbi", "asfalten er full av hol"]},
    },
    {
        "sv": {"things": ["lekplatsen", "gungorna", "klätterställningen", "rutschkanan"],
               "troubles": ["det mesta är trasigt", "sanden är full av glas"]},
        "nb": {"things": ["lekeplassen", "huskene", "klatrestativet", "sklia"],
               "troubles": ["det meste er ødelagt", "sanden er full av glass"]},
        "nn": {"things": ["leikeplassen", "huskene", "klatrestativet", "sklia"],
               "troubles": ["det meste er øydelagt", "sanden er full av glas"]},
    },
    {
        "sv": {"things": ["hemtjänsten", "äldreboendet", "trygghetslarmet", "träffpunkten för äldre"],
               "troubles": ["det kommer nya ansikten varje dag", "många äldre sitter ensamma"]},
        "nb": {"things": ["hjemmetjenesten", "sykehjemmet", "trygghetsalarmen", "eldresenteret"],
               "troubles": ["det kommer nye ansikter hver dag", "mange eldre sitter alene"]},
        "nn": {"things": ["heimetenesta", "sjukeheimen", "tryggleiksalarmen", "eldresenteret"],
               "troubles": ["det kjem nye ansikt kvar dag", "mange eldre sit åleine"]},
    },
    {
        "sv": {"things": ["skolmaten", "klassrummen", "skolgården", "fritids", "förskolan"],
               "troubles": ["grupperna är för stora", "barnen fryser inomhus"]},
        "nb": {"things": ["skolematen", "klasserommene", "skolegården", "SFO", "barnehagen"],
               "troubles": ["gruppene er for store", "barna fryser inne"]},
        "nn": {"things": ["skulematen", "klasseromma", "skulegarden", "SFO", "barnehagen"],
               "troubles": ["gruppene er for store", "borna frys inne"]},
    },
    {
        "sv": {"things": ["biblioteket", "bokbussen", "läsplatserna", "öppettiderna på biblioteket"],
               "troubles": ["det stänger innan man slutar jobba", "kön till nya böcker är lång"]},
        "nb": {"things": ["biblioteket", "bokbussen", "leseplassene", "åpningstidene på biblioteket"],
               "troubles": ["det stenger før man er ferdig på jobb", "køen for nye bøker er lang"]},
        "nn": {"things": ["biblioteket", "bokbussen", "leseplassane", "opningstidene på biblioteket"],
               "troubles": ["det stengjer før ein er ferdig på jobb", "køen for nye bøker er lang"]},
    },
    {
        "sv": {"things": ["hundrastgården", "papperskorgarna för hundpåsar", "koppeltvånget"],
               "troubles": ["det ligger hundbajs överallt", "lösa hundar skrämmer barnen"]},
        "nb": {"things": ["hundeparken", "søppelbøttene for hundeposer", "båndtvangen"],
               "troubles": ["det ligger hundelort overalt", "løse hunder skremmer barna"]},
        "nn": {"things": ["hundeparken", "bossdunkane for hundeposar", "bandtvangen"],
               "troubles": ["det ligg hundelort overalt", "lause hundar skremmer borna"]},
    },
    {
        "sv": {"things": ["återvinningsstationen", "sophämtningen", "matavfallet", "grovsoporna"],
               "troubles": ["kärlen är alltid överfulla", "råttorna trivs"]},
        "nb": {"things": ["gjenvinningsstasjonen", "søppeltømmingen", "matavfallet", "grovavfallet"],
               "troubles": ["beholderne er alltid overfylte", "rottene trives"]},
        "nn": {"things": ["gjenvinningsstasjonen", "bosstøminga", "matavfallet", "grovavfallet"],
               "troubles": ["dunkane er alltid overfylte", "rottene trivst"]},
    },
    {
        "sv": {"things": ["hyresrätterna", "tomterna", "studentbostäderna", "seniorboendet"],
               "troubles": ["unga måste flytta härifrån", "kön är åtta år"]},
        "nb": {"things": ["utleieboligene", "tomtene", "studentboligene", "seniorboligene"],
               "troubles": ["unge må flytte herfra", "ventelista er på åtte år"]},
        "nn": {"things": ["utleigebustadene", "tomtene", "studentbustadene", "seniorbustadene"],
               "troubles": ["unge må flytte herifrå", "ventelista er på åtte år"]},
    },
    {
        "sv": {"things": ["badplatsen", "simhallen", "bryggan", "omklädningsrummen"],
               "troubles": ["stegen är rostig", "vattnet är igenvuxet"]},
        "nb": {"things": ["badeplassen", "svømmehallen", "brygga", "garderobene"],
               "troubles": ["stigen er rusten", "vannet gror igjen"]},
        "nn": {"things": ["badeplassen", "symjehallen", "brygga", "garderobane"],
               "troubles": ["stigen er rusta", "vatnet gror att"]},
    },
    {
        "sv": {"things": ["fiberutbyggnaden", "mobiltäckningen", "masten", "bredbandet"],
               "troubles": ["samtalen bryts hela tiden", "det går inte att jobba hemifrån"]},
        "nb": {"things": ["fiberutbyggingen", "mobildekningen", "masta", "bredbåndet"],
               "troubles": ["samtalene brytes hele tiden", "det går ikke an å jobbe hjemmefra"]},
        "nn": {"things": ["fiberutbygginga", "mobildekninga", "masta", "breibandet"],
               "troubles": ["samtalane vert brotne heile tida", "det går ikkje an å jobbe heimanfrå"]},
    },
    {
        "sv": {"things": ["idrottshallen", "konstgräsplanen", "skidspåret", "gymmet utomhus"],
               "troubles": ["föreningarna slåss om tiderna", "spåret är sällan draget"]},
        "nb": {"things": ["idrettshallen", "kunstgressbanen", "skiløypa", "treningsparken"],
               "troubles": ["lagene slåss om tidene", "løypa er sjelden kjørt"]},
        "nn": {"things": ["idrettshallen", "kunstgrasbana", "skiløypa", "treningsparken"],
               "troubles": ["laga slåst om tidene", "løypa er sjeldan køyrd"]},
    },
    {
        "sv": {"things": ["laddstolparna", "parkeringen", "pendlarparkeringen", "p-avgiften"],
               "troubles": ["platserna är slut före sju", "bilar står på trottoaren"]},
        "nb": {"things": ["ladestasjonene", "parkeringen", "innfartsparkeringen", "p-avgiften"],
               "troubles": ["plassene er fulle før sju", "biler står på fortauet"]},
        "nn": {"things": ["ladestasjonane", "parkeringa", "innfartsparkeringa", "p-avgifta"],
               "troubles": ["plassane er fulle før sju", "bilar står på fortauet"]},
    },
    {
        "sv": {"things": ["fritidsgården", "replokalen", "konserterna", "ungdomsrådet", "skateparken"],
               "troubles": ["det finns inget att göra på kvällarna", "allt stänger på sommaren"]},
        "nb": {"things": ["fritidsklubben", "øvingslokalet", "konsertene", "ungdomsrådet", "skateparken"],
               "troubles": ["det er ingenting å gjøre om kveldene", "alt stenger om sommeren"]},
        "nn": {"things": ["fritidsklubben", "øvingslokalet", "konsertane", "ungdomsrådet", "skateparken"],
               "troubles": ["det er ingenting å gjere om kveldane", "alt stengjer om sommaren"]},
    },
]

ASKS = {
    "sv": ["{thing} vid {place} måste bli bättre", "vi behöver se över {thing} i {place}",
           "kommunen borde satsa på {thing} nära {place}", "varför fungerar inte {thing} vid {place}",
           "förbättra {thing} och {other} i {place}", "jag önskar att {thing} kom till {place} också"],
    "nb": ["{thing} ved {place} må bli bedre", "vi trenger å se på {thing} i {place}",
           "kommunen burde satse på {thing} nær {place}", "hvorfor virker ikke {thing} ved {place}",
           "forbedre {thing} og {other} i {place}", "jeg ønsker at {thing} kom til {place} også"],
    "nn": ["{thing} ved {place} må bli betre", "vi treng å sjå på {thing} i {place}",
           "kommunen burde satse på {thing} nær {place}", "kvifor verkar ikkje {thing} ved {place}",
           "gjer {thing} og {other} i {place} betre", "eg ønskjer at {thing} kom til {place} òg"],
}

REASONS = {
    "sv": ["det gäller både barn och gamla", "så här har det varit i flera år", "det kostar inte mycket",
           "andra kommuner klarar det", "jag har sagt det förut utan svar", "det vore bra för alla här"],
    "nb": ["det gjelder både barn og gamle", "sånn har det vært i flere år", "det koster ikke mye",
           "andre kommuner får det til", "jeg har sagt det før uten svar", "det ville vært bra for alle her"],
    "nn": ["det gjeld både born og gamle", "slik har det vore i fleire år", "det kostar ikkje mykje",
           "andre kommunar får det til", "eg har sagt det før utan svar", "det ville vore bra for alle her"],
}

ENDS = (".", ".", ".", "!", "?")

PLACES = {
    "sv": (
        "Björk Sten Sjö Kvarn Älv Skog Norr Söder Kyrk Ås Ek Lund Berg Hav Strand Gran Ör Häll Vik Näs Åker "
        "Ljung Myr Tall Al Rönn",
        "vägen gatan by torp sund forsen holm backen parken torget stad",
    ),
    "nb": (
        "Bjørk Stein Sjø Kvern Elve Skog Nord Sør Kirke Ås Eike Lund Berg Hav Strand Gran Ør Helle Vik Nes "
        "Åker Lyng Myr Furu Or Rogne",
        "veien gata bygda stad sundet fossen holmen bakken parken torget dal",
    ),
    "nn": (
        "Bjørk Stein Sjø Kvern Elve Skog Nord Sør Kyrkje Ås Eike Lund Berg Hav Strand Gran Øyr Helle Vik Nes "
        "Åker Lyng Myr Fure Or Rogne",
        "vegen gata bygda stad sundet fossen holmen bakken parken torget dal",
    ),
}
"""What names of places begin and end with."""

COMPOUNDS = {
    "sv": (
        "vatten barn ungdoms väg trafik skol vinter sommar gång park hus boende mat jobb hälso vård "
        "kultur musik idrotts natur miljö energi båt tåg resande pension familje språk data digital "
        "medborgar servering handels torg bygg trä jord djur fågel fiske jakt skatte avgifts information "
        "ljud buller säkerhets",
        "plan grupp plats stöd avgift lokal fråga dag tid kostnad ansvar kurs nät frågor möte lösning "
        "process gräns karta skylt station central behov projekt bidrag värd utbildning problem "
        "utveckling förslag",
        "en erna et s ar ens arnas",
    ),
    "nb": (
        "vann barne ungdoms vei trafikk skole vinter sommer gang park hus bo mat jobb helse omsorgs "
        "kultur musikk idretts natur miljø energi båt tog reise pensjons familie språk data digital "
        "innbygger serverings handels torg bygge tre jord dyre fugle fiske jakt skatte avgifts "
        "informasjons lyd støy sikkerhets",
        "plan gruppe plass støtte avgift lokale spørsmål dag tid kostnad ansvar kurs nett møte løsning "
        "prosess grense kart skilt stasjon sentral behov prosjekt tilskudd vert utdanning problem "
        "utvikling forslag",
        "en ene et s er ens enes",
    ),
    "nn": (
        "vatn barne ungdoms veg trafikk skule vinter sommar gang park hus bu mat jobb helse omsorgs "
        "kultur musikk idretts natur miljø energi båt tog reise pensjons familie språk data digital "
        "innbyggjar serverings handels torg bygge tre jord dyre fugle fiske jakt skatte avgifts "
        "informasjons lyd støy tryggleiks",
        "plan gruppe plass stønad avgift lokale spørsmål dag tid kostnad ansvar kurs nett møte løysing "
        "prosess grense kart skilt stasjon sentral behov prosjekt tilskot vert utdanning problem "
        "utvikling framlegg",
        "en ane et s ar ens anes",
    ),
}
"""What long words begin with, go on with and end with."""

ASIDES = {
    "sv": ["det hänger ihop med {word}", "tänk också på {word} och {next}", "{word} får inte glömmas"],
    "nb": ["det henger sammen med {word}", "tenk også på {word} og {next}", "{word} må ikke glemmes"],
    "nn": ["det heng saman med {word}", "tenk òg på {word} og {next}", "{word} må ikkje gløymast"],
}
