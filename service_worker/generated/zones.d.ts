/** Made by mentorlog/near.py out of mentorlog/zones.py: names of time zones, those of cities and the others. */
export const cities: string[];
export const others: string[];
