import { expect, test } from "vitest";
import { formatMoney } from "./money";

test("every digit is kept, also where a float would lose it", () => {
  expect(formatMoney({ amount: "900719925474099.31", currency: "CNY" }, "zh-CN")).toBe("¥900,719,925,474,099.31");
});

test("a whole amount shows its cents", () => {
  expect(formatMoney({ amount: "1280.00", currency: "CNY" }, "en")).toBe("¥1,280.00");
});
