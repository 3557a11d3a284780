/** The house's mark: two arrows passing each other. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M8 12h13l-4-4M24 20H11l4 4" />
    </svg>
  );
}
