import { useEffect, useState } from "react";
import { serverNow } from "./clock";

/** Days, hours, minutes and seconds of a number of seconds. */
export interface Left {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** How long that is, in whole units. */
export function split(seconds: number): Left {
  const whole = Math.max(0, Math.floor(seconds));
  return {
    days: Math.floor(whole / 86_400),
    hours: Math.floor(whole / 3_600) % 24,
    minutes: Math.floor(whole / 60) % 60,
    seconds: whole % 60,
  };
}

/** Counts down from what the server said, by the server's time: a device that slept goes on where it should be. */
export function useCountdown(secondsLeft: number): number {
  const [base, setBase] = useState(secondsLeft);
  const [elapsed, setElapsed] = useState(0);
  if (base !== secondsLeft) {
    setBase(secondsLeft);
    setElapsed(0);
  }
  useEffect(() => {
    const from = serverNow();
    const timer = setInterval(() => setElapsed((serverNow() - from) / 1_000), 1_000);
    return () => clearInterval(timer);
  }, [secondsLeft]);
  return Math.max(0, base - elapsed);
}
