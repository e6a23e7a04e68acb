/** What the package may have, in bytes. All bundles are in it twice, each text in five languages, and 8 pictures. */
export const maximumBytes = 435_000;
