"""Known faults, put into the source text on purpose: the simulator or a directed case has to notice each of them."""
from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

OURS = ("mentorlog.sync", "mentorlog.records", "tests.sync")


@dataclass(frozen=True)
class Bug:
    """One place of one module, and what it says instead. by: the rare case that is there to notice it; else a life."""

    module: str
    old: str
    new: str
    by: str = ""


DEVICE = "tests.sync.simulator.device"
BUGS = {
    "no idempotency": Bug(
        "mentorlog.sync.judge", "    if change.id in batch.done:\n",
        "    if batch.done.pop(change.id, None) and False:\n"),
    "the cursor is the newest number, not the last row sent": Bug(
        "mentorlog.sync.pull", '{"cursor": page[-1].number if page else cursor,',
        '{"cursor": Person.get_by_id(person).counter,'),
    "withdrawals ignored in the feed": Bug(
        "mentorlog.sync.publish", "            if before.get(person) == after.get(person):\n",
        "            if person not in after or before.get(person) == after.get(person):\n",
        by="a_binned_entry_is_out_of_the_mentors_sight"),
    "an answer outlives its worksheet": Bug(
        "mentorlog.sync.parts", "    for record in living:\n", "    for record in living[:0]:\n"),
    "last write wins": Bug(
        "mentorlog.sync.join", "    if has.settled or name in LATER_WINS:", "    if True:"),
    "everyone of the pair sees private things": Bug(
        "mentorlog.records.sight", '        pair = self.active(record.fields.get("shared"))\n',
        '        pair = self.active(record.fields.get("shared")) or next(\n'
        "            (one for one in self.pairs.values() if one.mentee == record.owner and not one.ended), None)\n"),
    "private fields shown": Bug(
        "mentorlog.records.sight", 'KINDS[record.kind].private | {"shared", "binned_at"}',
        '{"shared", "binned_at"}', by="a_lesson_is_joined_and_the_goals_of_an_entry_are_told_to_nobody"),
    "the bin is shown to the mentor": Bug(
        "mentorlog.records.sight", ' or record.fields.get("binned_at")', "",
        by="a_binned_entry_is_out_of_the_mentors_sight"),
    "what waits is dropped at 401": Bug(
        DEVICE, "        for change in picked:\n",
        "        self.hits = getattr(self, 'hits', 0) + 1\n"
        "        self.changes = self.changes if self.hits % 9 else []\n"
        "        for change in picked:\n"),
    "answered before the commit": Bug(
        "mentorlog.sync.apply", "        with db.atomic():\n            return _together(author, changes)\n",
        "        with db.atomic() as transaction:\n            answer = _together(author, changes)\n"
        "            if len(changes) % 3 == 1:\n                transaction.rollback()\n            return answer\n"),
    "a change grows after it was sent": Bug(
        DEVICE, "    def put(self, plan: dict[str, Any], stands: dict[str, Any], was: Fields, digest: str) -> None:\n",
        "    def put(self, plan: dict[str, Any], stands: dict[str, Any], was: Fields, digest: str) -> None:\n"
        "        if stands.get('after') and self.changes and self.changes[-1]['id'] == stands['after']:\n"
        "            self.changes[-1]['fields'] |= plan['fields']\n            return\n",
        by="a_form_opened_before_its_change_was_mended_never_saw_the_mended_words"),
    "a chained change is merged against the joined text": Bug(
        "mentorlog.sync.judge", 'change.stands == "after" and past.seen is not None else', "False else",
        by="a_chained_change_removes_nothing_of_others"),
    "after becomes base when the form is saved": Bug(
        DEVICE, 'return {"after": plan["after"]} | showed', 'return {"base": self.said(plan["record"]).get("rev")}',
        by="a_chained_change_removes_nothing_of_others"),
    "a form showed what was made of its change since": Bug(
        DEVICE, 'if showed is None else showed', 'if True else showed',
        by="a_form_opened_before_its_change_was_mended_never_saw_the_mended_words"),
    "a form stands on what the store holds at saving": Bug(
        DEVICE, "        stands = self.standing(plan)\n",
        "        mine = self.waiting_on(plan['record'])\n"
        "        stands = {'after': mine[-1]['id']} if mine else {'base': self.said(plan['record']).get('rev')}\n",
        by="a_chained_change_removes_nothing_of_others"),
    "own text waits for its page": Bug(
        "mentorlog.sync.pull", "if more else []", "if False else []",
        by="what_was_just_taken_does_not_wait_for_its_page"),
    "replies taken in any order": Bug(
        DEVICE, '        if (asked["epoch"], asked["cursor"]) != (self.epoch, self.cursor):\n', "        if False:\n"),
    "sharing not held back after a restore": Bug(
        "mentorlog.records.sight", " and record.owner not in self.withheld", "",
        by="sharing_is_held_back_after_a_restore"),
    "nothing handed back after a restore": Bug(
        DEVICE, "back + self.changes, {}", "self.changes, {}", by="the_bin_is_the_same_after_a_restore"),
    "a joined state has the name of its change alone": Bug(
        "mentorlog.sync.judge", "change.id if only_one else", "change.id if True else",
        by="a_change_that_is_joined_otherwise_after_a_restore_is_another_state"),
    "an older state handed back wins": Bug(
        "mentorlog.sync.judge", "    if past is None or not batch.author.descends:\n", "    if past is None:\n",
        by="an_older_state_handed_back_does_not_win"),
    "a deletion handed back takes texts along": Bug(
        "mentorlog.sync.judge", '    if not change.fields.get("deleted"):\n        return Saw(past.fields',
        "    if True:\n        return Saw(past.fields",
        by="a_deletion_handed_back_keeps_what_its_author_may_not_have_seen"),
    "a deletion takes the unseen text along": Bug(
        "mentorlog.sync.judge", '    unseen = [] if before.get("deleted") else', "    unseen = [] if True else",
        by="what_is_deleted_takes_no_unseen_text_along"),
    "an edit of a deleted record vanishes": Bug(
        "mentorlog.sync.join", "Joined(dict(current), unseen_texts(kind, new, saw))", "Joined(dict(current), [])"),
    "what follows a refused change is sent": Bug(
        DEVICE, '            elif change["record"] not in blocked:', "            else:",
        by="nothing_comes_from_behind_a_refusal"),
    "what follows a refused change in its batch is taken": Bug(
        "mentorlog.sync.apply", '{"outcome": "behind"} if raw["record"] in stuck else', "{} if False else",
        by="nothing_in_a_batch_comes_from_behind_a_refusal"),
    "an unseen withdrawal loses against a share": Bug(
        "mentorlog.sync.judge", 'and not (unseen and "shared" in change.fields)', "and True",
        by="an_unseen_withdrawal_wins"),
    "an ended pair still reads": Bug(
        "mentorlog.records.sight", "return found if found and not found.ended else None", "return found",
        by="the_end_of_a_pair_takes_back_what_was_shown"),
    "a kept copy is forgotten": Bug(
        "mentorlog.sync.join", "        joined.kept.append((name, has.new))\n\n\ndef _join_list",
        "        pass\n\n\ndef _join_list"),
    "two kept copies of one change share an id": Bug(
        "mentorlog.sync.batch", "number = len([1 for _, known in self.copies if known is outcome])", "number = 0",
        by="two_texts_of_one_change_are_kept_apart"),
    "a step that both changed is taken from one": Bug(
        "mentorlog.sync.join", '    joined.fields[name] = [mended.get(row["id"], row) for row in rows]',
        "    joined.fields[name], joined.kept = rows, []", by="a_step_that_two_devices_change_is_kept"),
    "an echo of a state that the device has not heard of": Bug(
        "mentorlog.sync.judge", "    if same and (record is None or record.rev == change.on):\n", "    if same:\n",
        by="what_was_changed_and_changed_back_elsewhere_is_the_same_everywhere"),
    "an echo of a record whose clock was put right": Bug(
        "mentorlog.sync.pull", "return made_at is None or kind.at(record.fields, made_at) == record.at", "return True",
        by="a_wrong_clock_moves_no_entry"),
    "Back after saving writes over the first text": Bug(
        DEVICE, '"after": plan["change"]}\n', '"base": plan.get("base")}\n',
        by="back_and_save_again_stands_on_the_first_save"),
}

# What a tired maintainer would write.
BUGS |= {
    "nobody is told that the sharing was not taken": Bug(
        "mentorlog.sync.judge", '    outcome |= {"withheld": True} if withheld else {}\n', "",
        by="an_unseen_withdrawal_wins"),
    "a batch is taken in the order of the clock": Bug(
        "mentorlog.sync.apply", "    try:\n        with db.atomic():\n            return _together",
        "    changes = sorted(changes, key=lambda raw: raw['made_at'] or '')\n"
        "    try:\n        with db.atomic():\n            return _together",
        by="a_chain_is_taken_in_the_order_of_writing_though_the_clock_was_set_back"),
    "of two devices the first one wins": Bug(
        "mentorlog.sync.join", "        joined.fields[name] = has.new  # my two devices:",
        "        return  # my two devices:"),
    "what the incoming list adds is dropped": Bug(
        "mentorlog.sync.merge", "    order = [id for id in first if id in rows]\n",
        "    order = [id for id in first if id in rows and id in second]\n", by="what_both_add_to_a_list_is_in_it"),
    "what only the server has in a list is dropped": Bug(
        "mentorlog.sync.merge", "        if id in rows and id not in order:\n", "        if False:\n",
        by="what_both_add_to_a_list_is_in_it"),
    "an element that was taken out comes back": Bug(
        "mentorlog.sync.merge", "        return None if current == saw else current\n", "        return current\n",
        by="a_step_that_one_takes_out_is_out_and_one_that_the_other_changed_stays"),
    "a tick undoes the order that another device made": Bug(
        "mentorlog.sync.merge", "    only_there = _moved(seen, now) and not _moved(seen, wanted)\n",
        "    only_there = False\n", by="a_new_order_is_not_undone_by_a_tick_elsewhere"),
    "tags are joined by union": Bug(
        "mentorlog.sync.merge", "    taken_out = set(saw) - set(new)\n", "    taken_out = set()\n",
        by="a_tag_that_was_taken_off_stays_off"),
    "the cursor only goes up": Bug(
        DEVICE, 'self.names, self.cursor = told["epoch"], told["names"], told["cursor"]\n',
        'self.names, self.cursor = told["epoch"], told["names"], max(self.cursor, told["cursor"])\n',
        by="the_bin_is_the_same_after_a_restore"),
    "the cursor of a former epoch is believed": Bug(
        "mentorlog.sync.pull", 'asked["cursor"] if known else 0', 'asked["cursor"]',
        by="the_bin_is_the_same_after_a_restore"),
    "changes of a former epoch are taken before it is told": Bug(
        "mentorlog.sync.pull", 'if known or asked["epoch"] is None else {}', "if True else {}"),
    "rows that come along move the cursor": Bug(
        "mentorlog.sync.pull", '{"cursor": page[-1].number if page else cursor,',
        '{"cursor": max([cursor, *(row.number for row in rows)]),'),
    "an echo of what the server wrote into": Bug(
        "mentorlog.sync.pull", "    if any(spec.server for spec in kind.specs.values()):\n        return False\n", "",
        by="a_rating_keeps_what_gave_way_on_every_device"),
    "what stood on a discarded change stays on it": Bug(
        DEVICE, '                above |= stands | {"was": kept | pick(above["fields"], old["was"])}\n',
        '                above |= {"after": old["id"]}\n',
        by="what_stood_on_a_discarded_change_is_taken_as_if_that_had_never_been"),
    "what a deleter did not see goes to the deleter": Bug(
        "mentorlog.sync.judge", "batch.keep(_last_author(batch, record), of_others",
        "batch.keep(batch.person.id, of_others", by="what_a_deleter_never_saw_goes_to_who_wrote_it"),
    "what is taken out of the bin while it is emptied is lost": Bug(
        "mentorlog.sync.join", "        fields, saw = saw | fields, {}\n", "        pass\n",
        by="what_one_brings_back_while_the_other_empties_the_bin_is_kept"),
    "the bin empties itself of a record only once": Bug(
        "mentorlog.sync.upkeep", 'name_id(one.rev, "purge")', 'name_id(one.id, "purge")',
        by="the_bin_empties_itself_again_of_what_was_made_anew"),
    "the bin empties itself at once": Bug(
        "mentorlog.sync.upkeep", "edge = clock.now() - timedelta(days=DAYS_IN_THE_BIN)",
        "edge = clock.now() + timedelta(days=1)", by="the_bin_empties_itself_and_no_later_edit_is_lost"),
    "two who bin one session get a proposal": Bug(
        "mentorlog.sync.join", 'LATER_WINS = ("binned_at", "deleted")', 'LATER_WINS = ("deleted",)',
        by="two_who_bin_one_session_need_no_proposal"),
    "an edit takes a record out of the bin": Bug(
        "mentorlog.sync.judge", "    fields = change.kind.settle(fields, before, change.made_at)\n",
        "    fields = change.kind.settle(fields, before, change.made_at)\n"
        "    fields |= {'binned_at': None} if 'text' in change.fields and fields.get('binned_at') else {}\n",
        by="a_binned_entry_is_out_of_the_mentors_sight"),
    "a record that two devices begin becomes two": Bug(
        DEVICE, '            if not has_meaning(plan["kind"], plan["fields"]):\n', "            if True:\n",
        by="an_answer_made_anew_is_the_same_everywhere"),
    "the clock of a phone is believed": Bug(
        "mentorlog.sync.change", "        made_at += shift\n", "        pass\n", by="a_wrong_clock_moves_no_entry"),
    "the second restore forgets who has not told of the first": Bug(
        "mentorlog.sync.restore",
        '    Device.update(epoch=UNTOLD).where(Device.person == person, Device.epoch != "", '
        "Device.epoch != former).execute()\n", "", by="an_older_state_handed_back_does_not_win"),
    "the value that gave way is forgotten": Bug(
        "mentorlog.sync.judge", "    fields = change.kind.settle(fields, before, change.made_at)\n", ""),
    "what became of a card's sessions is asked of the person": Bug(
        "mentorlog.sync.pairs", "asks=False, server=True", "asks=False",
        by="what_a_card_became_a_pair_with_is_seen_by_both"),
    "the day and the hour of a session are joined apart": Bug(
        "mentorlog.sync.join", "    for group in kind.together:\n", "    for group in ():\n",
        by="two_moves_of_a_session_never_make_a_third"),
}


@contextmanager
def planted(bug: Bug) -> Iterator[None]:
    """Run with the bug in place; every module that took a name over from the spoilt one gets the spoilt one too."""
    importlib.import_module(bug.module)
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(OURS)]
    before = {module: dict(vars(module)) for module in modules}
    spoil(sys.modules[bug.module], bug, modules)
    try:
        yield
    finally:
        for module, names in before.items():
            vars(module).clear()
            vars(module).update(names)


def spoil(module: ModuleType, bug: Bug, modules: list[ModuleType]) -> None:
    path = Path(str(module.__file__))
    text = path.read_text("utf-8")
    assert text.count(bug.old) == 1, f"{bug.module} has {text.count(bug.old)} times: {bug.old}"
    was = dict(vars(module))
    exec(compile(text.replace(bug.old, bug.new), str(path), "exec"), vars(module))
    fresh = {id(value): vars(module)[name] for name, value in was.items() if _is_own(value, module)}
    for other in modules:
        for name, value in list(vars(other).items()):
            if id(value) in fresh and other is not module:
                setattr(other, name, fresh[id(value)])


def _is_own(value: object, module: ModuleType) -> bool:
    return getattr(value, "__module__", None) == module.__name__
