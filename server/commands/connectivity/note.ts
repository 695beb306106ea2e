import * as z from 'zod';

/** What somebody writes beside a decision: 2 to 500 characters of one line. */
export const Note = z
  .string()
  .trim()
  .min(2)
  .max(500)
  .regex(/^[^\p{C}]*$/u);
