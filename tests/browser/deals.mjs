// Deals of the demonstration's people, as far as a journey needs them, by what they press.
import { png } from "../clients/png.mjs";

/** Bea has bought something of a seller, who has handed it over; both look at the order. */
export async function traded(stage, nickname, name) {
  const [bea, seller] = await Promise.all([stage.demoPerson("bea"), stage.demoPerson(name)]);
  const { id } = await stage.listing(({ seller: of, price }) => of.nickname === nickname && price.amount < 1500);
  await bea.goto(`/listings/${id}`);
  await bea.button("Buy").click();
  await bea.page.getByRole("dialog").getByRole("button", { name: /^Pay / }).click();
  await bea.page.waitForURL(/\/orders\//);
  await seller.goto(new URL(bea.page.url()).pathname);
  await seller.field("Login name").fill("traveller60");
  await seller.page.getByRole("textbox", { name: "Password" }).fill("Moon-Tiger-88");
  await seller.button("Hand over").click();
  await bea.button("Show the credentials").click();
  await bea.page.getByText("Moon-Tiger-88").waitFor();
  return { bea, seller };
}

/** The buyer confirms that he has the account. */
export async function confirmed(bea) {
  await bea.button("Confirm receipt").click();
  const dialog = bea.page.getByRole("dialog");
  const open = dialog.getByRole("checkbox");
  if ((await open.count()) > 0) await open.check();
  await dialog.getByRole("button", { name: "Confirm receipt" }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** The buyer asks for a return. */
export async function askBack(bea) {
  await bea.button("Ask for a return").click();
  const dialog = bea.page.getByRole("dialog");
  await dialog.getByLabel("Why the buyer wants to return it").fill("The rank is lower than it says.");
  await dialog.getByRole("button", { name: "Ask for a return" }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** The buyer hands the account back as it was, and the seller refuses the return with evidence. */
export async function refused(bea, seller) {
  await askBack(bea);
  await bea.page.getByRole("radio", { name: /I changed nothing/ }).check();
  await bea.button("Hand back").click();
  await seller.button("Refuse the return").click();
  const dialog = seller.page.getByRole("dialog");
  await dialog.getByLabel("What is wrong with it").fill("Two skins were sold while he had it.");
  await dialog.locator("input[type=file]").setInputFiles({ name: "gone.png", mimeType: "image/png", buffer: png(64, 48) });
  await dialog.getByRole("img", { name: "gone.png" }).waitFor();
  await dialog.getByRole("button", { name: "Refuse the return" }).click();
  await dialog.waitFor({ state: "hidden" });
}
