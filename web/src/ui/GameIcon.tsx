import { useState } from "react";
import classes from "./GameIcon.module.css";

interface GameIconProps {
  game: { id: string; name: string; icon: { thumbnailUrl: string } | null };
  size?: number;
}

/** A game's icon, or, also where it does not load, its first letter in a square of its own colour. It stands beside the name and says nothing itself. */
export function GameIcon({ game: { id, name, icon }, size = 20 }: GameIconProps) {
  const [broken, setBroken] = useState<string>();
  const url = icon?.thumbnailUrl;
  if (url !== undefined && url !== broken) {
    return <img className={classes.icon} src={url} width={size} height={size} alt="" loading="lazy" onError={() => setBroken(url)} />;
  }
  const [first = ""] = name;
  // Dark enough for white letters in every hue.
  const style = { width: size, height: size, fontSize: size * 0.55, background: `hsl(${hueOf(id)} 45% 30%)` };
  return (
    <span className={classes.icon} style={style} aria-hidden>
      {first.toUpperCase()}
    </span>
  );
}

/** A colour that stays with an id: 0 to 359. */
function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return sum;
}
