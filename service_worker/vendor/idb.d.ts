/** Of idb 8 only what database.js uses, loosely: its promises hold what IndexedDB holds. */
export function wrap(value: any): any;
export function unwrap(value: any): any;
