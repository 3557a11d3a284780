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

/** The list with one of it moved to another place; beyond the ends is at the ends. */
export function moved<T extends { key: string }>(all: readonly T[], key: string, to: number): readonly T[] {
  const one = all.find((other) => other.key === key);
  if (!one) return all;
  const others = all.filter((other) => other !== one);
  const place = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, place), one, ...others.slice(place)];
}

/** Pictures that go up one after another, in an order that can be changed; `before` are there already. */
export function useUploads(purpose: ImagePurpose, most: number, before: readonly Uploaded[] = []) {
  const [uploads, setUploads] = useState<readonly Upload[]>(() =>
    before.map((image, place) => ({ key: image.id, name: String(place + 1), part: 1, image })),
  );
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
  const move = (key: string, to: number) => setUploads((all) => moved(all, key, to));
  const clear = () => setUploads([]);
  return { uploads, add, remove, toFront, move, clear, busy: uploads.some(({ image, problem }) => !image && !problem) };
}
