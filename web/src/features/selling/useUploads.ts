import { useCallback, useState } from "react";
import type { ImagePurpose } from "../../gql/schema";
import type { Problem } from "../../lib/problems";
import { uploadImage, type Uploaded } from "../../lib/upload";

/** One picture on its way: how much of it has gone, what came of it. */
export interface Upload {
  key: string;
  name: string;
  part: number;
  image?: Uploaded;
  problem?: Problem;
}

/** Pictures that go up one after another, in an order that can be changed. */
export function useUploads(purpose: ImagePurpose, most: number) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const change = useCallback((key: string, with_: Partial<Upload>) => {
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...with_ } : one)));
  }, []);
  const add = async (files: readonly File[]) => {
    const taken = files.slice(0, Math.max(0, most - uploads.length)).map((file) => ({ file, key: crypto.randomUUID() }));
    setUploads((all) => [...all, ...taken.map(({ file, key }) => ({ key, name: file.name, part: 0 }))]);
    for (const { file, key } of taken) {
      const { done, problems } = await uploadImage(file, purpose, (part) => change(key, { part }));
      change(key, done ? { part: 1, image: done.image } : { problem: problems[0] });
    }
  };
  const remove = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));
  const toFront = (key: string) => setUploads((all) => [...all.filter((one) => one.key === key), ...all.filter((one) => one.key !== key)]);
  const clear = () => setUploads([]);
  return { uploads, add, remove, toFront, clear, busy: uploads.some(({ image, problem }) => !image && !problem) };
}
