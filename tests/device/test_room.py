"""A device without room: the browser's own quota, not a stand-in for it."""
from __future__ import annotations

FULL = """async () => {
    const { create, equal, newId, news, reply, row, scene, throws } = await import('/cases/t/scene.js');
    const noise = () => ({ text: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(40_000)))) });
    const records = Array.from({ length: 400 }, () => row(newId(), noise()));
    const { store, sync } = scene([() => reply(news({ records }))]);
    await create(store, { text: 'Before.' });
    let saved = 0;
    await throws(async () => { for (; saved < 2_000; saved += 1) await create(store, noise()); }, 'NoRoom');
    equal([(await store.changes()).length, await store.count('entry')], [saved + 1, saved + 1]);
    equal((await sync.run()).sync, 'no_room');
    equal((await store.changes()).length, saved + 1);
    equal((await store.shelf('entry')).at(-1).fields.text.length > 0, true);
    return saved;
}"""
QUOTA_BYTES = 5_000_000


def test_a_full_device_says_so_and_keeps_what_it_has(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    tools = context.new_cdp_session(page)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": QUOTA_BYTES})
    assert page.evaluate(FULL) > 10
    context.close()
