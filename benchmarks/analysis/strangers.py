"""Texts that are no idea for a municipality, written for this benchmark."""

NONSENSE = (
    "asdf jklö qwer uiop zxcv bnm",
    "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor",
    "haha lol xD ja ja ja nei nei",
    "Blå torsdag svømmer baklengs gjennom trompeten mens klokken spiser ost",
    "test test 123 hallå hallå",
    "Firkanta draumar kviskrar til sukkertøy under månens paraply",
    "hjksdf sdfkjh wekrjh skdjfh werkjh",
    "Pelle svans sa hopp tralala, kråkan flög i lådan",
    "Tre grønne tall danset vals med en hemmelig gulrot i går",
    "aaaaaaaa bbbbbb cccccc dddddd",
    "Sju sjösjuka sjömän på det sjunkande skeppet Shanghai",
    "Kven stal smøret? Katten, sa musa, og gløymde heile greia",
)

ELSEWHERE = (
    "Tjena kreditt! Lån opptil 500 000 kroner uten sikkerhet, klikk her nå",
    "Vispa äggvitorna till hårt skum och vänd ner florsockret lite i taget",
    "Målvakten räddade två straffar men laget åkte ur slutspelet efter förlängning",
    "Grunnstoffet helium har to protoner og ble først påvist i solspekteret",
    "Säljes: vinterdäck 205/55 R16, lite använda, hämtas i Kiruna, prutat och klart",
    "Riddaren drog sverdet og svor hemn over dragen som hadde brent borga",
    "Gratis iPhone! Du har vunnit, ange ditt kortnummer för att hämta priset",
    "Kong Harald Hårfagre samla landet etter slaget i Hafrsfjord",
    "Aksjekursen falt fire prosent etter at selskapet la fram kvartalstallene",
    "Min mormor fyller nittio på lördag, grattis kära du, puss och kram",
    "Fotonar har ikkje kvilemasse og rører seg alltid med lysfarten",
    "Gitarrsolot i andra versen går i d-moll och avslutas med en flageolett",
)
