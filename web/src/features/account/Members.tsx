import { useState } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { didSignOut, KEPT } from "../../lib/leave";
import { useSession } from "../../lib/session";

/** Lets whoever is signed in through; others sign in first and come back. Whoever signs out here goes to the market. */
export function Members() {
  const session = useSession();
  const [first] = useState(session);
  const { pathname, search } = useLocation();
  if (session === "out" && first !== "out" && didSignOut()) return <Navigate to="/" replace state={KEPT} />;
  if (session === "out") return <Navigate to="/sign-in" replace state={{ from: pathname + search }} />;
  return <Outlet />;
}
