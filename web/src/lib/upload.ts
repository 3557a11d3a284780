import type { ImagePurpose } from "../gql/schema";
import { ACCEPT } from "./graphql";
import { readLocale } from "./locale";
import type { Outcome } from "./act";
import { outcomeOf } from "./act";
import { accessToken } from "./session";

/** An image that the API took. */
export interface Uploaded {
  id: string;
  thumbnailUrl: string;
}

/** What the API takes: 10 MB at most, of these types. */
export const IMAGE_BYTES = 10 * 1024 * 1024;
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"];

const UPLOAD = /* GraphQL */ `
  mutation ImageUpload($input: ImageUploadInput!) {
    imageUpload(input: $input) {
      image {
        id
        thumbnailUrl
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

interface Answer {
  data?: { imageUpload: ({ image: Uploaded | null } & Parameters<typeof outcomeOf>[0]) | null } | null;
  errors?: { extensions?: { code?: string } }[];
}

/**
 * Uploads one image by the GraphQL multipart request specification and tells how much has gone (0 to 1).
 *
 * By XMLHttpRequest, because `fetch` does not tell of progress.
 */
export async function uploadImage(
  file: File,
  purpose: ImagePurpose,
  onProgress: (part: number) => void,
): Promise<Outcome<{ image: Uploaded }>> {
  const token = await accessToken().catch(() => undefined);
  const body = new FormData();
  body.append("operations", JSON.stringify({ query: UPLOAD, operationName: "ImageUpload", variables: { input: { purpose, file: null } } }));
  body.append("map", JSON.stringify({ 0: ["variables.input.file"] }));
  body.append("0", file);
  const text = await post(body, token, onProgress);
  return text === undefined ? { problems: [{ code: "OFFLINE" }] } : read(text);
}

function post(body: FormData, token: string | undefined, onProgress: (part: number) => void): Promise<string | undefined> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/graphql");
    request.setRequestHeader("accept", ACCEPT);
    request.setRequestHeader("accept-language", readLocale());
    // Without it a multipart request could be a foreign page's.
    request.setRequestHeader("x-handover-preflight", "1");
    if (token !== undefined) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => done(request.responseText);
    request.onerror = () => done(undefined);
    request.send(body);
  });
}

/** The API's answer to an upload as an outcome. */
export function read(text: string): Outcome<{ image: Uploaded }> {
  const answer = parse(text);
  const payload = answer?.data?.imageUpload;
  if (!payload)
    return { problems: [{ code: answer?.errors?.[0]?.extensions?.code === "UNAUTHENTICATED" ? "UNAUTHENTICATED" : "UNAVAILABLE" }] };
  const outcome = outcomeOf(payload);
  if (outcome.problems) return outcome;
  return payload.image ? { done: { image: payload.image } } : { problems: [{ code: "INTERNAL_SERVER_ERROR" }] };
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
