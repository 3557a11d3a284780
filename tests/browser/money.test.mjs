// Money comes in through the bank and goes out again, and the wallet tells it as it happens.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

const DAY_MS = 86_400_000;
let stage;
let clock;
before(async () => {
  stage = await Stage.open({
    demo: true,
    settings: ({ folder }) => {
      clock = join(folder, "clock");
      writeFileSync(clock, "0");
      return { HANDOVER_CLOCK__OFFSET_FILE: clock };
    },
  });
});
after(() => stage?.close());

test("a deposit is paid at the bank, a withdrawal waits its day and is paid, by keys alone", { timeout: 600_000 }, async () => {
  const mei = await stage.demoPerson("mei", { keys: true });
  const { page, dialog } = mei;
  await mei.goto("/wallet");
  const before = await available(page);
  await mei.press("Deposit");
  await mei.write("Amount", "320.50");
  await mei.press("To the bank");
  await mei.press("Pay");
  await page.waitForURL(/\/wallet/);
  await showsAvailable(page, before + 32_050);

  await mei.press("Withdraw");
  await mei.write(dialog.getByLabel("Bank account number"), "6222 0202 0011 7788");
  await mei.press(dialog.getByRole("button", { name: "Add this account" }));
  await mei.write(dialog.getByLabel("Amount"), "120");
  await mei.press(dialog.getByRole("button", { name: "Withdraw" }));
  await showsAvailable(page, before + 20_050);

  await mei.hands.tab(page.getByRole("tab", { name: "Withdrawals" }));
  await page.getByText(/Goes out/).first().waitFor();
  writeFileSync(clock, String(DAY_MS + 60_000));
  await page.getByText("Paid", { exact: true }).first().waitFor();
  const verified = stage.server.command("ledger", "verify");
  assert.equal(verified.status, 0, verified.stdout);
  assert.deepEqual(mei.complaints, []);
});

/** What can be spent, in fen. */
async function available(page) {
  const text = await page.getByTestId("available").textContent();
  return Math.round(Number(/[\d,]+\.\d\d/.exec(text)[0].replaceAll(",", "")) * 100);
}

/** Waits until so many fen can be spent. */
async function showsAvailable(page, fen) {
  const text = new Intl.NumberFormat("en", { style: "currency", currency: "CNY", currencyDisplay: "narrowSymbol" }).format(fen / 100);
  await page.getByTestId("available").filter({ hasText: text }).waitFor();
}
