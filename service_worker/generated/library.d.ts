/** Made by mentorlog/near.py: the library of question sets. */
export const sets: Array<Record<string, any>>;
