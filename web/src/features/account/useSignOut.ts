import { useNavigate } from "react-router";
import { SessionEndDocument } from "../../gql/account";
import { useAct } from "../../lib/act";
import { end } from "../../lib/session";

/** Signs out and goes to the market. Without an answer nobody is signed out, for the cookie would still be good. */
export function useSignOut() {
  const { run, busy } = useAct(SessionEndDocument, (data) => data.sessionEnd);
  const navigate = useNavigate();
  const signOut = async () => {
    const { problems } = await run({});
    const ended = problems === undefined || problems[0].code === "UNAUTHENTICATED";
    if (ended) {
      end();
      await navigate("/");
    }
    return ended;
  };
  return { signOut, busy };
}
