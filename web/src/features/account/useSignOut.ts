import { useNavigate } from "react-router";
import { SessionEndDocument } from "../../gql/account";
import { useAct } from "../../lib/act";
import { KEPT, mayLeave, signsOut } from "../../lib/leave";
import { end } from "../../lib/session";
import { toast } from "../../lib/toast";
import { useProblemWords } from "../../ui/States";

/** Signs out and goes to the market, or tells why not: without an answer nobody is signed out, for the cookie would still be good. */
export function useSignOut() {
  const { run, busy } = useAct(SessionEndDocument, (data) => data.sessionEnd);
  const navigate = useNavigate();
  const say = useProblemWords();
  const signOut = async () => {
    if (!(await mayLeave())) return;
    // The session may be found to be over before the answer is here.
    signsOut(true);
    const { problems } = await run({});
    if (problems && problems[0].code !== "UNAUTHENTICATED") {
      signsOut(false);
      toast({ id: "sign-out", color: "red", message: say(problems[0]) });
      return;
    }
    end();
    await navigate("/", { state: KEPT });
  };
  return { signOut, busy };
}
