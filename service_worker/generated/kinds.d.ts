/** Made by mentorlog/near.py out of mentorlog/records: every kind of record, and the sentence for each refusal. */
import type { Spec } from '../kinds.js';

export const kinds: Record<string, {
  by: string;
  at: 'made' | 'starts';
  meaning: boolean;
  part_of: string;
  private: string[];
  together: string[][];
  fields: Record<string, Spec>;
}>;
/** Reason to type of field to sentence; '' stands for any other type. */
export const words: Record<string, Record<string, string>>;
