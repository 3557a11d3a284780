// How somebody works a page: with a mouse, or by keys alone. A journey reads the same either way.
import assert from "node:assert/strict";

// More stops than any page has; who comes round without finding it cannot get there.
const STOPS = 250;

/** A mouse, with a keyboard for the words. */
export class Mouse {
  constructor(page) {
    this.page = page;
  }

  press(target) {
    return target.click();
  }

  write(field, text) {
    return field.fill(text);
  }

  check(box) {
    return box.check();
  }

  choose(list, label) {
    return list.selectOption({ label });
  }

  /** Turns to a tab. */
  tab(target) {
    return target.click();
  }

  /** Takes the first of what a field offers. */
  async pick(field) {
    await field.click();
    await this.offered.first().click();
    await this.page.keyboard.press("Escape");
  }

  get offered() {
    return this.page.getByRole("option").filter({ visible: true });
  }

  /** Chooses a file where a button, or a place to drop it, asks for one. */
  async attach(opener, file) {
    const asked = this.page.waitForEvent("filechooser");
    await this.press(opener);
    await (await asked).setFiles(file);
  }
}

/** No mouse: from stop to stop by Tab, each with the focus in sight. */
export class Keys extends Mouse {
  async press(target) {
    if ((await target.getAttribute("role")) === "menuitem") await this.#arrows(target, "ArrowDown", (element) => element === document.activeElement);
    else await this.#reach(target);
    await this.page.keyboard.press("Enter");
  }

  async write(field, text) {
    await this.#reach(field);
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(text);
  }

  async check(box) {
    await box.waitFor({ state: "attached" });
    if (await box.isChecked()) return;
    if ((await box.getAttribute("type")) === "radio") return this.#turn(box);
    await this.#reach(box);
    await this.page.keyboard.press("Space");
  }

  async choose(list, label) {
    await this.#reach(list);
    await this.page.keyboard.type(label);
    assert.equal(await list.evaluate((element) => element.selectedOptions[0].textContent), label);
  }

  async tab(target) {
    await target.waitFor();
    await this.#walk(target, (element) => element.closest("[role=tablist]").contains(document.activeElement));
    await this.#arrows(target, "ArrowRight", (element) => element === document.activeElement);
    await target.and(this.page.locator("[aria-selected=true]")).waitFor();
  }

  async pick(field) {
    await this.#reach(field);
    await this.page.keyboard.press("ArrowDown");
    await this.offered.first().waitFor();
    if ((await this.offered.and(this.page.locator("[data-combobox-selected]")).count()) === 0) await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.press("Escape");
  }

  /** A group of radio buttons is one stop; the arrows go from one to the next. */
  async #turn(button) {
    await this.#walk(button, (element) => document.activeElement.type === "radio" && document.activeElement.name === element.name);
    const isThere = (element) => element === document.activeElement;
    if (await button.evaluate(isThere)) await this.page.keyboard.press("Space");
    else await this.#arrows(button, "ArrowDown", isThere);
    await button.and(this.page.locator(":checked")).waitFor({ state: "attached" });
  }

  /** Presses an arrow until it has led to what is wanted. */
  async #arrows(target, arrow, isThere) {
    await target.waitFor({ state: "attached" });
    for (let presses = 0; !(await target.evaluate(isThere)); presses += 1) {
      assert.ok(presses < STOPS, `${arrow} leads to ${target}`);
      await this.page.keyboard.press(arrow);
    }
  }

  async #reach(target) {
    // Whoever has no mouse waits as well until it is there and not busy.
    await target.click({ trial: true });
    await this.#walk(target, (element) => element === document.activeElement);
  }

  /** Presses Tab until the focus is where it is wanted. */
  async #walk(target, isThere) {
    for (let presses = 0; presses < STOPS; presses += 1) {
      const [there, { seen, name }] = await Promise.all([target.evaluate(isThere), this.page.evaluate(focus)]);
      assert.ok(seen, `the focus on “${name}” can be seen`);
      if (there) return;
      await this.page.keyboard.press("Tab");
    }
    assert.fail(`Tab does not lead to ${target}`);
  }
}

/** Runs in the page: what has the focus, and whether that is to be seen. The buttons of a switch are drawn by their labels. */
function focus() {
  const { activeElement } = document;
  const label = activeElement.labels?.[0];
  const boxes = [activeElement, label].filter(Boolean).map((one) => one.getBoundingClientRect());
  const seen = boxes.some(({ width, height }) => width > 0 && height > 0);
  return { seen, name: activeElement.getAttribute("aria-label") ?? (label ?? activeElement).textContent.trim().slice(0, 60) };
}
