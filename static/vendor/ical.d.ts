/** Only what we use is typed where it is used. */
declare const ICAL: any;
export default ICAL;
