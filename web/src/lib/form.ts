import type { Problem } from "./problems";

interface FormLike {
  setFieldError: (field: string, message: string) => void;
  values: object;
}

/**
 * Puts the problems that are about a field of the form beside that field and answers the others.
 *
 * `names` says which field of the form an input of the API is, where they differ.
 */
export function showIn(
  form: FormLike,
  problems: readonly Problem[],
  say: (problem: Problem) => string,
  names: Record<string, string> = {},
): Problem[] {
  return problems.filter((problem) => {
    const field = problem.field === undefined ? undefined : (names[problem.field] ?? problem.field);
    if (field === undefined || !(field in form.values)) return true;
    form.setFieldError(field, say(problem));
    return false;
  });
}
