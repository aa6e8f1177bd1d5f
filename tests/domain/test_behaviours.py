"""What people call the six behaviours, and what a reason sounds like."""

import tomllib
from collections import Counter
from importlib import resources
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour, named, suggested, titled, unseen
from tests.domain.test_closings import calls

KINDNESS, WELCOMING, RESPONSIVENESS, FOCUS, OPTIMISM, SOLUTIONS = Behaviour
BOOK = tomllib.loads(resources.files("bot.domain").joinpath("data", "behaviours.toml").read_text(encoding="utf-8"))
LANGUAGES = ["en", "es", "pt", "fr", "de", "it", "nl", "pl", "ja"]


@pytest.mark.parametrize(
    ("word", "behaviour"),
    [
        *((each.value, each) for each in Behaviour),
        *((f"#{each.value}", each) for each in Behaviour),
        ("Customer Focus", FOCUS),
        ("#customer-focus", FOCUS),
        ("#CustomerFocus", FOCUS),
        ("＃kindness", KINDNESS),
        (":kindness:", KINDNESS),
        (" #KINDNESS ", KINDNESS),
        (":heart:", KINDNESS),
        ("❤️", KINDNESS),
        (":wave::skin-tone-3:", WELCOMING),
        ("👋🏽", WELCOMING),
        ("⚡️", RESPONSIVENESS),
        ("🎯", FOCUS),
        (":rainbow:", OPTIMISM),
        ("🛠️", SOLUTIONS),
        ("empatia", KINDNESS),
        ("güte", KINDNESS),
        ("GUTE", KINDNESS),
        ("zyczliwosc", KINDNESS),
        ("bienvenida", WELCOMING),
        ("boas-vindas", WELCOMING),
        ("réactivité", RESPONSIVENESS),
        ("snelheid", RESPONSIVENESS),
        ("attenzione al cliente", FOCUS),
        ("お客様第一", FOCUS),
        ("optymizm", OPTIMISM),
        ("Lösungen", SOLUTIONS),
        ("問題解決", SOLUTIONS),
    ],
)
def test_a_behaviour_has_many_names(word: str, behaviour: Behaviour) -> None:
    assert named(word) is behaviour


@pytest.mark.parametrize(
    "word", ["", "#", "::", ":)", "heart", "kindnes", "teamwork", ":tada:", "🙂", "⭐", ":+1:", "x" * 40_000]
)
def test_other_words_and_the_emoji_of_every_day_name_none(word: str) -> None:
    assert named(word) is None
    assert titled(word) is None


def test_only_a_title_needs_no_sign() -> None:
    assert titled("Kindness") is titled("amabilidad") is titled("親切") is KINDNESS
    assert titled("customer focus") is FOCUS
    assert titled("care") is titled("quick") is titled(":heart:") is None


@pytest.mark.parametrize(
    ("reason", "first"),
    [
        ("staying with the Acme family until their booking worked", KINDNESS),
        ("listened so patiently to a very upset customer", KINDNESS),
        ("fuiste tan amable y paciente conmigo", KINDNESS),
        ("obrigado pelo carinho e pela paciência", KINDNESS),
        ("ta bienveillance et ton écoute", KINDNESS),
        ("du warst so geduldig und herzlich", KINDNESS),
        ("sei stata così paziente e gentile", KINDNESS),
        ("je was zo vriendelijk en geduldig", KINDNESS),
        ("byłaś bardzo cierpliwa i życzliwa", KINDNESS),
        ("とても丁寧に寄り添ってくれた", KINDNESS),
        ("made me feel at home on my first day", WELCOMING),
        ("me sentí como en casa en mi primer día", WELCOMING),
        ("no meu primeiro dia me recebeu tão bem", WELCOMING),
        ("tu m'as si bien accueillie pour mon premier jour", WELCOMING),
        ("hast die neue Kollegin so gut eingearbeitet", WELCOMING),
        ("mi hai fatto sentire parte del team dal primo giorno", WELCOMING),
        ("je hebt me zo welkom geheten op mijn eerste dag", WELCOMING),
        ("za ciepłe przyjęcie pierwszego dnia", WELCOMING),
        ("新人を温かく迎えてくれて初日から安心できた", WELCOMING),
        ("jumped in right away and replied within minutes", RESPONSIVENESS),
        ("respondiste enseguida", RESPONSIVENESS),
        ("respondeu imediatamente", RESPONSIVENESS),
        ("tu as répondu tout de suite", RESPONSIVENESS),
        ("hat sofort geantwortet", RESPONSIVENESS),
        ("hai risposto subito", RESPONSIVENESS),
        ("je reageerde meteen en antwoordde op tijd", RESPONSIVENESS),
        ("odpisałaś natychmiast", RESPONSIVENESS),
        ("すぐに返信してくれた", RESPONSIVENESS),
        ("went above and beyond for the customer and understood what they needed", FOCUS),
        ("pensaste en el cliente y en sus necesidades", FOCUS),
        ("pensou no cliente e foi muito além", FOCUS),
        ("tu as compris les besoins du client, leurs besoins surtout", FOCUS),
        ("hast dich in die Lage der Kundin versetzt", FOCUS),
        ("ti sei messa nei panni del cliente", FOCUS),
        ("je dacht aan de klant en deed een stapje extra", FOCUS),
        ("rozumiesz potrzeby klientów", FOCUS),
        ("お客様の立場で考えてくれた", FOCUS),
        ("kept our spirits up and never gave up", OPTIMISM),
        ("nos animó con una sonrisa", OPTIMISM),
        ("trouxe alegria e bom humor", OPTIMISM),
        ("ton sourire et ta bonne humeur", OPTIMISM),
        ("hast uns aufgemuntert und nicht aufgegeben", OPTIMISM),
        ("il tuo sorriso e il tuo ottimismo", OPTIMISM),
        ("je bleef vrolijk en optimistisch", OPTIMISM),
        ("podniosłaś wszystkich na duchu uśmiechem", OPTIMISM),
        ("いつも明るく笑顔でいてくれる", OPTIMISM),
        ("found a way around the outage and fixed the script", SOLUTIONS),
        ("resolvió el error con mucho ingenio", SOLUTIONS),
        ("resolveu o erro com uma ideia criativa", SOLUTIONS),
        ("tu as trouvé un moyen et tout réparé", SOLUTIONS),
        ("hast den Fehler gefunden und behoben", SOLUTIONS),
        ("hai risolto tutto con una bella idea", SOLUTIONS),
        ("je hebt het opgelost met een slim idee", SOLUTIONS),
        ("naprawiłaś to i znalazłaś rozwiązanie", SOLUTIONS),
        ("原因を突き止めて直してくれた", SOLUTIONS),
    ],
)
def test_a_reason_suggests_its_behaviour_in_the_language_it_is_written_in(reason: str, first: Behaviour) -> None:
    assert suggested(reason)[0] is first


def test_what_a_reason_hints_at_most_comes_first() -> None:
    assert suggested("fixed the bug with a clever idea, right away") == (SOLUTIONS, RESPONSIVENESS)
    assert suggested("right away, right away, and it is fixed") == (RESPONSIVENESS, SOLUTIONS)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "everything this week",
        "it was that kind of day",
        "it was kind of late",
        "I hope you had lunch, no problem",
        "unkindness",
        "including the integration of animals",
        "keine Ahnung, kein Problem",
        "今週もありがとう",
        "👍 :+1: <@U0ANA>",
    ],
)
def test_nothing_is_suggested_where_nothing_hints(reason: str) -> None:
    assert suggested(reason) == ()


@given(st.text(max_size=200))
def test_any_reason_gets_each_behaviour_once_at_most(reason: str) -> None:
    found = suggested(reason)
    assert len(set(found)) == len(found)
    assert all(isinstance(behaviour, Behaviour) for behaviour in found)


@given(st.text(max_size=80))
def test_any_word_may_be_asked_for(word: str) -> None:
    assert named(word) in (None, *Behaviour)


@pytest.mark.parametrize("part", ["kind of ", "the extra ", "fixed ", "で", "freundlich", "👍", "x", "customer "])
def test_a_long_reason_is_no_more_work_than_its_beginning(part: str) -> None:
    suggested("load the words first")
    longest = calls(lambda: suggested((part * 2_000)[:2_000]))
    assert calls(lambda: suggested((part * 40_000)[:40_000])) <= longest + 20


@pytest.mark.parametrize("table", ["names", "hints"])
@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_the_file_knows_every_behaviour_in_every_language(table: str, behaviour: Behaviour) -> None:
    assert list(BOOK[table][behaviour]) == LANGUAGES


def test_no_name_and_no_emoji_means_two_behaviours() -> None:
    for behaviour in Behaviour:
        emoji = BOOK["emoji"][behaviour]
        words = chain(*BOOK["names"][behaviour].values(), map(":{}:".format, emoji["names"]), emoji["characters"])
        assert {word for word in words if named(word) is not behaviour} == set()


def test_no_word_stands_twice_in_one_language_of_a_behaviour() -> None:
    for table in (BOOK["names"], BOOK["hints"]):
        for languages in table.values():
            assert {
                word for words in languages.values() for word, times in Counter(words).items() if times > 1
            } == set()


def test_the_unseen_are_those_that_nobody_was_thanked_for() -> None:
    assert unseen({KINDNESS: 2, SOLUTIONS: 1, OPTIMISM: 0}) == (WELCOMING, RESPONSIVENESS, FOCUS, OPTIMISM)
    assert unseen({}) == tuple(Behaviour)
    assert unseen(dict.fromkeys(Behaviour, 1)) == ()
