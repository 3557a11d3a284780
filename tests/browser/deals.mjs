// Deals of the demonstration's people, as far as a journey needs them, by what they press.
import { png } from "../clients/png.mjs";

/** Bea has bought something of a seller, who has handed it over; both look at the order. */
export async function traded(stage, nickname, name, options) {
  const [bea, seller] = await Promise.all([stage.demoPerson("bea", options), stage.demoPerson(name, options)]);
  const { id } = await stage.listing(({ seller: of, price }) => of.nickname === nickname && price.amount < 1500);
  await bea.goto(`/listings/${id}`);
  await bea.press("Buy");
  await bea.press(bea.dialog.getByRole("button", { name: /^Pay / }));
  await bea.page.waitForURL(/\/orders\//);
  await seller.goto(new URL(bea.page.url()).pathname);
  await seller.write("Login name", "traveller60");
  await seller.write(seller.page.getByRole("textbox", { name: "Password" }), "Moon-Tiger-88");
  await seller.press("Hand over");
  await bea.press("Show the credentials");
  await bea.page.getByText("Moon-Tiger-88").waitFor();
  return { bea, seller };
}

/** Somebody offers an account as its game asks, with a picture, and sees it wait for review. */
export async function sell(seller) {
  await seller.goto("/sell");
  for (const name of ["Game", "Server"]) {
    await seller.hands.pick(seller.page.getByRole("combobox", { name }).or(seller.page.getByRole("textbox", { name })).first());
  }
  await answerAll(seller);
  await seller.write("Title", "Level 60 with 23 five-stars");
  await seller.write(seller.page.getByRole("textbox", { name: "Description" }), "Adventure rank 60. No e-mail is bound, no penalties.");
  await seller.hands.attach(seller.page.locator("[role=presentation]:has(> input[type=file])"), picture("cover.png"));
  await seller.page.getByRole("img", { name: "cover.png" }).waitFor();
  await seller.write(seller.page.getByRole("textbox", { name: "Price" }), "128.00");
  await seller.press("Send to review");
  await seller.page.waitForURL("/my/listings");
  const offered = seller.page.getByRole("article", { name: "Level 60 with 23 five-stars" });
  await offered.getByText("In review", { exact: true }).waitFor();
}

/** Answers whatever else the game asks for. */
async function answerAll({ page, hands }) {
  for (const input of await page.locator("form input[required]").all()) {
    if ((await input.inputValue()) !== "") continue;
    if ((await input.getAttribute("aria-haspopup")) === "listbox") await hands.pick(input);
    else await hands.write(input, "30");
  }
}

/** The buyer confirms that he has the account. */
export async function confirmed(bea) {
  await bea.decide("Confirm receipt", async (dialog) => {
    const open = dialog.getByRole("checkbox");
    await dialog.getByText("What happens then").waitFor();
    if ((await open.count()) > 0) await bea.hands.check(open);
  });
}

/** The buyer asks for a return. */
export async function askBack(bea) {
  await bea.decide("Ask for a return", (dialog) =>
    bea.write(dialog.getByLabel("Why the buyer wants to return it"), "The rank is lower than it says."),
  );
}

/** The buyer hands the account back as it was, and the seller refuses the return with evidence. */
export async function refused(bea, seller) {
  await askBack(bea);
  await bea.hands.check(bea.page.getByRole("radio", { name: /I changed nothing/ }));
  await bea.press("Hand back");
  await seller.decide("Refuse the return", async (dialog) => {
    await seller.write(dialog.getByLabel("What is wrong with it"), "Two skins were sold while he had it.");
    await seller.hands.attach(dialog.getByRole("button", { name: "Add pictures" }), picture("gone.png"));
    await dialog.getByRole("img", { name: "gone.png" }).waitFor();
  });
}

export function picture(name) {
  return { name, mimeType: "image/png", buffer: png(64, 48) };
}
