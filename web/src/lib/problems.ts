import { CombinedGraphQLErrors, ServerError, ServerParseError } from "@apollo/client";
import type { UserErrorCode } from "../gql/schema";

/** What fails a whole request or a field; `OFFLINE` when nobody answered. */
export type FailureCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "BLACKLISTED"
  | "NOT_FOUND"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR"
  | "RESYNC_REQUIRED"
  | "BAD_USER_INPUT"
  | "OFFLINE";

/** Why something was not done, for people. */
export interface Problem {
  code: UserErrorCode | FailureCode;
  /** The form's field it is about. */
  field?: string;
  /** The API's own words in the reader's language. Without them the code has words here. */
  message?: string;
}

const KNOWN: readonly string[] = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "BLACKLISTED",
  "NOT_FOUND",
  "RATE_LIMITED",
  "UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
  "RESYNC_REQUIRED",
  "BAD_USER_INPUT",
] satisfies FailureCode[];

/** The code of a failed request: the API's, or `OFFLINE` when nobody answered, or `UNAVAILABLE` when somebody else did in its place. */
export function failureOf(error: unknown): FailureCode {
  if (ServerError.is(error) || ServerParseError.is(error)) return "UNAVAILABLE";
  if (!CombinedGraphQLErrors.is(error)) return "OFFLINE";
  return knownFailure(error.errors[0]?.extensions?.code);
}

/** A code that the API gave for a failed request; one that says nothing to people is a defect. */
export function knownFailure(code: unknown): FailureCode {
  return typeof code === "string" && KNOWN.includes(code) ? (code as FailureCode) : "INTERNAL_SERVER_ERROR";
}

/** The code of a file that was not given out, by the status of the answer. */
export function failureOfStatus(status: number): FailureCode {
  if (status === 401) return "UNAUTHENTICATED";
  if (status === 404) return "NOT_FOUND";
  if (status === 429) return "RATE_LIMITED";
  // Where we say nothing of it, somebody else answered in our place.
  return status === 500 ? "INTERNAL_SERVER_ERROR" : "UNAVAILABLE";
}

interface UserError {
  code: UserErrorCode;
  field: string[] | null;
  message: string;
}

/** The API's user error as a problem: the last part of its path names the form's field. */
export function problemOf({ code, field, message }: UserError): Problem {
  const last = field?.at(-1);
  return last === undefined ? { code, message } : { code, message, field: last };
}
