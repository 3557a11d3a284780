/** What tabs of one browser tell each other: somebody asks whether there is a speaker, or the speaker says something. */
type Word<W> = { kind: "ask" } | { kind: "said"; said: W };

/** How one tab takes part. */
export interface Turns<W> {
  /** Tells the other tabs something, as their speaker. */
  tell: (said: W) => void;
  leave: () => void;
}

interface Part<W> {
  /** What to do while this tab speaks for all; ends when the signal says so. */
  speak: (stop: AbortSignal) => Promise<void>;
  /** A word of the tab that speaks. */
  hear: (said: W) => void;
  /** Another tab asked whether this one still speaks: tell it something. */
  asked: () => void;
}

// A speaker that says nothing for so long after a question is asleep, as browsers put tabs in the background to sleep.
const PATIENCE_MS = 3_000;

/** The way tabs talk to each other, silent once this one has left. */
function openChannel<W>(name: string, left: AbortSignal) {
  const channel = new BroadcastChannel(name);
  left.addEventListener("abort", () => channel.close());
  const post = (word: Word<W>) => {
    if (!left.aborted) channel.postMessage(word);
  };
  return { channel, post };
}

/** Lets one of a browser's tabs speak for all of them. When it goes, or falls asleep while somebody looks at another, the next one does. */
export function takeTurns<W>(name: string, { speak, hear, asked }: Part<W>): Turns<W> {
  const leaving = new AbortController();
  const left = () => leaving.signal.aborted;
  const { channel, post } = openChannel<W>(name, leaving.signal);
  let queue = new AbortController();
  let robbing = false;
  let speaking = false;
  let silence: ReturnType<typeof setTimeout> | undefined;

  channel.onmessage = ({ data }: MessageEvent<Word<W>>) => {
    if (data.kind === "ask") {
      if (speaking) asked();
      return;
    }
    clearTimeout(silence);
    hear(data.said);
  };

  const rob = () => {
    robbing = !speaking;
    if (robbing) queue.abort();
  };
  const look = () => {
    if (speaking || document.visibilityState !== "visible") return;
    clearTimeout(silence);
    silence = setTimeout(rob, PATIENCE_MS);
    post({ kind: "ask" });
  };

  const attend = async () => {
    while (!left()) {
      queue = new AbortController();
      const turn = new AbortController();
      const how: LockOptions = robbing ? { steal: true } : { signal: AbortSignal.any([leaving.signal, queue.signal]) };
      robbing = false;
      const serve = () => {
        speaking = true;
        return speak(AbortSignal.any([leaving.signal, turn.signal]));
      };
      // It ends by an error when this tab leaves the queue, or when another one took its turn away.
      await navigator.locks.request(name, how, serve).catch(() => undefined);
      speaking = false;
      turn.abort();
    }
  };

  document.addEventListener("visibilitychange", look);
  void attend();
  look();
  return {
    tell: (said) => post({ kind: "said", said }),
    leave: () => {
      document.removeEventListener("visibilitychange", look);
      clearTimeout(silence);
      leaving.abort();
    },
  };
}

const LOOKING = "handover.looking";
// So long whoever told something keeps the others from telling it as well; tabs in the background are slow.
const TOLD_MS = 5_000;

/** Lets the other tabs know as long as somebody looks at this one, until it is told to stop. */
export function beLookedAt(stop: AbortSignal): void {
  let hidden: (() => void) | undefined;
  const look = () => {
    if (document.visibilityState !== "visible" || stop.aborted) {
      hidden?.();
      hidden = undefined;
      return;
    }
    if (hidden) return;
    const until = new Promise<void>((done) => (hidden = done));
    // Several tabs can be looked at, in several windows.
    void navigator.locks.request(LOOKING, { mode: "shared" }, () => until);
  };
  document.addEventListener("visibilitychange", look, { signal: stop });
  stop.addEventListener("abort", look);
  look();
}

/** Does something that concerns all tabs of this browser in one of them alone, and in none while somebody looks at any. */
export async function whileAway(name: string, act: () => void): Promise<void> {
  await navigator.locks.request(`handover.away.${name}`, { ifAvailable: true }, async (turn) => {
    if (!turn) return;
    const { held } = await navigator.locks.query();
    if (held?.some((lock) => lock.name === LOOKING)) return;
    act();
    await new Promise((done) => setTimeout(done, TOLD_MS));
  });
}
