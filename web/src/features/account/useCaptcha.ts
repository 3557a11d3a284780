import { useCallback, useEffect, useState } from "react";
import { CaptchaCreateDocument, type CaptchaCreateMutation } from "../../gql/account";
import { useAct } from "../../lib/act";

type Captcha = NonNullable<NonNullable<CaptchaCreateMutation["captchaCreate"]>["captcha"]>;

/** A captcha to answer. One is good for one answer; `renew` asks for the next. */
export function useCaptcha(wanted: boolean) {
  const { run, busy } = useAct(CaptchaCreateDocument, (data) => data.captchaCreate);
  const [captcha, setCaptcha] = useState<Captcha>();
  const [failed, setFailed] = useState(false);
  const renew = useCallback(async () => {
    const { done } = await run({});
    setCaptcha(done?.captcha ?? undefined);
    setFailed(!done?.captcha);
  }, [run]);
  useEffect(() => {
    // What it sets it sets after an answer.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    if (wanted) void renew();
  }, [wanted, renew]);
  return { captcha, renew, busy, failed };
}
