/** No cookies, no cache, no redirects followed: what is sent is meant for this URL alone. */
export const onlyThisUrl = { credentials: "omit", cache: "no-store", redirect: "manual" } as const;

/** Whether a response to such a request leads elsewhere. A browser hides the status of a redirect. */
export const isRedirect = ({ type, status }: Response) =>
  type === "opaqueredirect" || (status >= 300 && status < 400);
