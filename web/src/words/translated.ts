/** The same words in a language without a singular: keys that end in `_one` are left out. */
export type Translated<T> = {
  [Key in keyof T as Key extends `${string}_one` ? never : Key]: T[Key] extends string ? string : Translated<T[Key]>;
};
