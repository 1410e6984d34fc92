/** Made by mentorlog/near.py: what the device needs to know of this version of the app. */
export const version: string;
/** Headers of every page. */
export const headers: Record<string, string>;
/** Name of the header that only our own replies carry. */
export const signature: string;
/** Short name of a static file to its address. */
export const files: Record<string, string>;
/** Addresses of what a device keeps for a start with no network. */
export const kept: string[];
/** Address of the scripts of the pages in one file, which is one of these: address to source. */
export const scripts: string;
/** Days that something stays in the bin. */
export const binDays: number;
export const testing: boolean;
/** About how many bytes the modules of the worker are on the line, packed. */
export const weight: number;
/** Whether there is a server that sends letters. */
export const mails: boolean;
/** Of the file of a copy. */
export const format: number;
/** Bytes of the largest file of a copy that is read back here. */
export const largestCopy: number;
