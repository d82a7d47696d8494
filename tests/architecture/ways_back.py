"""How each verb is undone: done, looked at, undone, looked at again."""

from __future__ import annotations

import base64
import io
import json
import re
import uuid
from collections.abc import Callable, Iterator

from sqlalchemy import func, select

from tests.architecture.verbs import Desk, Look
from tests.people import PASSWORD
from vbg.phones.models import PhoneCode

Story = Callable[[Desk], Iterator[None]]
STORIES: dict[str, tuple[str, Look, Story]] = {}


def undone_by(verb: str, back: str, look: Look = Desk.rows) -> Callable[[Story], Story]:
    """A story does `verb`, yields, and undoes it by `back`; `look` sees the same before and after."""

    def keep(story: Story) -> Story:
        STORIES[verb] = (back, look, story)
        return story

    return keep


# --- families ---


def listed(desk: Desk) -> object:
    """The families at the side of every page."""
    return set(re.findall(r'href="/families/([0-9a-f-]{36})"', desk.page("desk.today")))


@undone_by("families.create", "families.close", listed)
def _create_family(desk: Desk) -> Iterator[None]:
    yield
    made = desk.do("families.create", {"code": "Gezin Lijster"}).headers["Location"].rsplit("/", 1)[-1]
    yield
    desk.do("families.close", family_id=made)


@undone_by("families.close", "families.reopen")
def _close_family(desk: Desk) -> Iterator[None]:
    yield
    desk.do("families.close")
    yield
    desk.do("families.reopen")


@undone_by("families.reopen", "families.close", listed)
def _reopen_family(desk: Desk) -> Iterator[None]:
    desk.do("families.close")
    yield
    desk.do("families.reopen")
    yield
    desk.do("families.close")


@undone_by("families.ask", "families.ask")
def _ask(desk: Desk) -> Iterator[None]:
    desk.do("families.ask", {"question": "Hoe?", "question_authors": "Dilan"})
    yield
    desk.do("families.ask", {"question": "Waarom?", "question_authors": ""})
    yield
    desk.do("families.ask", {"question": "Hoe?", "question_authors": "Dilan"})


def members(desk: Desk) -> object:
    return desk.rows()["member"]


@undone_by("families.add_member", "families.remove_member")
def _add_member(desk: Desk) -> Iterator[None]:
    yield
    known = {row["id"] for row in desk.rows()["member"]}
    desk.do("families.add_member", {"call_name": "Tante", "kind": "adult"})
    yield
    (made,) = {row["id"] for row in desk.rows()["member"]} - known
    desk.do("families.remove_member", member_id=made)


@undone_by("families.give_account", "families.close_account", Desk.ways_in)
def _give_account(desk: Desk) -> Iterator[None]:
    known = {row["id"] for row in desk.rows()["member"]}
    desk.do("families.add_member", {"call_name": "Opa", "kind": "adult"})
    (made,) = {row["id"] for row in desk.rows()["member"]} - known
    yield
    desk.do("families.give_account", {"email": "opa@thuis.test"}, member_id=made)
    yield
    desk.do("families.close_account", member_id=made)


@undone_by("families.close_account", "families.give_account", Desk.ways_in)
def _close_account(desk: Desk) -> Iterator[None]:
    known = {row["id"] for row in desk.rows()["member"]}
    desk.do("families.add_member", {"call_name": "Oma", "kind": "adult"})
    (made,) = {row["id"] for row in desk.rows()["member"]} - known
    desk.do("families.give_account", {"email": "oma@thuis.test"}, member_id=made)
    yield
    desk.do("families.close_account", member_id=made)
    yield
    desk.do("families.give_account", member_id=made)


def _dilan(**more: str) -> dict[str, str]:
    return {"call_name": "Dilan", "authority": "yes", **more}


@undone_by("families.update_member", "families.update_member")
def _update_member(desk: Desk) -> Iterator[None]:
    desk.do("families.update_member", _dilan())
    yield
    desk.do("families.update_member", _dilan(on_film="films", cares="yes"))
    yield
    desk.do("families.update_member", _dilan())


SHORT = {"language": "nl", "short_text": "yes"}


@undone_by("families.choose_reading", "families.choose_reading")
def _choose_reading_together(desk: Desk) -> Iterator[None]:
    desk.do("families.choose_reading", {"language": "nl"})
    yield
    desk.do("families.choose_reading", SHORT)
    yield
    desk.do("families.choose_reading", {"language": "nl"})


@undone_by("people.choose_reading", "people.choose_reading")
def _choose_reading(desk: Desk) -> Iterator[None]:
    desk.do("people.choose_reading", {"language": "nl"}, who="dilan")
    yield
    desk.do("people.choose_reading", SHORT, who="dilan")
    yield
    desk.do("people.choose_reading", {"language": "nl"}, who="dilan")


def homes(desk: Desk) -> object:
    return {row["name"] for row in desk.rows()["household"]}


@undone_by("families.rename_home", "families.rename_home", homes)
def _rename_home(desk: Desk) -> Iterator[None]:
    desk.do("families.update_member", _dilan(household="Kerkstraat"))
    (home,) = (row["id"] for row in desk.rows()["household"])
    yield
    desk.do("families.rename_home", {"name": "Zeedijk"}, home_id=home)
    yield
    desk.do("families.rename_home", {"name": "Kerkstraat"}, home_id=home)


# --- what a family tells ---


def told(desk: Desk) -> object:
    """The lines that stand."""
    return [[row["id"] for row in desk.rows()[table] if not row["removed"]] for table in ("saying", "supporter")]


def _line(desk: Desk, table: str = "saying") -> uuid.UUID:
    (found,) = (row["id"] for row in desk.rows()[table])
    return found


def still_right(desk: Desk) -> object:
    return "still right." in desk.page("desk.family")


@undone_by("told.ask_again", "told.hide", still_right)
def _ask_again(desk: Desk) -> Iterator[None]:
    desk.do("families.ask", {"question": "Hoe?", "question_authors": "Dilan"})
    yield
    desk.do("told.ask_again")
    page = desk.page("told.question")
    yield
    (asking,) = re.findall(r"/told/asking/([0-9a-f-]{36})/removal", page)
    desk.do("told.hide", kind="asking", kept_id=asking)


@undone_by("told.say_first", "told.hide", told)
def _say_first(desk: Desk) -> Iterator[None]:
    yield
    desk.do("told.say_first", {"keep": "Samen eten.", "authors": "Dilan"})
    yield
    desk.do("told.hide", kind="saying", kept_id=_line(desk))


@undone_by("told.say_matters", "told.hide", told)
def _say_matters(desk: Desk) -> Iterator[None]:
    yield
    desk.do("told.say_matters", {"text": "Samen eten.", "authors": "Dilan"})
    yield
    desk.do("told.hide", kind="saying", kept_id=_line(desk))


def _pip(desk: Desk) -> uuid.UUID:
    rows = desk.rows()["member"]
    (found,) = (one["id"] for one in rows if one["call_name"] == "Pip")
    return found


@undone_by("told.wish", "told.hide", told)
def _wish(desk: Desk) -> Iterator[None]:
    yield
    desk.do("told.wish", {"text": "Zelf roeren!"}, child_id=_pip(desk))
    yield
    desk.do("told.hide", kind="saying", kept_id=_line(desk))


@undone_by("told.portray", "told.portray")
def _portray(desk: Desk) -> Iterator[None]:
    desk.do("told.portray", {"likes": "Helpen."}, child_id=_pip(desk))
    yield
    desk.do("told.portray", {"likes": "Bouwen.", "tempo": "Rustig."}, child_id=_pip(desk))
    yield
    desk.do("told.portray", {"likes": "Helpen."}, child_id=_pip(desk))


@undone_by("told.hide", "told.put_back", told)
def _hide_line(desk: Desk) -> Iterator[None]:
    desk.do("told.say_matters", {"text": "Samen eten."})
    line = _line(desk)
    yield
    after = desk.do("told.hide", kind="saying", kept_id=line).headers["Location"]
    assert "Put it back" in desk.client("ann").get(after).text
    yield
    desk.do("told.put_back", kind="saying", kept_id=line)


@undone_by("told.put_back", "told.hide", told)
def _put_back_line(desk: Desk) -> Iterator[None]:
    desk.do("told.say_matters", {"text": "Samen eten."})
    line = _line(desk)
    desk.do("told.hide", kind="saying", kept_id=line)
    yield
    desk.do("told.put_back", kind="saying", kept_id=line)
    yield
    desk.do("told.hide", kind="saying", kept_id=line)


@undone_by("told.name_supporter", "told.hide", told)
def _name_supporter(desk: Desk) -> Iterator[None]:
    yield
    desk.do("told.name_supporter", {"call_name": "Rita"})
    yield
    desk.do("told.hide", kind="supporter", kept_id=_line(desk, "supporter"))


@undone_by("told.change_supporter", "told.change_supporter")
def _change_supporter(desk: Desk) -> Iterator[None]:
    desk.do("told.name_supporter", {"call_name": "Rita"})
    line = _line(desk, "supporter")
    yield
    desk.do("told.change_supporter", {"call_name": "Rita", "may_watch": "yes"}, supporter_id=line)
    yield
    desk.do("told.change_supporter", {"call_name": "Rita"}, supporter_id=line)


def team(desk: Desk) -> object:
    return desk.client("cas").get(desk.address("desk.family")).status_code


@undone_by("families.join_team", "families.leave_team", team)
def _join(desk: Desk) -> Iterator[None]:
    cas = desk.world.people["cas"].id
    yield
    desk.do("families.join_team", {"person_id": cas})
    yield
    desk.do("families.leave_team", person_id=cas)


@undone_by("families.leave_team", "families.join_team", team)
def _leave(desk: Desk) -> Iterator[None]:
    cas = desk.world.people["cas"].id
    desk.do("families.join_team", {"person_id": cas})
    yield
    desk.do("families.leave_team", person_id=cas)
    yield
    desk.do("families.join_team", {"person_id": cas})


# --- consent ---


def gates(desk: Desk) -> object:
    return [one in desk.page("films.show") for one in ("on hold", "Label")]


@undone_by("consents.withdraw", "consents.update", gates)
def _withdraw(desk: Desk) -> Iterator[None]:
    yield
    desk.do("consents.withdraw")
    yield
    desk.do("consents.update", {"member_id": desk.ids["member_id"], "filming": "yes", "way": "spoken"})


@undone_by("consents.update", "consents.withdraw", gates)
def _consent(desk: Desk) -> Iterator[None]:
    desk.do("consents.withdraw")
    yield
    desk.do("consents.update", {"member_id": desk.ids["member_id"], "filming": "yes", "way": "spoken"})
    yield
    desk.do("consents.withdraw")


# --- films ---


@undone_by("films.update", "films.update")
def _describe(desk: Desk) -> Iterator[None]:
    yield
    desk.do("films.update", {"title": "Ontbijt", "situation": "meal"})
    yield
    desk.do("films.update", {"title": "Eten", "situation": "", "recorded_on": ""})


@undone_by("films_api.update", "films_api.update")
def _describe_by_program(desk: Desk) -> Iterator[None]:
    yield
    desk.do("films_api.update", json={"title": "Ontbijt"})
    yield
    desk.do("films_api.update", json={"title": "Eten"})


TUS = {"Tus-Resumable": "1.0.0"}


def uploads(desk: Desk) -> object:
    return len(desk.rows()["upload"])


def _announce(desk: Desk) -> str:
    told = base64.b64encode(str(desk.ids["family_id"]).encode()).decode()
    headers = TUS | {"Upload-Length": "9", "Upload-Metadata": f"family {told}"}
    return desk.do("tus.create", headers=headers).headers["Location"].rsplit("/", 1)[-1]


@undone_by("tus.create", "tus.erase", uploads)
def _begin_upload(desk: Desk) -> Iterator[None]:
    yield
    made = _announce(desk)
    yield
    desk.do("tus.erase", upload_id=made, headers=TUS, method="DELETE")


@undone_by("tus.erase", "tus.create", uploads)
def _stop_upload(desk: Desk) -> Iterator[None]:
    made = _announce(desk)
    yield
    desk.do("tus.erase", upload_id=made, headers=TUS, method="DELETE")
    yield
    _announce(desk)


def sealed(desk: Desk) -> object:
    return len(list(desk.house.store.upload_ids()))


@undone_by("tus.update", "tus.erase", sealed)
def _send_bytes(desk: Desk) -> Iterator[None]:
    yield
    made = _announce(desk)
    headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    desk.do("tus.update", io.BytesIO(b"film"), upload_id=made, headers=headers, method="PATCH")
    yield
    desk.do("tus.erase", upload_id=made, headers=TUS, method="DELETE")


@undone_by("films.wiping", "films.wiping")
def _tick_off(desk: Desk) -> Iterator[None]:
    yield
    desk.do("films.wiping", {"answer": "done"})
    yield
    desk.do("films.wiping", {"answer": ""})


@undone_by("films_api.wiping", "films_api.wiping")
def _tick_off_by_program(desk: Desk) -> Iterator[None]:
    yield
    desk.do("films_api.wiping", json={"answer": "theirs"})
    yield
    desk.do("films_api.wiping", json={"answer": ""})


# --- phones ---


def codes_that_work(desk: Desk) -> object:
    with desk.house.database.unit(write=False) as session:
        return session.scalar(select(func.count()).where(PhoneCode.used_at.is_(None)))


def phones(desk: Desk) -> object:
    """Whether the counselor's screen says that a phone is connected."""
    return 'data-connected="yes"' in desk.page("phones.films")


def _connect(desk: Desk) -> None:
    """A phone comes in by a new code, in a browser of its own."""
    desk.do("phones.create")
    with desk.client("ann").session_transaction() as held:
        code = held["phone"].split()[1]
    desk.clients["phone"] = desk.app.test_client()
    desk.do("phones.redeem", {"code": code}, who="phone")


@undone_by("phones.create", "phones.close", codes_that_work)
def _make_code(desk: Desk) -> Iterator[None]:
    yield
    desk.do("phones.create")
    yield
    desk.do("phones.close")


@undone_by("phones.redeem", "phones.leave", phones)
def _come_in(desk: Desk) -> Iterator[None]:
    yield
    _connect(desk)
    yield
    desk.do("phones.leave", who="phone")


@undone_by("phones.leave", "phones.redeem", phones)
def _let_go(desk: Desk) -> Iterator[None]:
    _connect(desk)
    yield
    desk.do("phones.leave", who="phone")
    yield
    _connect(desk)


@undone_by("phones.close", "phones.redeem", phones)
def _close_phones(desk: Desk) -> Iterator[None]:
    _connect(desk)
    yield
    desk.do("phones.close")
    yield
    _connect(desk)


# --- visits ---


def on(desk: Desk) -> object:
    """The appointments that are on, and which of them took place."""
    return [(row["id"], bool(row["done_at"])) for row in desk.rows()["visit"] if not row["called_off_at"]]


@undone_by("visits.create", "visits.call_off", on)
def _plan(desk: Desk) -> Iterator[None]:
    yield
    made = desk.do("visits.create", {"on": "2026-11-21"}).headers["Location"].rsplit("/", 1)[-1]
    yield
    desk.do("visits.call_off", visit_id=made)


@undone_by("visits.update", "visits.update")
def _plan_anew(desk: Desk) -> Iterator[None]:
    desk.do("visits.update", {"on": "2026-11-21", "at": "10:30", "what": "Eten"})
    yield
    desk.do("visits.update", {"on": "2026-11-22", "place": "Thuis", "kind": "review"})
    yield
    desk.do("visits.update", {"on": "2026-11-21", "at": "10:30", "what": "Eten"})


@undone_by("visits.finish", "visits.unfinish", on)
def _took_place(desk: Desk) -> Iterator[None]:
    yield
    desk.do("visits.finish")
    yield
    desk.do("visits.unfinish")


@undone_by("visits.unfinish", "visits.finish", on)
def _not_yet(desk: Desk) -> Iterator[None]:
    desk.do("visits.finish")
    yield
    desk.do("visits.unfinish")
    yield
    desk.do("visits.finish")


@undone_by("visits.call_off", "visits.take_up", on)
def _call_off(desk: Desk) -> Iterator[None]:
    yield
    desk.do("visits.call_off")
    yield
    desk.do("visits.take_up")


@undone_by("visits.take_up", "visits.call_off", on)
def _after_all(desk: Desk) -> Iterator[None]:
    desk.do("visits.call_off")
    yield
    desk.do("visits.take_up")
    yield
    desk.do("visits.call_off")


@undone_by("visits.write_note", "visits.write_note")
def _afterwards(desk: Desk) -> Iterator[None]:
    yield
    desk.do("visits.write_note", {"note": "Fien sliep."})
    yield
    desk.do("visits.write_note", {"note": ""})


def said_after(desk: Desk) -> object:
    """What was written after visits, and the step that holds."""
    rows = desk.rows()
    return [row["note"] for row in rows["visit"]], [row["next_step"] for row in rows["review"]], on(desk)


@undone_by("desk_after.update", "desk_after.update", said_after)
def _after(desk: Desk) -> Iterator[None]:
    desk.do("reviews.start", who="ann, at home")
    desk.do("desk_after.update", {"note": "Eerst.", "next_step": "Wachten."})
    yield
    desk.do("desk_after.update", {"note": "Dan.", "next_step": "Kijken."})
    yield
    desk.do("desk_after.update", {"note": "Eerst.", "next_step": "Wachten."})


@undone_by("desk_after.speak", "desk_voice.erase", lambda desk: [row["kind"] for row in desk.rows()["rendition"]])
def _speak(desk: Desk) -> Iterator[None]:
    desk.do("desk_voice.erase")
    yield
    desk.do("desk_after.speak", b"sound", headers={"Content-Type": "audio/webm;codecs=opus"})
    yield
    desk.do("desk_voice.erase")


@undone_by("desk_visits.prepare", "reviews.drop", lambda desk: desk.rows()["review_moment"])
def _prepare_for_visit(desk: Desk) -> Iterator[None]:
    desk.do("reviews.start", who="ann, at home")
    yield
    made = desk.do("desk_visits.prepare").headers["Location"].rsplit("/", 1)[-1]
    yield
    desk.do("reviews.drop", review_id=made)


# --- goals ---


def goals(desk: Desk) -> object:
    return desk.json("goals_api.index")


def _close_newest_goal(desk: Desk) -> None:
    newest_goal = desk.json("goals_api.index")["items"][-1]["id"]
    desk.do("goals.close", goal_id=newest_goal)


@undone_by("goals.create", "goals.close", goals)
def _goal(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.create", {"text": "We eten rustig."})
    yield
    _close_newest_goal(desk)


@undone_by("goals_api.create", "goals.close", goals)
def _goal_by_program(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals_api.create", json={"text": "We slapen."})
    yield
    _close_newest_goal(desk)


@undone_by("goals.update", "goals.update")
def _reword(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.update", {"text": "Anders.", "authors": ""})
    yield
    desk.do("goals.update", {"text": "We lachen.", "authors": "Dilan", "agreed_by": "", "agreed_on": ""})


@undone_by("goals.agree", "goals.disagree")
def _agree(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.agree", {"agreed_by": "Dilan"})
    assert "Not agreed after all" in desk.page("desk_goals.show")
    yield
    desk.do("goals.disagree")


@undone_by("goals.disagree", "goals.agree")
def _disagree(desk: Desk) -> Iterator[None]:
    desk.do("goals.agree", {"agreed_by": "Dilan"})
    yield
    desk.do("goals.disagree")
    yield
    desk.do("goals.agree", {"agreed_by": "Dilan"})


def rungs(desk: Desk) -> object:
    """The rungs and levels that stand."""
    return [[row["value"] for row in desk.rows()[table] if not row["removed"]] for table in ("rung", "goal_level")]


def _newest(desk: Desk, table: str) -> uuid.UUID:
    return max(desk.rows()[table], key=lambda row: row["id"].bytes)["id"]


@undone_by("goals.choose_rung", "goals.hide_rung", rungs)
def _choose_rung(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.choose_rung", {"value": "7", "chosen_by": "Dilan", "words": "Leuk."})
    yield
    desk.do("goals.hide_rung", rung_id=_newest(desk, "rung"))


@undone_by("goals.hide_rung", "goals.put_back_rung", rungs)
def _hide_rung(desk: Desk) -> Iterator[None]:
    desk.do("goals.choose_rung", {"value": "7"})
    rung = _newest(desk, "rung")
    yield
    assert "Put it back" in desk.client("ann").get(desk.do("goals.hide_rung", rung_id=rung).headers["Location"]).text
    yield
    desk.do("goals.put_back_rung", rung_id=rung)


@undone_by("goals.put_back_rung", "goals.hide_rung", rungs)
def _put_back_rung(desk: Desk) -> Iterator[None]:
    desk.do("goals.choose_rung", {"value": "7"})
    rung = _newest(desk, "rung")
    desk.do("goals.hide_rung", rung_id=rung)
    yield
    desk.do("goals.put_back_rung", rung_id=rung)
    yield
    desk.do("goals.hide_rung", rung_id=rung)


def notes(desk: Desk) -> object:
    """The notes that stand, and what they say."""
    return sorted(row["text"] for row in desk.rows()["family_note"] if not row["removed"])


@undone_by("notes.create", "notes.hide", notes)
def _write_note(desk: Desk) -> Iterator[None]:
    yield
    desk.do("notes.create", {"text": "Pip lachte.", "kind": "observation"})
    yield
    desk.do("notes.hide", note_id=_newest(desk, "family_note"))


@undone_by("notes.update", "notes.update", notes)
def _correct_note(desk: Desk) -> Iterator[None]:
    yield
    desk.do("notes.update", {"text": "Lang gepraat"})
    assert "Gepraat" in desk.page("notes.show"), "how it read stays there"
    yield
    desk.do("notes.update", {"text": "Gepraat"})


@undone_by("notes.hide", "notes.put_back", notes)
def _hide_note(desk: Desk) -> Iterator[None]:
    yield
    assert "Put it back" in desk.client("ann").get(desk.do("notes.hide").headers["Location"]).text
    yield
    desk.do("notes.put_back")


@undone_by("notes.put_back", "notes.hide", notes)
def _put_back_note(desk: Desk) -> Iterator[None]:
    desk.do("notes.hide")
    yield
    desk.do("notes.put_back")
    yield
    desk.do("notes.hide")


def concerns(desk: Desk) -> object:
    """The facts and steps that stand."""
    tables = ("concern_fact", "concern_step")
    return [sorted(str(row["id"]) for row in desk.rows()[table] if not row["removed"]) for table in tables]


@undone_by("concerns.write_fact", "concerns.hide_fact", concerns)
def _write_fact(desk: Desk) -> Iterator[None]:
    yield
    desk.do("concerns.write_fact", {"fact": "Twee keer geroepen."})
    yield
    desk.do("concerns.hide_fact", fact_id=_newest(desk, "concern_fact"))


@undone_by("concerns.take_step", "concerns.hide_step", concerns)
def _take_step(desk: Desk) -> Iterator[None]:
    yield
    desk.do("concerns.take_step", {"code": "team", "words": "Met Bea gepraat."})
    yield
    desk.do("concerns.hide_step", concern_step_id=_newest(desk, "concern_step"))


def _there_and_back(noun: str) -> None:
    @undone_by(f"concerns.hide_{noun}", f"concerns.put_back_{noun}", concerns)
    def _hide(desk: Desk) -> Iterator[None]:
        yield
        assert "Put it back" in desk.client("ann").get(desk.do(f"concerns.hide_{noun}").headers["Location"]).text
        yield
        desk.do(f"concerns.put_back_{noun}")

    @undone_by(f"concerns.put_back_{noun}", f"concerns.hide_{noun}", concerns)
    def _put_back(desk: Desk) -> Iterator[None]:
        desk.do(f"concerns.hide_{noun}")
        yield
        desk.do(f"concerns.put_back_{noun}")
        yield
        desk.do(f"concerns.hide_{noun}")


for _noun in ("fact", "step"):
    _there_and_back(_noun)


@undone_by("goals.use_levels", "goals.drop_levels")
def _use_levels(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.use_levels", {"goal": str(desk.ids["goal_id"])})
    yield
    desk.do("goals.drop_levels", {"goal": str(desk.ids["goal_id"])})


@undone_by("goals.drop_levels", "goals.use_levels")
def _drop_levels(desk: Desk) -> Iterator[None]:
    desk.do("goals.use_levels")
    yield
    desk.do("goals.drop_levels")
    yield
    desk.do("goals.use_levels")


@undone_by("goals.scale", "goals.scale")
def _scale(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.scale", {"expected": "3 van de 5 maaltijden", "weight": "2", "start_level": "-1"})
    yield
    desk.do("goals.scale", {"weight": "1"})


@undone_by("goals.choose_level", "goals.hide_level", rungs)
def _choose_level(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.choose_level", {"value": "1"})
    yield
    desk.do("goals.hide_level", level_id=_newest(desk, "goal_level"))


@undone_by("goals.hide_level", "goals.put_back_level", rungs)
def _hide_level(desk: Desk) -> Iterator[None]:
    desk.do("goals.choose_level", {"value": "1"})
    level = _newest(desk, "goal_level")
    yield
    desk.do("goals.hide_level", level_id=level)
    yield
    desk.do("goals.put_back_level", level_id=level)


@undone_by("goals.put_back_level", "goals.hide_level", rungs)
def _put_back_level(desk: Desk) -> Iterator[None]:
    desk.do("goals.choose_level", {"value": "1"})
    level = _newest(desk, "goal_level")
    desk.do("goals.hide_level", level_id=level)
    yield
    desk.do("goals.put_back_level", level_id=level)
    yield
    desk.do("goals.hide_level", level_id=level)


def pairs(desk: Desk) -> object:
    return [(row["then_id"], row["now_id"]) for row in desk.rows()["goal_pair"] if row["then_id"] or row["now_id"]]


@undone_by("desk_goals.then_and_now", "desk_goals.then_and_now", pairs)
def _then_and_now(desk: Desk) -> Iterator[None]:
    yield
    desk.do("desk_goals.then_and_now", {"then": str(desk.ids["moment_id"]), "now": ""})
    yield
    desk.do("desk_goals.then_and_now", {"then": "", "now": ""})


@undone_by("goals.close", "goals.reopen")
def _close_goal(desk: Desk) -> Iterator[None]:
    yield
    desk.do("goals.close")
    yield
    desk.do("goals.reopen")


@undone_by("goals.reopen", "goals.close", goals)
def _reopen_goal(desk: Desk) -> Iterator[None]:
    desk.do("goals.close")
    yield
    desk.do("goals.reopen")
    yield
    desk.do("goals.close")


# --- cards ---


def cards(desk: Desk) -> object:
    """The cards that are not in the bin."""
    return [row["title"] for row in desk.rows()["own_card"] if not row["removed_at"]]


@undone_by("cards.create", "cards.remove", cards)
def _make_card(desk: Desk) -> Iterator[None]:
    yield
    made = desk.do("cards.create", {"title": "Eten"}).headers["Location"].rsplit("/", 1)[-1]
    yield
    desk.do("cards.remove", card_id=made)


@undone_by("cards.update", "cards.update")
def _change_card(desk: Desk) -> Iterator[None]:
    yield
    desk.do("cards.update", {"title": "Rusten", "drawing": "bad"})
    yield
    desk.do("cards.update", {"title": "Slapen", "drawing": "boekje"})


@undone_by("cards.remove", "cards.put_back")
def _throw_card_away(desk: Desk) -> Iterator[None]:
    yield
    desk.do("cards.remove")
    assert "Put back: Slapen" in desk.page("cards.index")
    yield
    desk.do("cards.put_back")


@undone_by("cards.put_back", "cards.remove", cards)
def _put_card_back(desk: Desk) -> Iterator[None]:
    desk.do("cards.remove")
    yield
    desk.do("cards.put_back")
    yield
    desk.do("cards.remove")


# --- working hypotheses ---


def thoughts(desk: Desk) -> object:
    """The hypotheses that stand, each with its moments on both sides."""
    return desk.json("hypotheses_api.index")


def _new_thought(desk: Desk, endpoint: str, **how: object) -> uuid.UUID:
    known = {row["id"] for row in desk.rows()["hypothesis"]}
    desk.do(endpoint, **how)
    (made,) = {row["id"] for row in desk.rows()["hypothesis"]} - known
    return made


@undone_by("hypotheses.create", "hypotheses.hide", thoughts)
def _think(desk: Desk) -> Iterator[None]:
    yield
    made = _new_thought(desk, "hypotheses.create", data={"statement": "Koken helpt."})
    yield
    desk.do("hypotheses.hide", hypothesis_id=made)


@undone_by("hypotheses_api.create", "hypotheses.hide", thoughts)
def _think_by_program(desk: Desk) -> Iterator[None]:
    yield
    made = _new_thought(desk, "hypotheses_api.create", json={"statement": "Zingen helpt."})
    yield
    desk.do("hypotheses.hide", hypothesis_id=made)


@undone_by("hypotheses.update", "hypotheses.update")
def _reword_thought(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses.update", {"statement": "Zwijgen helpt.", "source": "talk", "films": desk.ids["film_id"]})
    yield
    desk.do("hypotheses.update", {"statement": "Wachten helpt.", "source": "talk"})


@undone_by("hypotheses_api.update", "hypotheses_api.update")
def _reword_thought_by_program(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses_api.update", json={"statement": "Zwijgen helpt.", "source": "observation"})
    yield
    desk.do("hypotheses_api.update", json={"statement": "Wachten helpt.", "source": "talk"})


def stands(desk: Desk) -> object:
    return [row["status"] for row in desk.rows()["hypothesis"]]


@undone_by("hypotheses.judge", "hypotheses.judge", stands)
def _judge(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses.judge", {"status": "holds", "reason": "Gezien."})
    yield
    desk.do("hypotheses.judge", {"status": "new", "reason": "Te vroeg."})


@undone_by("hypotheses_api.judge", "hypotheses_api.judge", stands)
def _judge_by_program(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses_api.judge", json={"status": "testing", "reason": "Gezien."})
    yield
    desk.do("hypotheses_api.judge", json={"status": "new", "reason": "Te vroeg."})


@undone_by("hypotheses.put", "hypotheses.take", thoughts)
def _speak_for(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses.put", {"side": "for"})
    yield
    desk.do("hypotheses.take")


@undone_by("hypotheses.take", "hypotheses.put", thoughts)
def _take_evidence(desk: Desk) -> Iterator[None]:
    desk.do("hypotheses.put", {"side": "for"})
    yield
    desk.do("hypotheses.take")
    yield
    desk.do("hypotheses.put", {"side": "for"})


@undone_by("hypotheses_api.put", "hypotheses_api.take", thoughts)
def _speak_against(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses_api.put", json={"side": "against"}, method="PUT")
    yield
    desk.do("hypotheses_api.take", method="DELETE")


@undone_by("hypotheses_api.take", "hypotheses_api.put", thoughts)
def _take_evidence_by_program(desk: Desk) -> Iterator[None]:
    desk.do("hypotheses_api.put", json={"side": "for"}, method="PUT")
    yield
    desk.do("hypotheses_api.take", method="DELETE")
    yield
    desk.do("hypotheses_api.put", json={"side": "for"}, method="PUT")


@undone_by("hypotheses.hide", "hypotheses.put_back")
def _lay_aside(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses.hide")
    assert "Take it up again" in desk.page("hypotheses.show")
    yield
    desk.do("hypotheses.put_back")


@undone_by("hypotheses.put_back", "hypotheses.hide")
def _take_up(desk: Desk) -> Iterator[None]:
    desk.do("hypotheses.hide")
    yield
    desk.do("hypotheses.put_back")
    yield
    desk.do("hypotheses.hide")


def asked_at_home(desk: Desk) -> object:
    """What Dilan is asked at home, with what she answered."""
    page = desk.page("portal.home", "dilan")
    return "Klopt dit?" in page, "You answered." in page, desk.json("hypotheses_api.show")["askings"]


@undone_by("hypotheses.ask", "hypotheses.unask", asked_at_home)
def _ask_family(desk: Desk) -> Iterator[None]:
    yield
    made = _new_row(desk, "asking", "hypotheses.ask", data={"text": "Helpt wachten?"})
    yield
    desk.do("hypotheses.unask", asking_id=made)


@undone_by("hypotheses.unask", "hypotheses.ask_again", asked_at_home)
def _ask_no_longer(desk: Desk) -> Iterator[None]:
    yield
    desk.do("hypotheses.unask")
    assert "Ask it again" in desk.page("desk_askings.show")
    yield
    desk.do("hypotheses.ask_again")


@undone_by("hypotheses.ask_again", "hypotheses.unask", asked_at_home)
def _ask_again(desk: Desk) -> Iterator[None]:
    desk.do("hypotheses.unask")
    yield
    desk.do("hypotheses.ask_again")
    yield
    desk.do("hypotheses.unask")


@undone_by("desk_askings.share", "desk_askings.retract", asked_at_home)
def _share_asking(desk: Desk) -> Iterator[None]:
    dilan = desk.world.people["dilan"].id
    desk.do("desk_askings.retract", person_id=dilan)
    yield
    desk.do("desk_askings.share", person_id=dilan)
    yield
    desk.do("desk_askings.retract", person_id=dilan)


@undone_by("desk_askings.retract", "desk_askings.share", asked_at_home)
def _retract_asking(desk: Desk) -> Iterator[None]:
    dilan = desk.world.people["dilan"].id
    yield
    desk.do("desk_askings.retract", person_id=dilan)
    yield
    desk.do("desk_askings.share", person_id=dilan)


@undone_by("desk_askings.reply", "desk_askings.reply", asked_at_home)
def _reply_at_the_table(desk: Desk) -> Iterator[None]:
    yield
    desk.do("desk_askings.reply", {"answer": "some", "words": "Soms."})
    yield
    desk.do("desk_askings.reply", {"answer": "", "words": ""})


@undone_by("portal.reply", "portal.reply", asked_at_home)
def _reply_at_home(desk: Desk) -> Iterator[None]:
    yield
    desk.do("portal.reply", {"answer": "yes", "words": "Ja!"}, who="dilan")
    yield
    desk.do("portal.reply", {"words": ""}, who="dilan")


# --- the plan of approach ---


def plan(desk: Desk) -> object:
    """Each strategy that stands, with its steps."""
    return desk.json("plans_api.index")


def _new_row(desk: Desk, table: str, endpoint: str, **how: object) -> uuid.UUID:
    known = {row["id"] for row in desk.rows()[table]}
    desk.do(endpoint, **how)
    (made,) = {row["id"] for row in desk.rows()[table]} - known
    return made


@undone_by("plans.create", "plans.hide", plan)
def _strategy(desk: Desk) -> Iterator[None]:
    yield
    made = _new_row(desk, "strategy", "plans.create", data={"text": "Samen koken."})
    yield
    desk.do("plans.hide", strategy_id=made)


@undone_by("plans_api.create", "plans.hide", plan)
def _strategy_by_program(desk: Desk) -> Iterator[None]:
    yield
    made = _new_row(desk, "strategy", "plans_api.create", json={"text": "Samen zingen."})
    yield
    desk.do("plans.hide", strategy_id=made)


@undone_by("plans.update", "plans.update")
def _reword_strategy(desk: Desk) -> Iterator[None]:
    yield
    desk.do("plans.update", {"text": "Eerst kijken.", "film": desk.ids["film_id"]})
    yield
    desk.do("plans.update", {"text": "Eerst wachten.", "film": ""})


@undone_by("plans.hide", "plans.put_back")
def _hide_strategy(desk: Desk) -> Iterator[None]:
    yield
    desk.do("plans.hide")
    assert "Put it back" in desk.page("plans.show")
    yield
    desk.do("plans.put_back")


@undone_by("plans.put_back", "plans.hide")
def _put_back_strategy(desk: Desk) -> Iterator[None]:
    desk.do("plans.hide")
    yield
    desk.do("plans.put_back")
    yield
    desk.do("plans.hide")


@undone_by("plans.create_step", "plans.hide_step", plan)
def _step(desk: Desk) -> Iterator[None]:
    yield
    made = _new_row(desk, "step", "plans.create_step", data={"text": "Kijk."})
    yield
    desk.do("plans.hide_step", step_id=made)


@undone_by("plans_api.create_step", "plans.hide_step", plan)
def _step_by_program(desk: Desk) -> Iterator[None]:
    yield
    made = _new_row(desk, "step", "plans_api.create_step", json={"text": "Luister."})
    yield
    desk.do("plans.hide_step", step_id=made)


@undone_by("plans.update_step", "plans.update_step")
def _reword_step(desk: Desk) -> Iterator[None]:
    yield
    desk.do("plans.update_step", {"text": "Tel tot vijf.", "who": ""})
    yield
    desk.do("plans.update_step", {"text": "Tel tot drie.", "who": "Dilan"})


@undone_by("plans.finish", "plans.unfinish")
def _finish(desk: Desk) -> Iterator[None]:
    yield
    desk.do("plans.finish")
    yield
    desk.do("plans.unfinish")


@undone_by("plans.unfinish", "plans.finish")
def _unfinish(desk: Desk) -> Iterator[None]:
    desk.do("plans.finish")
    yield
    desk.do("plans.unfinish")
    yield
    desk.do("plans.finish")


@undone_by("plans_api.finish", "plans_api.unfinish")
def _finish_by_program(desk: Desk) -> Iterator[None]:
    yield
    desk.do("plans_api.finish", json={}, method="PUT")
    yield
    desk.do("plans_api.unfinish", method="DELETE")


@undone_by("plans_api.unfinish", "plans_api.finish")
def _unfinish_by_program(desk: Desk) -> Iterator[None]:
    desk.do("plans_api.finish", json={}, method="PUT")
    yield
    desk.do("plans_api.unfinish", method="DELETE")
    yield
    desk.do("plans_api.finish", json={}, method="PUT")


@undone_by("plans.hide_step", "plans.put_back_step")
def _hide_step(desk: Desk) -> Iterator[None]:
    yield
    assert "Put it back" in desk.client("ann").get(desk.do("plans.hide_step").headers["Location"]).text
    yield
    desk.do("plans.put_back_step")


@undone_by("plans.put_back_step", "plans.hide_step")
def _put_back_step(desk: Desk) -> Iterator[None]:
    desk.do("plans.hide_step")
    yield
    desk.do("plans.put_back_step")
    yield
    desk.do("plans.hide_step")


# --- supervision ---


def opened(desk: Desk) -> object:
    """Whether the bag is open."""
    return "<film-reel" in desk.page("supervision.show")


def counted(desk: Desk) -> object:
    """How many supervisions count."""
    return [row["held_on"] for row in desk.rows()["supervision"] if not row["removed"]]


@undone_by("supervision.pack", "supervision.empty")
def _pack(desk: Desk) -> Iterator[None]:
    yield
    sent = {"moments": str(desk.ids["moment_id"]), "question": "Wacht ik lang genoeg?"}
    made = desk.do("supervision.pack", sent).headers["Location"].rsplit("/", 1)[-1]
    yield
    desk.do("supervision.empty", bag_id=made)


@undone_by("supervision.answer", "supervision.withdraw", opened)
def _say_yes_to_the_bag(desk: Desk) -> Iterator[None]:
    yield
    desk.do("supervision.answer", {"member_id": str(desk.ids["member_id"]), "said": "yes"})
    yield
    desk.do("supervision.withdraw")


@undone_by("supervision.withdraw", "supervision.answer", opened)
def _take_the_yes_back(desk: Desk) -> Iterator[None]:
    desk.do("supervision.answer", {"member_id": str(desk.ids["member_id"]), "said": "yes"})
    yield
    desk.do("supervision.withdraw")
    yield
    desk.do("supervision.answer", {"member_id": str(desk.ids["member_id"]), "said": "yes"})


@undone_by("supervision.note", "supervision.count", counted)
def _note_a_supervision(desk: Desk) -> Iterator[None]:
    known = {row["id"] for row in desk.rows()["supervision"]}
    yield
    desk.do("supervision.note")
    (made,) = {row["id"] for row in desk.rows()["supervision"]} - known
    yield
    desk.do("supervision.count", supervision_id=made, what="removal")


@undone_by("supervision.count", "supervision.count", counted)
def _count_it(desk: Desk) -> Iterator[None]:
    yield
    desk.do("supervision.count", what="removal")
    yield
    desk.do("supervision.count", what="return")


# --- tag sets ---


def sets(desk: Desk) -> object:
    """The draft of the family's set, and what every set offers."""
    drafts = [(row["id"], row["draft"]) for row in desk.rows()["tag_set"]]
    return drafts, [(one["key"], one["labels"]) for one in desk.json("tagsets_api.index")["items"]]


def _new_set(desk: Desk, endpoint: str, **how: object) -> uuid.UUID:
    known = {row["id"] for row in desk.rows()["tag_set"]}
    desk.do(endpoint, **how)
    (made,) = {row["id"] for row in desk.rows()["tag_set"]} - known
    return made


@undone_by("tagsets.create", "tagsets.drop", sets)
def _make_set(desk: Desk) -> Iterator[None]:
    yield
    made = _new_set(desk, "tagsets.create", data={"nl": "Ons", "copy_of": "house"})
    yield
    desk.do("tagsets.drop", set_id=made)


def _house_file(desk: Desk) -> bytes:
    return desk.client("ann").get(desk.address("tagsets_api.file", key="threes")).data


@undone_by("tagsets.bring_in", "tagsets.drop", sets)
def _bring_set_in(desk: Desk) -> Iterator[None]:
    yield
    made = _new_set(desk, "tagsets.bring_in", data={"file": (io.BytesIO(_house_file(desk)), "set.json")})
    yield
    desk.do("tagsets.drop", set_id=made)


@undone_by("tagsets_api.create", "tagsets.drop", sets)
def _bring_set_in_by_program(desk: Desk) -> Iterator[None]:
    yield
    made = _new_set(desk, "tagsets_api.create", json=json.loads(_house_file(desk)))
    yield
    desk.do("tagsets.drop", set_id=made)


HEADS = {"nl": "Stralen", "en": "Shining", "group_nl": "Gezien", "group_en": "Seen", "group_colour": "fun"}
LABEL = {"nl": "Straalt", "group": "seen", "who": "child", "plain_nl": "{k} straalt."}


@undone_by("tagsets.update", "tagsets.update", sets)
def _name_set(desk: Desk) -> Iterator[None]:
    desk.do("tagsets.update", HEADS)
    yield
    desk.do("tagsets.update", HEADS | {"nl": "Blinken"})
    yield
    desk.do("tagsets.update", HEADS)


@undone_by("tagsets.add_label", "tagsets.drop", sets)
def _add_label(desk: Desk) -> Iterator[None]:
    desk.do("tagsets.publish")
    yield
    desk.do("tagsets.add_label", LABEL | {"nl": "Zwaait"})
    yield
    desk.do("tagsets.drop")


@undone_by("tagsets.update_label", "tagsets.update_label", sets)
def _change_label(desk: Desk) -> Iterator[None]:
    desk.do("tagsets.update_label", LABEL)
    yield
    desk.do("tagsets.update_label", LABEL | {"nl": "Blinkt"})
    yield
    desk.do("tagsets.update_label", LABEL)


@undone_by("tagsets.retire", "tagsets.offer", sets)
def _retire_label(desk: Desk) -> Iterator[None]:
    yield
    desk.do("tagsets.retire")
    yield
    desk.do("tagsets.offer")


@undone_by("tagsets.offer", "tagsets.retire", sets)
def _offer_label(desk: Desk) -> Iterator[None]:
    desk.do("tagsets.retire")
    yield
    desk.do("tagsets.offer")
    yield
    desk.do("tagsets.retire")


def offers(desk: Desk) -> object:
    """The labels that the newest version of each set offers."""
    keys = [one["key"] for one in desk.json("tagsets_api.index")["items"]]
    told = [desk.client("ann").get(desk.address("tagsets_api.show", key=key)).json for key in keys]
    return [[tag["label"] for tag in one["tags"]] for one in told]


def _second_version(desk: Desk) -> None:
    desk.do("tagsets.update_label", LABEL | {"nl": "Blinkt", "en": "Glitters"})
    desk.do("tagsets.publish")


@undone_by("tagsets.publish", "tagsets.go_back", offers)
def _publish_set(desk: Desk) -> Iterator[None]:
    desk.do("tagsets.publish")
    yield
    _second_version(desk)
    yield
    desk.do("tagsets.go_back", number=1)


@undone_by("tagsets.go_back", "tagsets.go_back", offers)
def _go_back(desk: Desk) -> Iterator[None]:
    desk.do("tagsets.publish")
    _second_version(desk)
    yield
    desk.do("tagsets.go_back", number=1)
    yield
    desk.do("tagsets.go_back", number=2)


@undone_by("tagsets.choose", "tagsets.choose", lambda desk: desk.json("tagsets_api.of_family"))
def _choose_sets(desk: Desk) -> Iterator[None]:
    yield
    desk.do("tagsets.choose", {"sets": ["threes", "house"]})
    yield
    desk.do("tagsets.choose", {})


@undone_by("tagsets_api.choose", "tagsets_api.choose", lambda desk: desk.json("tagsets_api.of_family"))
def _choose_sets_by_program(desk: Desk) -> Iterator[None]:
    yield
    desk.do("tagsets_api.choose", json={"sets": ["threes"]})
    yield
    desk.do("tagsets_api.choose", json={"sets": []})


# --- moments ---


def moments(desk: Desk) -> object:
    told = desk.json("moments_api.index")["items"]
    return [{key: value for key, value in one.items() if key != "version"} for one in told]


def seen(desk: Desk, **which: uuid.UUID) -> dict[str, str]:
    """The version of a moment as it stands."""
    return {"If-Match": desk.client("ann").get(desk.address("moments_api.show", **which)).headers["ETag"]}


@undone_by("moments_api.create", "moments_api.undo", moments)
def _mark(desk: Desk) -> Iterator[None]:
    yield
    desk.do("moments_api.create", json={"start_ms": 30_000, "end_ms": 34_000})
    yield
    desk.do("moments_api.undo")


@undone_by("moments_api.update", "moments_api.undo", moments)
def _change(desk: Desk) -> Iterator[None]:
    yield
    desk.do("moments_api.update", json={"words": "Kijk."}, headers=seen(desk))
    yield
    desk.do("moments_api.undo")


@undone_by("moments_api.erase", "moments_api.undo", moments)
def _remove(desk: Desk) -> Iterator[None]:
    yield
    desk.do("moments_api.erase", headers=seen(desk))
    yield
    desk.do("moments_api.undo")


@undone_by("moments_api.restore", "moments_api.undo", moments)
def _restore(desk: Desk) -> Iterator[None]:
    desk.do("moments_api.erase", headers=seen(desk))
    yield
    desk.do("moments_api.restore")
    yield
    desk.do("moments_api.undo")


@undone_by("moments_api.undo", "moments_api.redo", moments)
def _undo(desk: Desk) -> Iterator[None]:
    desk.do("moments_api.create", json={"start_ms": 40_000})
    yield
    desk.do("moments_api.undo")
    yield
    desk.do("moments_api.redo")


@undone_by("moments_api.redo", "moments_api.undo", moments)
def _redo(desk: Desk) -> Iterator[None]:
    desk.do("moments_api.create", json={"start_ms": 50_000})
    desk.do("moments_api.undo")
    yield
    desk.do("moments_api.redo")
    yield
    desk.do("moments_api.undo")


@undone_by("moments_api.write_note", "moments_api.write_note")
def _note(desk: Desk) -> Iterator[None]:
    desk.do("moments_api.write_note", json={"text": "Eerst."})
    yield
    desk.do("moments_api.write_note", json={"text": "Dan."})
    yield
    desk.do("moments_api.write_note", json={"text": "Eerst."})


@undone_by("places_api.write", "places_api.write")
def _place(desk: Desk) -> Iterator[None]:
    desk.do("places_api.write", json={"at_ms": 1000, "stand": "watch"})
    yield
    desk.do("places_api.write", json={"at_ms": 2000, "stand": "label"})
    yield
    desk.do("places_api.write", json={"at_ms": 1000, "stand": "watch"})


# --- one's own labels ---


@undone_by("palettes_api.update", "palettes_api.update", lambda desk: desk.json("palettes_api.show"))
def _arrange(desk: Desk) -> Iterator[None]:
    desk.do("palettes_api.update", json={"labels": {"house/names": {"words": "Zegt"}}})
    yield
    sent = {"labels": {"house/names": {"words": "Vertelt", "key_code": "KeyQ", "pinned": True}}, "asks": False}
    before = desk.do("palettes_api.update", json=sent).get_json()["before"]
    yield
    desk.do("palettes_api.update", json=before)


@undone_by("palettes_api.note", "palettes_api.note", lambda desk: [r["shifts"] for r in desk.rows()["palette_label"]])
def _shift(desk: Desk) -> Iterator[None]:
    sent = {"moment": str(desk.ids["moment_id"]), "label": "house/names", "edge": "begin", "time_ms": 4000}
    desk.do("palettes_api.note", json=sent | {"by_ms": 0})
    yield
    desk.do("palettes_api.note", json=sent | {"by_ms": -2000})
    yield
    desk.do("palettes_api.note", json=sent | {"by_ms": 0})


@undone_by("moments_api.say_situation", "moments_api.undo", lambda desk: desk.rows()["situation_band"])
def _from_here(desk: Desk) -> Iterator[None]:
    yield
    desk.do("moments_api.say_situation", json={"at_ms": 4000, "situation": "meal"})
    yield
    desk.do("moments_api.undo")


# --- watching together ---


@undone_by("reviews.create", "reviews.drop", lambda desk: desk.rows()["review_moment"])
def _prepare(desk: Desk) -> Iterator[None]:
    desk.do("reviews.start", who="ann, at home")
    yield
    made = desk.do("reviews.create", {"film": desk.ids["film_id"]}).headers["Location"].rsplit("/", 1)[-1]
    yield
    desk.do("reviews.drop", review_id=made)


def starred(desk: Desk) -> object:
    """What is chosen, and what stands in a row that did not start."""
    rows = desk.rows()
    prepared = {one["id"] for one in rows["review"] if not one["started_at"] and not one["closed_at"]}
    placed = [one["moment_id"] for one in rows["review_moment"] if one["review_id"] in prepared]
    return {one["id"] for one in rows["moment"] if one["chosen"]}, sorted(placed), prepared


def _choose_by(verb: str) -> Story:
    def story(desk: Desk) -> Iterator[None]:
        desk.do(verb, {"wanted": "no"})
        yield
        desk.do(verb, {"wanted": "yes"})
        yield
        desk.do(verb, {"wanted": "no"})

    return story


for _verb in ("finding.choose", "desk_goals.choose"):
    undone_by(_verb, _verb, starred)(_choose_by(_verb))


@undone_by("reviews.update", "reviews.update")
def _theme(desk: Desk) -> Iterator[None]:
    yield
    desk.do("reviews.update", {"theme": "Wachten"})
    yield
    desk.do("reviews.update", {"theme": "Samen"})


@undone_by("reviews.show_child", "reviews.show_child")
def _show_child(desk: Desk) -> Iterator[None]:
    yield
    desk.do("reviews.show_child", how="shown")
    yield
    desk.do("reviews.show_child", how="hidden")


def row(desk: Desk) -> object:
    kept = [one for one in desk.rows()["review_moment"] if one["review_id"] == desk.ids["review_id"]]
    return [(one["moment_id"], one["prompt"]) for one in sorted(kept, key=lambda one: one["position"])]


@undone_by("reviews.take", "reviews.put", row)
def _take(desk: Desk) -> Iterator[None]:
    yield
    desk.do("reviews.take")
    yield
    desk.do("reviews.put", {"prompt": "Wat zie je? 0", "at": "0"})


@undone_by("reviews.put", "reviews.take", row)
def _put(desk: Desk) -> Iterator[None]:
    yield
    desk.do("reviews.put", moment_id=desk.ids["shared_moment"])
    yield
    desk.do("reviews.take", moment_id=desk.ids["shared_moment"])


@undone_by("reviews.move", "reviews.move", row)
def _move(desk: Desk) -> Iterator[None]:
    yield
    desk.do("reviews.move", where="later")
    yield
    desk.do("reviews.move", where="earlier")


@undone_by("reviews.prompt", "reviews.prompt", row)
def _prompt(desk: Desk) -> Iterator[None]:
    yield
    desk.do("reviews.prompt", {"prompt": "En hier?"})
    yield
    desk.do("reviews.prompt", {"prompt": "Wat zie je? 0"})


def is_room(desk: Desk) -> object:
    return desk.client("ann, at home").get(desk.address("desk.today")).status_code


@undone_by("reviews.start", "reviews.back", is_room)
def _start(desk: Desk) -> Iterator[None]:
    desk.client("ann, at home")
    yield
    desk.do("reviews.start", who="ann, at home")
    yield
    desk.do("reviews.back", {"password": PASSWORD}, who="ann, at home")


@undone_by("reviews.back", "reviews.start", is_room)
def _back(desk: Desk) -> Iterator[None]:
    desk.do("reviews.start", who="ann, at home")
    yield
    desk.do("reviews.back", {"password": PASSWORD}, who="ann, at home")
    yield
    desk.do("reviews.start", who="ann, at home")


@undone_by("reviews.start_film", "reviews.drop")
def _start_film(desk: Desk) -> Iterator[None]:
    yield
    made = desk.do("reviews.start_film", who="ann, at home").headers["Location"].split("/")[2]
    yield
    desk.do("reviews.drop", review_id=made)


def _room(desk: Desk) -> str:
    """The room of a whole film: the id of its review."""
    made = desk.do("reviews.start_film", who="ann, at home").headers["Location"].split("/")[2]
    desk.client("ann, at home").get(f"/reviews/{made}/watch")
    return made


@undone_by("reviews_api.find", "moments_api.erase", moments)
def _find(desk: Desk) -> Iterator[None]:
    review = _room(desk)
    yield
    made = desk.do("reviews_api.find", json={"at_ms": 33_000}, who="ann, at home", review_id=review)
    found = uuid.UUID(made.get_json()["id"])
    yield
    desk.do("moments_api.erase", moment_id=found, headers=seen(desk, moment_id=found))
    desk.do("reviews.drop", review_id=review)


@undone_by("reviews_api.be_proud", "reviews_api.unproud")
def _proud(desk: Desk) -> Iterator[None]:
    review = _room(desk)
    yield
    said = {"id": str(uuid.uuid4()), "film_id": str(desk.ids["film_id"]), "at_ms": 1000}
    for _twice in range(2):
        desk.do("reviews_api.be_proud", json=said, who="ann, at home", review_id=review)
    yield
    desk.do("reviews_api.unproud", who="ann, at home", review_id=review, proud_id=said["id"])


@undone_by("reviews_api.unproud", "reviews_api.be_proud")
def _unproud(desk: Desk) -> Iterator[None]:
    review = _room(desk)
    said = {"id": str(uuid.uuid4()), "film_id": str(desk.ids["film_id"]), "at_ms": 1000}
    desk.do("reviews_api.be_proud", json=said, who="ann, at home", review_id=review)
    yield
    desk.do("reviews_api.unproud", who="ann, at home", review_id=review, proud_id=said["id"])
    yield
    desk.do("reviews_api.be_proud", json=said, who="ann, at home", review_id=review)


def rounded_off(desk: Desk) -> object:
    """Whether the page offers to open it again, and whether to watch."""
    page = desk.page("reviews.show")
    return [f'action="{desk.address(verb)}"' in page for verb in ("reviews.reopen", "reviews.start")]


@undone_by("reviews.close", "reviews.reopen", rounded_off)
def _close(desk: Desk) -> Iterator[None]:
    yield
    desk.do("reviews.close", {"next_step": "Wachten."})
    yield
    desk.do("reviews.reopen")


@undone_by("reviews.reopen", "reviews.close", rounded_off)
def _reopen(desk: Desk) -> Iterator[None]:
    desk.do("reviews.close", {"notes": "Gelachen."})
    yield
    desk.do("reviews.reopen")
    yield
    desk.do("reviews.close", {"notes": "Gelachen."})


# --- sharing ---


def home(desk: Desk) -> object:
    """What Dilan finds at home, with her own words."""
    address = desk.address("portal.show")
    answer = desk.client("dilan").get(address)
    return address in desk.page("portal.home", "dilan"), answer.status_code, "Mijn kind" in answer.text


@undone_by("sharing.create", "sharing.retract", home)
def _share(desk: Desk) -> Iterator[None]:
    dilan = desk.world.people["dilan"].id
    desk.do("sharing.retract")
    yield
    desk.do("sharing.create", {"people": [dilan]}, moment_id=desk.ids["shared_moment"])
    yield
    desk.do("sharing.retract")


@undone_by("sharing.retract", "sharing.create", home)
def _retract(desk: Desk) -> Iterator[None]:
    desk.do("portal.answer", {"words": "Mijn kind"}, who="dilan")
    yield
    desk.do("sharing.retract")
    yield
    desk.do("sharing.create", {"people": [desk.world.people["dilan"].id]}, moment_id=desk.ids["shared_moment"])


@undone_by("portal.answer", "portal.answer")
def _answer(desk: Desk) -> Iterator[None]:
    yield
    desk.do("portal.answer", {"words": "Zo mooi", "reactions": "proud"}, who="dilan")
    yield
    desk.do("portal.answer", {"words": ""}, who="dilan")


# --- oneself ---


@undone_by("people.language", "people.language", lambda desk: '<html lang="en"' in desk.page("families.new", "bea"))
def _language(desk: Desk) -> Iterator[None]:
    yield
    desk.do("people.language", {"lang": "nl"}, who="bea")
    yield
    desk.do("people.language", {"lang": "en"}, who="bea")


@undone_by("people.theme", "people.theme", lambda desk: 'data-theme="dark"' in desk.page("families.new", "bea"))
def _theme_of_page(desk: Desk) -> Iterator[None]:
    yield
    desk.do("people.theme", {"theme": "dark"}, who="bea")
    yield
    desk.do("people.theme", {"theme": "light"}, who="bea")


def bea_is_in(desk: Desk) -> object:
    return desk.client("bea").get("/today").status_code


BEA = {"email": "bea@praktijk.test", "password": PASSWORD}


@undone_by("people.sign_out", "people.enter", bea_is_in)
def _sign_out(desk: Desk) -> Iterator[None]:
    yield
    desk.do("people.sign_out", who="bea")
    yield
    desk.do("people.enter", BEA, who="bea")


@undone_by("people.enter", "people.sign_out", bea_is_in)
def _enter(desk: Desk) -> Iterator[None]:
    desk.do("people.sign_out", who="bea")
    yield
    desk.do("people.enter", BEA, who="bea")
    yield
    desk.do("people.sign_out", who="bea")
