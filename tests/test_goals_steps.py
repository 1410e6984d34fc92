"""The steps of a goal: ticked, moved, taken out, also on two devices at once."""
from __future__ import annotations

from mentorlog import records
from mentorlog.sync import apply
from tests.submitting import fill, send, submit
from tests.test_goals import fields_of, put

STEPS = {"step1": "One", "step2": "Two", "step3": "Three"}


def test_a_step_keeps_its_id_and_its_tick_when_its_words_change(ada, cast):
    id = put(ada, "A goal", step1="One", step2="Two")
    one, two = fields_of(cast.ada, id)["steps"]
    send(ada, f"/goals/{id}/steps", fill(ada, f"/goals/{id}", f"/goals/{id}/steps", done=two["id"], step=two["id"]))
    assert submit(ada, f"/goals/{id}/edit", step1="", step2="Two, slowly", step6="Three").status_code == 303
    kept = fields_of(cast.ada, id)["steps"]
    assert [(step["text"], step["done"]) for step in kept] == [("Two, slowly", True), ("Three", False)]
    assert kept[0]["id"] == two["id"]
    assert one["id"] not in [step["id"] for step in kept]


def test_ticks_are_kept_and_taken_back(ada, cast):
    id = put(ada, "A goal", step1="One", step2="Two")
    one, two = [step["id"] for step in fields_of(cast.ada, id)["steps"]]
    form = {"step": [one, two], "done": [two]}
    assert send(ada, f"/goals/{id}/steps", form).headers["Location"] == f"/goals/{id}"
    assert [step["done"] for step in fields_of(cast.ada, id)["steps"]] == [False, True]
    send(ada, f"/goals/{id}/steps", form | {"done": []})
    assert [step["done"] for step in fields_of(cast.ada, id)["steps"]] == [False, False]


def test_a_step_that_the_form_did_not_show_keeps_its_tick(ada, cast):
    id = put(ada, "A goal", step1="One", step2="Two")
    one, two = [step["id"] for step in fields_of(cast.ada, id)["steps"]]
    send(ada, f"/goals/{id}/steps", {"step": [one, two], "done": [one, two]})
    send(ada, f"/goals/{id}/steps", {"step": [one], "done": []})
    assert [step["done"] for step in fields_of(cast.ada, id)["steps"]] == [False, True]


def test_a_tick_answers_with_the_changed_part(ada, cast):
    id = put(ada, "A goal", step1="One")
    [one] = [step["id"] for step in fields_of(cast.ada, id)["steps"]]
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"div#goal-{id}"}
    page = send(ada, f"/goals/{id}/steps", {"step": [one], "done": [one]}, **part).get_data(as_text=True)
    assert f'id="goal-{id}"' in page and "1 of 1" in page and "<html" not in page


def test_more_than_six_steps_of_two_devices_stay_and_may_become_fewer(ada, cast):
    id = put(ada, "A goal", **{f"step{n}": f"Step {n}" for n in range(1, 5)})
    goal = records.find(cast.ada, "goal", id)
    for names in (("5", "6"), ("7", "8")):  # two devices, each on what it saw
        more = [{"id": f"new-{name}", "text": f"Step {name}", "done": False} for name in names]
        change = {"id": records.new_id(), "kind": "goal", "record": id, "base": goal["rev"], "made_at": goal["at"],
                  "fields": {"steps": goal["fields"]["steps"] + more}}
        apply.take(cast.ada, None, [change])
    assert 'value="Step 8"' in ada.get(f"/goals/{id}/edit").get_data(as_text=True)
    assert submit(ada, f"/goals/{id}/edit", text="Reworded").status_code == 303
    assert len(fields_of(cast.ada, id)["steps"]) == 8
    assert submit(ada, f"/goals/{id}/edit", step1="", step8="").status_code == 303
    assert len(fields_of(cast.ada, id)["steps"]) == 6


MOVES = {"2-up": "Two One Three", "1-up": "One Two Three", "1-down": "Two One Three", "3-down": "One Two Three",
         "2-out": "One Three", "9-up": "One Two Three", "0-out": "One Two Three", "2-over": "One Two Three",
         "constructor": "One Two Three", "٢-up": "One Two Three"}


def test_a_button_beside_a_step_moves_it_and_saves_nothing(ada, cast):
    id = put(ada, "A goal", **STEPS)
    before, form = records.find(cast.ada, "goal", id)["rev"], fill(ada, f"/goals/{id}/edit", text="Typed, not saved")
    for move, order in MOVES.items():
        reply = send(ada, f"/goals/{id}/edit", form | {"move": move})
        page = reply.get_data(as_text=True)
        assert (reply.status_code, records.find(cast.ada, "goal", id)["rev"]) == (200, before), move
        places = [page.index(f'value="{step}"') for step in order.split()]
        assert places == sorted(places) and page.count('name="step6"') == 1, move
        assert "Typed, not saved" in page


def test_the_order_that_was_made_is_the_one_that_is_kept(ada, cast):
    id = put(ada, "A goal", **STEPS)
    ids = [step["id"] for step in fields_of(cast.ada, id)["steps"]]
    send(ada, f"/goals/{id}/steps", {"step": ids, "done": ids[1]})
    form = fill(ada, f"/goals/{id}/edit")
    for name in ("", "_id", "_done"):
        form[f"step1{name}"], form[f"step2{name}"] = form[f"step2{name}"], form[f"step1{name}"]
    send(ada, f"/goals/{id}/edit", form)
    kept = fields_of(cast.ada, id)["steps"]
    assert [(step["text"], step["done"]) for step in kept] == [("Two", True), ("One", False), ("Three", False)]
    assert sorted(step["id"] for step in kept) == sorted(ids)


def test_two_forms_that_order_the_steps_lose_none_of_them(ada, cast):
    id = put(ada, "A goal", **STEPS)
    one, other = fill(ada, f"/goals/{id}/edit"), fill(ada, f"/goals/{id}/edit", step4="Four")
    for form, at in ((one, 2), (other, 3)):
        for name in ("", "_id", "_done"):
            form[f"step1{name}"], form[f"step{at}{name}"] = form[f"step{at}{name}"], form[f"step1{name}"]
        assert send(ada, f"/goals/{id}/edit", form).status_code == 303
    assert [step["text"] for step in fields_of(cast.ada, id)["steps"]] == ["Three", "Two", "One", "Four"]


def test_a_step_that_went_elsewhere_while_the_form_was_open_stays_away(ada, cast):
    id = put(ada, "A goal", **STEPS)
    ids = [step["id"] for step in fields_of(cast.ada, id)["steps"]]
    send(ada, f"/goals/{id}/steps", {"step": ids, "done": ids[:1]})
    form = fill(ada, f"/goals/{id}/edit", text="Changed")
    submit(ada, f"/goals/{id}/edit", step1="")
    send(ada, f"/goals/{id}/edit", form)
    assert [step["text"] for step in fields_of(cast.ada, id)["steps"]] == ["Two", "Three"]


def test_a_form_of_the_version_before_keeps_the_ticks(ada, cast):
    id = put(ada, "A goal", step1="One")
    [step] = fields_of(cast.ada, id)["steps"]
    send(ada, f"/goals/{id}/steps", {"step": step["id"], "done": step["id"]})
    form = {name: value for name, value in fill(ada, f"/goals/{id}/edit").items() if not name.endswith("_done")}
    send(ada, f"/goals/{id}/edit", form)
    assert fields_of(cast.ada, id)["steps"][0]["done"]


def test_seven_steps_are_one_too_many(ada, cast):
    reply = submit(ada, "/goals/new", text="A goal", **{f"step{n}": f"Step {n}" for n in range(1, 8)})
    assert (reply.status_code, "6 at most" in reply.get_data(as_text=True)) == (422, True)
    assert 'value="Step 7"' in reply.get_data(as_text=True)
