import type { IdentityPhotoPart, ImagePurpose } from "../gql/schema";
import { outcomeOf, type Outcome } from "./act";
import { ACCEPT } from "./graphql";
import { knownFailure, type Problem } from "./problems";
import { accessToken } from "./session";
import { currentLocale } from "./words";

/** An image that the API took. */
export interface Uploaded {
  id: string;
  thumbnailUrl: string;
}

/** What the API takes: 10 MB at most, of these types. */
export const IMAGE_BYTES = 10 * 1024 * 1024;
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"];

const IMAGE = /* GraphQL */ `
  mutation ImageUpload($input: ImageUploadInput!) {
    upload: imageUpload(input: $input) {
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

const PHOTO = /* GraphQL */ `
  mutation IdentityPhotoUpload($input: IdentityPhotoUploadInput!) {
    upload: identityPhotoUpload(input: $input) {
      photoId
      userErrors {
        code
        field
        message
      }
    }
  }
`;

/** What an upload made. */
interface Made {
  image?: Uploaded | null;
  photoId?: string | null;
}

interface Answer {
  data?: { upload: (Made & Parameters<typeof outcomeOf>[0]) | null } | null;
  errors?: { message?: string; extensions?: { code?: string } }[];
}

/** Uploads one image and tells how much has gone (0 to 1). */
export async function uploadImage(
  file: File,
  purpose: ImagePurpose,
  onProgress: (part: number) => void,
): Promise<Outcome<{ image: Uploaded }>> {
  const text = await post(IMAGE, { purpose, file: null }, file, onProgress);
  return text === undefined ? { problems: [{ code: "OFFLINE" }] } : read(text, ({ image }) => image && { image });
}

/** Uploads one photograph for a real-name verification. */
export async function uploadPhoto(file: File, part: IdentityPhotoPart): Promise<Outcome<{ photoId: string }>> {
  const text = await post(PHOTO, { part, file: null }, file, () => undefined);
  if (text === undefined) return { problems: [{ code: "OFFLINE" }] };
  return read(text, ({ photoId }) => (photoId == null ? null : { photoId }));
}

/**
 * Sends a file by the GraphQL multipart request specification. Nothing: nobody answered.
 *
 * By XMLHttpRequest, because `fetch` does not tell of progress.
 */
async function post(query: string, input: object, file: File, onProgress: (part: number) => void): Promise<string | undefined> {
  const token = await accessToken().catch(() => undefined);
  const body = new FormData();
  body.append("operations", JSON.stringify({ query, variables: { input } }));
  body.append("map", JSON.stringify({ 0: ["variables.input.file"] }));
  body.append("0", file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/graphql");
    request.setRequestHeader("accept", ACCEPT);
    request.setRequestHeader("accept-language", currentLocale());
    // Without it a multipart request could be a foreign page's.
    request.setRequestHeader("x-handover-preflight", "1");
    if (token !== undefined) request.setRequestHeader("authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => done(request.responseText);
    request.onerror = () => done(undefined);
    request.send(body);
  });
}

/** The API's answer to an upload as an outcome; `pick` takes from it what was made. */
export function read<D>(text: string, pick: (made: Made) => D | null | undefined): Outcome<D> {
  const answer = parse(text);
  const payload = answer?.data?.upload;
  if (!payload) return { problems: [refusalIn(answer)] };
  const outcome = outcomeOf(payload);
  if (outcome.problems) return outcome;
  const done = pick(payload);
  return done == null ? { problems: [{ code: "INTERNAL_SERVER_ERROR" }] } : { done };
}

/** Why the whole upload was refused: what the API says, else that somebody else answered in its place. */
function refusalIn(answer: Answer | undefined): Problem {
  const [error] = answer?.errors ?? [];
  if (!error) return { code: "UNAVAILABLE" };
  const code = knownFailure(error.extensions?.code);
  // For a code that has no words here, as for a body that is too large, the API has some.
  const unknown = code === "INTERNAL_SERVER_ERROR" && error.extensions?.code !== code;
  return unknown && error.message !== undefined ? { code, message: error.message } : { code };
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
