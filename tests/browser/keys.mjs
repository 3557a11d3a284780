// The keyboard, as whoever has no mouse uses it.
import assert from "node:assert/strict";

/** Presses Tab until the focus is where it is wanted. Each stop must be in sight. */
export async function walk(page, wanted) {
  const is = wanted instanceof RegExp ? (one) => wanted.test(one.name) || wanted.test(one.label) : wanted;
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    const one = await page.evaluate(() => {
      const { activeElement } = document;
      const box = activeElement.getBoundingClientRect();
      return {
        name: activeElement === document.body ? "" : activeElement.textContent.trim(),
        label: activeElement.getAttribute("aria-label") ?? "",
        href: activeElement.getAttribute("href"),
        autocomplete: activeElement.getAttribute("autocomplete"),
        seen: box.width > 0 && box.height > 0,
      };
    });
    assert.ok(one.seen, `the focus on “${one.name || one.label}” can be seen`);
    if (is(one)) return;
  }
  assert.fail(`Tab does not lead to ${wanted}`);
}
