"""Made-up asides in the ways that real lists have them, and texts that say aside nothing.

Each says where it stands, on which weekday its group meets, the text, and what it is about.
"""

WRITTEN = "2026-05-18"
"""About when all of them were written, a Monday."""

ASIDES = """
name     | 2 | Oost - geen meeting op 7 juli                                     | no_meeting 2026-07-07
name     | 4 | 24 EN 31 DECEMBER GEEN MEETING Donderdagavond                     | no_meeting 2026-12-24 2026-12-31
name     | 1 | GEEN MEETING OP 25 MEI                                            | no_meeting 2026-05-25
name     | 5 | Vrijdag Zuid (tijdelijk gesloten)                                 | paused
name     | 3 | Noord *tijdelijk online*                                          | online
name     | 6 | Zaterdagochtend, alleen de laatste zaterdag van de maand          | only -1
name     | 6 | Elke laatste zaterdag van de maand - Weekend                      | only -1
name     | 2 | Westerkade max 25                                                 | capacity 25
name     | 2 | Westerkade (max. 10 personen)                                     | capacity 10
name     | 4 | Jongeren | laatste donderdag: stapavond                           | monthly -1=stapavond
name     | 7 | Zondag - NO MEETING JULY 5                                        | no_meeting 2026-07-05
name     | 7 | Sunday Morning (temporarily closed)                               | paused
name     | 3 | Mittwochsgruppe - am 27.5. kein Meeting                           | no_meeting 2026-05-27
name     | 3 | Let op! In juli en augustus gesloten – Woensdag                   | shut 2026-07-01 2026-08-31
name     | 1 | Vanaf 1 juni weer open: Maandag                                   | shut 2026-05-18 2026-05-31
address  | 4 | Kerkstraat 12, 13-24 aug andere locatie                           | elsewhere 2026-08-13 2026-08-24
address  | 4 | Kerkstraat 12 (13 t/m 24 augustus andere locatie: Dorpsstraat 5)  | elsewhere 2026-08-13 2026-08-24
address  | 1 | Plein 3 tijdelijk gesloten                                        | paused
address  | 1 | Plein 3, geen meeting op 8 juni                                   | no_meeting 2026-06-08
address  | 1 | TIJDELIJKE LOCATIE! Plein 3                                       | elsewhere
address  | 2 | Markt 1 - vanaf 2 juni andere zaal                                | elsewhere 2026-06-02 None
location | 2 | Buurthuis De Brug (gesloten t/m 31 mei)                           | shut 2026-05-18 2026-05-31
location | 5 | Pfarrhaus, 5. Juni geschlossen                                    | no_meeting 2026-06-05
formatted_address | 2 | Laan 4 (26 mei geen meeting), 1234 AB Delft, Nederland   | no_meeting 2026-05-26
formatted_address | 2 | Laan 4, tot nader order gesloten, 1234 AB Delft          | paused
notes    | 1 | Geen meeting op 25 mei (tweede pinksterdag).                      | no_meeting 2026-05-25
notes    | 2 | Op 2 en 9 juni is er geen bijeenkomst.                            | no_meeting 2026-06-02 2026-06-09
notes    | 2 | De groep van dinsdag 26 mei gaat niet door.                       | no_meeting 2026-05-26
notes    | 3 | 27 mei vervalt wegens ziekte                                      | no_meeting 2026-05-27
notes    | 5 | Met kerst, vrijdag 25 december, zijn we gesloten.                 | no_meeting 2026-12-25
notes    | 6 | Dicht van 11 juli tot en met 22 augustus.                         | shut 2026-07-11 2026-08-22
notes    | 6 | Zomerstop: 11/7 - 22/8                                            | shut 2026-07-11 2026-08-22
notes    | 6 | In de schoolvakanties is er geen meeting.                         | shut
notes    | 3 | Wij starten weer op 2 september. In juli en augustus gesloten.    | shut 2026-05-18 2026-09-01
notes    | 3 | Gesloten tot 3 juni.                                              | shut 2026-05-18 2026-06-02
notes    | 4 | Donderdag 4 juni zijn we op een andere locatie: Havenkade 5.      | elsewhere 2026-06-04
notes    | 4 | Wegens verbouwing tijdelijk in een andere zaal.                   | elsewhere
notes    | 4 | Tot nader order online via Zoom.                                  | online
notes    | 4 | Donderdag 24 december begint de meeting om 15.00 uur i.p.v. 20.00 uur. | moved 2026-12-24 15:00
notes    | 2 | Dinsdag 26 mei verplaatst naar woensdag 27 mei.                   | moved 2026-05-27
notes    | 4 | Elke laatste donderdag van de maand: stapavond.                   | monthly -1=stapavond
notes    | 4 | 1e donderdag van de maand is een open meeting.                    | monthly 1=open meeting
notes    | 5 | Iedere eerste en derde vrijdag: sprekermeeting                    | monthly 1=sprekermeeting 3=sprekermeeting
notes    | 5 | Week 1: stap, week 2: traditie, week 3: spreker                   | monthly 1=stap 2=traditie 3=spreker
notes    | 6 | Alleen de laatste zaterdag van de maand.                          | only -1
notes    | 6 | Deze meeting is elke 2e zaterdag van de maand om 11.00 uur.       | only 2
notes    | 7 | Maximaal 12 deelnemers.                                           | capacity 12
notes    | 7 | We have room for 15 people.                                       | capacity 15
notes    | 1 | No meeting on May 25 (Memorial Day).                              | no_meeting 2026-05-25
notes    | 1 | Closed July 6 - August 24.                                        | shut 2026-07-06 2026-08-24
notes    | 5 | Meeting is not held on the last Friday of each month              | not_on -1
notes    | 5 | First Friday of the month: speaker meeting                        | monthly 1=speaker meeting
notes    | 5 | Suspended until further notice.                                   | paused
notes    | 4 | Das Meeting findet am 21.5. und 28.5.26 nicht statt!              | no_meeting 2026-05-21 2026-05-28
notes    | 4 | Vom 13. bis 24. August geschlossen.                               | shut 2026-08-13 2026-08-24
notes    | 4 | Jeden letzten Donnerstag im Monat: Sprechermeeting                | monthly -1=Sprechermeeting
notes    | 4 | Das Meeting ist vorübergehend geschlossen.                        | paused
notes    | 2 | Fällt am 2. Juni aus.                                             | no_meeting 2026-06-02
notes    | 6 | Op tweede kerstdag komen we niet bij elkaar.                      | no_meeting 2026-12-26
notes    | 5 | Tussen kerst en oud en nieuw is er geen groep.                    | shut 2026-12-25 2027-01-01
notes    | 5 | Met kerst en oud en nieuw zijn we dicht.                          | no_meeting 2026-12-25 2026-12-26 2026-12-31 2027-01-01
notes    | 3 | Geen meeting van kerst tot en met 6 januari                       | shut 2026-12-25 2027-01-06
notes    | 1 | Geen groep tussen 21 dec. en 4 jan.                               | shut 2026-12-21 2027-01-04
notes    | 3 | Vanaf 3 juni beginnen we om 20.00 uur in plaats van 19.30.        | moved 2026-06-03 None 20:00
notes    | 2 | Op 16 juni eenmalig in de Kapelzaal                               | elsewhere 2026-06-16
notes    | 2 | Op dinsdag 16 juni zitten we in zaal 3                            | elsewhere 2026-06-16
notes    | 4 | The meeting on 12/24 is cancelled.                                | no_meeting 2026-12-24
notes    | 5 | 12/25 & 1/1 - no meeting                                          | no_meeting 2026-12-25 2027-01-01
notes    | 1 | max. 11 deelnemers                                                | capacity 11
notes    | 4 | Hemelvaartsdag geen meeting                                       | no_meeting 2026-05-14
notes    | 1 | Tweede pinksterdag (25 mei) geen meeting                          | no_meeting 2026-05-25
notes    | 5 | Good Friday: no meeting                                           | no_meeting 2026-04-03
notes    | 4 | Closed for Thanksgiving                                           | no_meeting 2026-11-26
notes    | 4 | Not meeting the week of Thanksgiving                              | shut 2026-11-23 2026-11-29
notes    | 3 | Op 3 juni schuift de bijeenkomst een uur op naar 20.30            | moved 2026-06-03 20:30
notes    | 3 | Meeting op 23 dec begint om 18.00                                 | moved 2026-12-23 18:00
notes    | 3 | Week 52 en 53 geen meeting                                        | shut 2026-12-21 2027-01-03
notes    | 2 | KW 30 bis 35 geschlossen                                          | shut 2026-07-20 2026-08-30
notes    | 1 | Geen meeting in de week van 10 juni                               | shut 2026-06-08 2026-06-14
notes    | 1 | Niet op de 5e maandag van de maand                                | not_on 5
notes    | 7 | Eerste zondag van de maand géén meeting                           | not_on 1
notes    | 3 | 9 december online via Zoom                                        | online 2026-12-09
notes    | 1 | Niet tijdens schoolvakanties                                      | shut
notes    | 3 | De eerste week van januari geen meeting                           | shut
notes    | 2 | Van eind juni tot begin september gesloten                        | shut
notes    | 5 | Meeting hervat 4 april.                                           | shut 2026-04-03 2026-04-03
notes    | 5 | Let op! 1 jan. geen meeting!                                      | no_meeting 2027-01-01
notes    | 2 | Geen meeting op 7 september.                                      | no_meeting 2021-09-07
"""
"""The last one is of years ago: 7 September was a Tuesday then, and is not this year."""

NOTHING = """
De Eerste Stap
Just for Today
First Things First
Gesloten meeting
Open meeting, iedereen is welkom. Gesloten meetings zijn alleen voor verslaafden.
De deur gaat dicht om 20.10 uur.
Deur open vanaf 19.30 uur, meeting start om 20.00 uur.
Opgericht op 3 mei 2011.
Elke dinsdag van 19.30 tot 21.00 uur.
Kom je voor de eerste keer? Dan is er koffie.
In je eerste week hoef je niets te zeggen.
Ingang via de achterkant, niet aanbellen bij nummer 12.
Er is geen parkeerplaats. Parkeren kan in de straat.
Er zijn geen kosten aan verbonden.
Delen maximaal 5 minuten.
Maximaal 10 minuten lopen van het station.
Max 2 uur gratis parkeren.
Stap 1 tot en met 12, elke week een andere stap.
Tweede verdieping, eerste deur links.
2e etage, kamer 12
Zaal 3, eerste verdieping
We lezen uit het Blauwe Boek, bladzijde 24 tot 31.
Tijdens de meeting geen telefoons.
Rolstoeltoegankelijk, maar niet het toilet.
Spreker op uitnodiging.
Week van de verslavingszorg: kom langs.
Lunchmeeting, neem je eigen brood mee. Niet roken.
Bereikbaar met bus 12 en tram 24.
Twaalf stappen in 26 weken
Wij zijn een gesloten groep sinds 3 mei.
Alleen voor vrouwen
Alleen contant betalen
Honden niet toegestaan
Nieuwkomers zijn weer welkom
Meeting ID 843 2231 9921, geen wachtwoord
Parkeer niet in de laatste straat.
Last stop of line 12
The last door on the left.
No smoking, no pets. Third floor.
Please do not park in front of the building.
Closed captions available
Use the other door after 7 pm
Speaker meeting. Up to 10 minutes per share.
Max 3 minutes per share
First floor, room 25
The group was founded on May 4, 1998.
Nur für heute
Bitte an der Tür klingeln! 2. OG
Sprechermeeting bis 19:15 Uhr
Bei Sturm, Gewitter bzw. Starkregen, entfällt das Meeting kurzfristig.
Hunde sind nicht erlaubt. Raum 5, 3. OG
Einlass bis 20.10 Uhr
Schritte 1 bis 12 im Wechsel
Kerkstraat 12
Plein 1940-1945 3
1e Oosterparkstraat 24
Eerste Jan van der Heijdenstraat 12, 1072 TR Amsterdam
Laan van 12 Mei 4
2e Kerstdagstraat 1
Mei 3, 8251 AB Dronten
15 Augustusplein 7
Zuid (rolstoelvriendelijk)
Vrijdagavond NA Clean
Maandag Middag Meeting
Zondagochtend Weer Nuchter
Week 12 van het stappenboek
Kerstdiner op 20 december online aanmelden
Online via Zoom sinds 3 maart 2021
Op 19 december kerstmeeting met hapjes
Niet op de stoep roken
Eenmalig aanmelden is genoeg
Tussen 19.00 en 19.30 inloop
Except for smokers, all stay inside
We slaan een bladzijde om
24 uur per dag, 7 dagen per week bereikbaar
Op Goede Vrijdag wel open
De groep begint om 19.30 uur
"""
