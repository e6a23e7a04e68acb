/** The forms of RFC 9110, section 5.6.7, with one example each. All are UTC, whether they say so or not. */
const httpDates = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d) GMT$/, // Sun, 06 Nov 1994 08:49:37 GMT
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d) GMT$/, // Sunday, 06-Nov-94 08:49:37 GMT
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/, // Sun Nov  6 08:49:37 1994
];

/** An HTTP date in milliseconds since the epoch; undefined where it is none. */
export function parseHttpDate(text: string): number | undefined {
  const [date] = httpDates.flatMap((form) => form.exec(text)?.[1] ?? []);
  const time = Date.parse(`${date} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
