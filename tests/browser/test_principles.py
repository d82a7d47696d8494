"""Every founding principle stands on a page of the demo: docs/principles.md says which, and each is opened here."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import select

from tests.browser.conftest import free_port
from tests.browser.walk import Walk
from tests.cli.test_demo import Demo
from tests.rules.test_rule_8_a_tired_person_understands import HARD
from vbg import clock
from vbg.demo.story import KIEVIT, LOTTE, MEREL, PASSWORD, PRACTICE
from vbg.families.models import Family, Member
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.hypotheses.models import Hypothesis
from vbg.moments.models import Moment
from vbg.people.models import Person
from vbg.reviews.models import Review, ReviewMoment
from vbg.sharing.models import Share

PAPER = Path(__file__).resolve().parents[2] / "docs" / "principles.md"
QUESTION = MEREL.question
CHECKS: dict[str, Callable[["Tour"], None]] = {}


class Tour:
    """The demo with two browsers in it: Ine at her desk, Lotte at home; and the ids of what is drawn."""

    def __init__(self, demo: Demo, address: str, chromium: Browser) -> None:
        self.contexts: list[BrowserContext] = []
        house = demo.house()
        with house.database.unit(write=False) as session:
            families = {one.code: one.id for one in session.scalars(select(Family))}
            self.merel, self.kievit = families[MEREL.code], families[KIEVIT.code]
            self.film = session.scalars(select(Film.id).where(Film.family_id == self.merel)).one()
            self.tower = session.scalars(select(Film.id).where(Film.family_id == self.kievit)).one()
            self.goal = session.scalars(select(Goal.id).where(Goal.family_id == self.merel)).first()
            self.review = session.scalars(select(Review.id).where(Review.family_id == self.merel)).one()
            self.pip = session.scalars(select(Member.id).where(Member.call_name == "Pip")).one()
            self.thought = session.scalars(select(Hypothesis.id).where(Hypothesis.family_id == self.merel)).first()
            first = select(Moment).join(ReviewMoment).where(ReviewMoment.review_id == self.review)
            self.opens_with = session.scalars(first.order_by(ReviewMoment.position).limit(1)).one()
            lotte = session.scalars(select(Person.id).where(Person.email == LOTTE.email)).one()
            shared = session.scalars(select(Share).where(Share.person_id == lotte)).one()
            self.share, self.card = shared.id, shared.moment_id
        house.database.close()
        self.ine = self._sign_in(chromium, address, PRACTICE.counselor.email, 1366, 768)
        self.lotte = self._sign_in(chromium, address, LOTTE.email, 390, 844)

    def _sign_in(self, chromium: Browser, address: str, email: str, width: int, height: int) -> Walk:
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": height}, locale="nl-BE", reduced_motion="reduce"
        )
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        walk = Walk(context.new_page(), address)
        walk.go("/sign-in")
        walk.send("/sign-in", email=email, password=PASSWORD)
        return walk

    def desk(self, path: str) -> str:
        """What Ine reads on a page."""
        self.ine.go(path)
        return self.ine.page.locator("body").inner_text()

    def home(self, path: str) -> str:
        """What Lotte reads on a page."""
        self.lotte.go(path)
        return self.lotte.page.locator("body").inner_text()


@pytest.fixture(scope="module")
def tour(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    """One demo for all of them, as its first start draws it."""
    demo = Demo(tmp_path_factory.mktemp("principles") / "demo")
    port = free_port()
    demo.start("--json", "--port", str(port))
    made = Tour(demo, f"http://127.0.0.1:{port}", chromium)
    yield made
    for context in made.contexts:
        context.close()
    demo.stop()


def principle(name: str) -> Callable[[Callable[[Tour], None]], Callable[[Tour], None]]:
    """Say which row of the paper a check belongs to."""

    def keep(check: Callable[[Tour], None]) -> Callable[[Tour], None]:
        CHECKS[name] = check
        return check

    return keep


@principle("Parents finally responsible")
def _responsible(tour: Tour) -> None:
    tour.desk(f"/families/{tour.merel}/consent")
    blocks = [one.inner_text() for one in tour.ine.page.locator("main .card").all()]
    for who in ("mama", "papa"):
        mine = next(one for one in blocks if re.search(rf"^{who}$", one, re.MULTILINE))
        assert len(re.findall(r"Ja · gesproken, \d+ \w+", mine)) == 3, mine
        assert mine.count("Trek in") == 3


@principle("Own values and norms")
def _values(tour: Tour) -> None:
    read = tour.desk(f"/families/{tour.merel}")
    assert "Wat wij belangrijk vinden" in read
    for text, who in MEREL.first.matters:
        assert f"“{text}” {who}" in read


@principle("Positive: support, stimulate, steer")
def _positive(tour: Tour) -> None:
    read = tour.desk("/tag-sets/house/house")
    assert [one for one in ("Steunen", "Stimuleren", "Sturen") if one not in read] == []
    tour.ine.go("/tag-sets")
    tour.ine.send("/tag-sets", nl="Van ons")
    tour.ine.follow("/labels/new")
    tour.ine.page.locator('[name="new_group"]').fill("Gezien")
    tour.ine.send("/labels", nl="Luistert niet")
    wrong = tour.ine.page.locator("#f-nl-error, [id$=nl-error]").first.inner_text()
    assert "niet" in wrong
    assert tour.ine.page.locator('[name="nl"]').input_value() == "Luistert niet", "what was typed stays"


@principle("Reciprocal, open, equal")
def _equal(tour: Tour) -> None:
    read = tour.home(f"/portal/moments/{tour.share}")
    assert read.index("Jouw woorden") < read.index("Lees wat Ine zag")


@principle("The parents' question is the start")
def _question(tour: Tour) -> None:
    for path in (
        f"/families/{tour.merel}", f"/families/{tour.merel}/plan", f"/films/{tour.film}/workspace",
        f"/films/{tour.film}/glance", f"/reviews/{tour.review}", f"/goals/{tour.goal}/rungs/new",
        f"/moments/{tour.card}/card", f"/families/{tour.merel}/trail",
    ):  # fmt: skip
        assert QUESTION in tour.desk(path), path
        assert tour.ine.page.get_by_text(QUESTION).first.is_visible(), path


@principle("Agreed, realistic, concrete goals")
def _goals(tour: Tour) -> None:
    tour.desk(f"/families/{tour.kievit}")
    draft = next(goal.text for goal in KIEVIT.goals if goal.days_ago is None)
    card = tour.ine.page.locator("article.goal", has_text=draft)
    assert "Nog niet samen afgesproken" in card.inner_text()
    assert "Wie gaat akkoord?" in card.inner_text()


@principle("Autonomy and self-regulation")
def _autonomy(tour: Tour) -> None:
    tour.desk(f"/goals/{tour.goal}/rungs/new")
    assert tour.ine.page.locator('[name="chosen_by"]').input_value() == MEREL.goals[0].authors
    assert tour.ine.page.locator('[name="value"]').count() == 11
    assert "niveau" not in tour.ine.page.locator("main").inner_text().lower()


@principle("Good parenting experiences")
def _success(tour: Tour) -> None:
    assert tour.opens_with.chosen
    tour.desk(f"/reviews/{tour.review}")
    first = tour.ine.page.locator("main img").first
    assert str(tour.opens_with.film_id) in (first.get_attribute("src") or "")


@principle("The child's own character")
def _character(tour: Tour) -> None:
    tour.desk(f"/films/{tour.film}/workspace")
    page = tour.ine.page
    page.locator("details.this-is > summary").click()
    told = page.locator(".this-is-in").inner_text()
    assert "Pip" in page.locator("details.this-is > summary").inner_text()
    assert MEREL.children[0].likes in told


@principle("Fun is a must")
def _fun(tour: Tour) -> None:
    for family in (tour.merel, tour.kievit):
        tour.desk(f"/find?family={family}&fun=yes")
        assert tour.ine.page.locator('[data-part="results"] [data-moment], [data-part="results"] article').count() >= 1
    tour.desk("/cards")
    together = tour.ine.page.locator("section", has_text="Samen plezier").last
    assert together.locator("a").count() == 12


@principle("Low threshold")
def _low(tour: Tour) -> None:
    for path in ("/portal/", f"/portal/moments/{tour.share}", "/reading"):
        read = tour.home(path)
        assert HARD.findall(read) == [], path
        assert re.findall(r"dossier|observatie|score|verslag", read, re.IGNORECASE) == []
        assert tour.lotte.page.locator("[required], [aria-required=true]").count() == 0


@principle("Rights of the child")
def _child(tour: Tour) -> None:
    read = tour.desk(f"/members/{tour.pip}/portrait")
    assert "Wat wil Pip?" in read
    assert re.search(r"Woorden van Pip · .+ · Opgeschreven door Ine", read)


@principle("Developmental phases")
def _phases(tour: Tour) -> None:
    today = clock.today()
    born = today.replace(year=today.year - 1, day=1).isoformat()
    named = {}
    for country, code in (("BE", "Gezin Mus"), ("NL", "Gezin Uil")):
        tour.ine.go("/families/new")
        tour.ine.page.locator("details:has([name=country]) > summary").click()
        tour.ine.page.locator("[name=country]").select_option(country)
        tour.ine.send("/families", code=code)
        family = tour.ine.page.url.rsplit("/", 1)[-1]
        tour.ine.go(f"/families/{family}/edit")
        tour.ine.send("/members", call_name="Bo", kind="child", born_on=born)
        read = tour.desk(f"/families/{family}")
        named[country] = {word for word in ("dreumes", "peuter", "baby", "kleuter") if word in read}
    assert named == {"BE": {"peuter"}, "NL": {"dreumes"}}


@principle("Fitting the reader")
def _reader(tour: Tour) -> None:
    page = tour.lotte.page
    before = tour.home(f"/portal/moments/{tour.share}")
    tour.lotte.go("/reading")
    tour.lotte.send("/reading", short_text="yes", one_at_a_time="yes")
    after = tour.home(f"/portal/moments/{tour.share}")
    assert len(after) < len(before)
    assert page.locator("textarea:visible").count() == 0, "the film first, alone"
    tour.lotte.go("/reading")
    tour.lotte.send("/reading", short_text="no", one_at_a_time="no")
    assert tour.home(f"/portal/moments/{tour.share}") == before


@principle("Information")
def _information(tour: Tour) -> None:
    tour.ine.go("/today")
    tour.ine.follow("/cards")
    with tour.ine.page.expect_navigation():
        tour.ine.page.locator("main a[href*='/cards/house/']").first.click()
    assert "Een fase is geen norm." in tour.ine.page.locator("body").inner_text()


@principle("Signalling")
def _signalling(tour: Tour) -> None:
    tour.desk(f"/families/{tour.merel}")
    links = tour.ine.page.locator("a[href$='/concerns']")
    assert links.count() == tour.ine.page.locator("details.more a[href$='/concerns']").count() == 1
    assert not links.first.is_visible()
    assert "concerns" not in tour.desk(f"/families/{tour.merel}/trail/for-parents")
    assert tour.ine.page.locator("a[href$='/concerns']").count() == 0


@principle("Video guidance")
def _one_program(tour: Tour) -> None:
    for path in (f"/films/{tour.film}", f"/films/{tour.film}/workspace", f"/reviews/{tour.review}"):
        tour.desk(path)
    tour.desk(f"/moments/{tour.card}/card")
    assert tour.ine.page.locator("[data-print]").count() >= 1


@principle("Advice")
def _advice(tour: Tour) -> None:
    read = tour.desk(f"/moments/{tour.card}/card")
    told = next(moment for film in MEREL.films for moment in film.moments if moment.key == "bite")
    for word in ("Wanneer", "Wat doe ik", "Waarvoor", *told.lines):
        assert word in read
    assert tour.ine.page.locator("article img").first.evaluate("(img) => img.complete && img.naturalWidth > 0")


@principle("Outreach")
def _no_other_host(tour: Tour) -> None:
    assert [line for one in (tour.ine, tour.lotte) for line in one.complaints if "another host" in line] == []


@principle("A network of solidarity")
def _network(tour: Tour) -> None:
    read = tour.desk(f"/families/{tour.merel}/around")
    assert re.search(r"mag mee kijken tot en met \d+ \w+ \d{4} · gezegd door mama", read)
    assert "mee kijken: nog niet gevraagd" in read


@principle("Competent professionals")
def _competent(tour: Tour) -> None:
    read = tour.desk("/supervision")
    assert re.search(r"\d+ van 10", read)
    assert [word for word in (MEREL.code, KIEVIT.code, "Pip", "Noor", "mama", "opa") if word in _main(tour)] == []
    tour.ine.go(f"/families/{tour.merel}/supervision/new")
    tour.ine.page.locator('[name="moments"]').first.check(force=True)
    tour.ine.send("/supervision", question="Wacht ik lang genoeg?")
    assert tour.ine.page.locator("film-reel").count() == 0, "shut until somebody of the family says yes"


def _main(tour: Tour) -> str:
    return tour.ine.page.locator("main").inner_text()


@principle("Methodical")
def _methodical(tour: Tour) -> None:
    read = tour.desk(f"/hypotheses/{tour.thought}")
    assert "Wat toetst dit" in read
    assert MEREL.films[0].title in read
    moments = tour.ine.page.locator(f"main a[href*='/films/{tour.film}/workspace#']")
    assert moments.count() >= 3, "for and against, each leads back into the film"
    tour.ine.go(moments.first.get_attribute("href") or "")
    assert tour.ine.page.locator("film-player").count() == 1


@principle("A natural, mutual process")
def _chain(tour: Tour) -> None:
    tour.desk(f"/films/{tour.tower}/glance")
    chains = [one.get_attribute("aria-label") or "" for one in tour.ine.page.locator(".glance-chain").all()]
    assert max(len(re.findall(r"Kind:|Ouder:", one)) for one in chains) >= 3, chains


def test_each_principle_has_its_page_and_its_page_says_so(tour: Tour) -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", PAPER.read_text(encoding="utf-8"), re.MULTILINE)
    named = [one for one in rows if one not in ("principle", "---")]
    assert named == list(CHECKS), "the paper and the checks name the same, in one order"
    wrong = {}
    for name, check in CHECKS.items():
        try:
            check(tour)
        except AssertionError as error:
            wrong[name] = str(error)[:400]
    assert wrong == {}
    asked_for = "status of 422"  # the label that says no
    assert [line for one in (tour.ine, tour.lotte) for line in one.complaints if asked_for not in line] == []
