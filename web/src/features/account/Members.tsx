import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "../../lib/session";

/** Lets whoever is signed in through; others sign in first and come back. */
export function Members() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session === "out") return <Navigate to="/sign-in" replace state={{ from: pathname + search }} />;
  return <Outlet />;
}
