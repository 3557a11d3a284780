import { createClient, type Client } from "graphql-ws";
import { accessToken } from "./session";
import { currentLocale, onSpoken } from "./words";

/** A socket to the API that notices when nobody is at its other end. */
export interface Socket {
  client: Client;
  /** The token it was opened with. */
  token: () => string | undefined;
  close: () => void;
}

const PING_MS = 15_000;
const PONG_MS = 4_000;

/** The socket's address beside the page's. */
export function socketUrl({ protocol, host }: { protocol: string; host: string }): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/graphql`;
}

/**
 * Makes a socket that opens when it is needed. A device that slept or changed its network holds a socket that looks open and is dead; so it is
 * pinged now and then, and at once when the device wakes up, and given up when no answer comes.
 */
export function openSocket(connected: () => void, gone: () => void): Socket {
  let token: string | undefined;
  let line: WebSocket | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let changing = false;
  const client = createClient({
    url: socketUrl(window.location),
    retryAttempts: 0,
    keepAlive: PING_MS,
    connectionParams: async () => {
      token = await accessToken();
      return { acceptLanguage: currentLocale(), ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    },
    on: {
      opened: (socket) => (line = socket as WebSocket),
      connected,
      closed: () => {
        clearTimeout(overdue);
        if (!changing) gone();
      },
      ping: (received) => {
        if (!received) expect();
      },
      pong: (received) => {
        if (received) clearTimeout(overdue);
      },
    },
  });
  const giveUp = () => client.terminate();
  function expect() {
    clearTimeout(overdue);
    overdue = setTimeout(giveUp, PONG_MS);
  }
  const probe = () => {
    if (document.visibilityState !== "visible" || line?.readyState !== WebSocket.OPEN) return;
    line.send('{"type":"ping"}');
    expect();
  };
  // Events come in the language that was told when it opened. It opens anew at once, which is no loss to tell of.
  const unhook = onSpoken(() => {
    changing = true;
    giveUp();
    changing = false;
  });
  document.addEventListener("visibilitychange", probe);
  window.addEventListener("online", probe);
  window.addEventListener("offline", giveUp);
  return {
    client,
    token: () => token,
    close: () => {
      unhook();
      document.removeEventListener("visibilitychange", probe);
      window.removeEventListener("online", probe);
      window.removeEventListener("offline", giveUp);
      clearTimeout(overdue);
      void client.dispose();
    },
  };
}
