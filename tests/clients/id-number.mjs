/** Eighteen characters that are an identity card's number: the last one is computed. */
export function idNumber(digits) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return digits + "10X98765432"[weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11];
}
