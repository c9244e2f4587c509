"""Words that Dutch people take for passwords; zxcvbn brings the English ones.

Written by hand: names, pets, clubs, towns, months, endearments and keyboard rows, as surveys of
leaked passwords name them. Nothing is copied from a list of others.
"""

_WORDS = """
welkom wachtwoord geheim hallo doei zonnebloem voetbal lieverd schatje schat lieve liefde lief
hond poes kat paard konijn vlinder bloem roos zon maan ster zomer lente herfst winter januari
februari maart april mei juni juli augustus september oktober november december maandag dinsdag
woensdag donderdag vrijdag zaterdag zondag ochtend middag avond nacht ajax feyenoord psv
nederland holland oranje koning koningin amsterdam rotterdam utrecht denhaag haarlem eindhoven
groningen tilburg breda nijmegen arnhem almere zwolle leiden maastricht delft dordrecht zaandam
amersfoort apeldoorn enschede leeuwarden mama papa oma opa moeder vader broer zus zusje broertje
kind kinderen baby familie vriend vrienden vriendin thuis huis auto fiets motor boot school werk
computer telefoon internet muziek gitaar dokter politie vakantie strand kaas bier koffie thee
appel banaan aardbei chocola pannenkoek jan piet kees klaas henk willem peter johan hans mark
tom tim sander bas jeroen daan sem lucas anna emma sophie lisa julia eva sara laura marieke
linda petra ingrid monique esther sandra bello max sam luna saartje minoes pluto guus tijger
leeuw beer draak dolfijn vogel qwerty azerty asdfgh zxcvbn abcdef sterk nieuw goed mooi leuk
gelukkig vrede hoop moed geloof vertrouwen kracht rust leven nuchter herstel stappen stap
sponsor kring bijeenkomst verslaving alcohol drugs gokken clean mijn jouw voor altijd nooit
samen alleen hetis ikben ikhou houvan vanjou
"""
DUTCH_WORDS = tuple(_WORDS.split())
