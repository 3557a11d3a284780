import { hearTime } from "./clock";

/** Why a call gave no data: nobody answered, or the API refused with this code. */
export class GraphQLFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "GraphQLFailure";
    this.code = code;
  }
}

interface Answer {
  data?: unknown;
  errors?: readonly { message?: string; extensions?: { code?: string } }[];
}

/** What every request of ours accepts. */
export const ACCEPT = "application/graphql-response+json, application/json;q=0.9";

/** Sends one operation as the GraphQL-over-HTTP draft asks and answers its `data`; throws `GraphQLFailure`. For what must not go through Apollo Client. */
export async function send(document: string, locale: string): Promise<unknown> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: ACCEPT,
      "accept-language": locale,
    },
    body: JSON.stringify({ query: document }),
  });
  hearTime(response);
  const text = await response.text();
  return dataOf(text, response.status);
}

/** The `data` of an answer's body; a body without any is a failure, whatever its status. */
export function dataOf(body: string, status: number): unknown {
  const answer = parse(body);
  const error = answer?.errors?.[0];
  if (error) throw new GraphQLFailure(error.extensions?.code ?? "UNKNOWN", error.message ?? `HTTP ${String(status)}`);
  if (answer?.data == null) throw new GraphQLFailure("NO_ANSWER", `HTTP ${String(status)}`);
  return answer.data;
}

function parse(body: string): Answer | undefined {
  try {
    return JSON.parse(body) as Answer;
  } catch {
    return undefined;
  }
}
