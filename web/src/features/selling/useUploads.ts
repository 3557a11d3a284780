import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImagePurpose } from "../../gql/schema";
import type { Problem } from "../../lib/problems";
import { toast } from "../../lib/toast";
import { uploadImage, type Uploaded } from "../../lib/upload";
import { usePictureCheck } from "./usePictureCheck";

/** One picture on its way: how much of it has gone, what came of it. */
export interface Upload {
  key: string;
  name: string;
  part: number;
  image?: Uploaded;
  problem?: Problem;
}

/** Where pictures are kept, and how they are changed. */
export type Shelf = readonly [uploads: readonly Upload[], set: (by: (all: readonly Upload[]) => readonly Upload[]) => void];

/** The list with one of it moved to another place; beyond the ends is at the ends. */
export function moved<T extends { key: string }>(all: readonly T[], key: string, to: number): readonly T[] {
  const one = all.find((other) => other.key === key);
  if (!one) return all;
  const others = all.filter((other) => other !== one);
  const place = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, place), one, ...others.slice(place)];
}

/** Pictures of a form; `before` are there already. */
export function useUploads(purpose: ImagePurpose, most: number, before: readonly Uploaded[] = []) {
  const shelf = useState<readonly Upload[]>(() =>
    before.map((image, place) => ({ key: image.id, name: String(place + 1), part: 1, image })),
  );
  const [uploads] = shelf;
  const changed = uploads.length !== before.length || uploads.some(({ image }, place) => image?.id !== before[place]?.id);
  return { ...useUploadsOn(shelf, purpose, most), changed };
}

/** Pictures that go up one after another, in an order that can be changed. What cannot be taken is said before anything is sent. */
export function useUploadsOn([uploads, set]: Shelf, purpose: ImagePurpose, most: number) {
  const { t } = useTranslation("selling");
  const check = usePictureCheck();
  const change = useCallback(
    (key: string, with_: Partial<Upload>) => set((all) => all.map((one) => (one.key === key ? { ...one, ...with_ } : one))),
    [set],
  );
  const add = async (files: readonly File[]) => {
    const room = Math.max(0, most - uploads.length);
    if (files.length > room) toast({ color: "orange", message: t("tooMany", { most, names: namesOf(files.slice(room)) }) });
    const taken = files.slice(0, room).map((file) => ({ file, key: crypto.randomUUID(), problem: check(file) }));
    set((all) => [...all, ...taken.map(({ file, key, problem }) => ({ key, name: file.name, part: 0, ...(problem && { problem }) }))]);
    for (const { file, key, problem } of taken) {
      if (problem) continue;
      const { done, problems } = await uploadImage(file, purpose, (part) => change(key, { part }));
      change(key, done ? { part: 1, image: done.image } : { problem: problems[0] });
    }
  };
  const remove = (key: string) => set((all) => all.filter((one) => one.key !== key));
  const toFront = (key: string) => set((all) => [...all.filter((one) => one.key === key), ...all.filter((one) => one.key !== key)]);
  const move = (key: string, to: number) => set((all) => moved(all, key, to));
  const clear = () => set(() => []);
  const busy = uploads.some(({ image, problem }) => !image && !problem);
  // Whoever sends while one was not taken would miss it without a word.
  const failed = uploads.some(({ problem }) => problem !== undefined);
  return { uploads, add, remove, toFront, move, clear, busy, failed };
}

const namesOf = (files: readonly File[]) => files.map(({ name }) => name).join(", ");
