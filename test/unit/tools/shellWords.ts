/** The words of a command as `sh` reads them (POSIX, Shell Command Language, 2.2). Throws where it means more. */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let rest = command; rest !== ""; ) {
    const [whole, blank, quoted, escaped, plain] =
      /^(?:( +)|'([^']*)'|\\(.)|([\w.:/=@%+,-]))/s.exec(rest) ?? fail(rest);
    rest = rest.slice(whole.length);
    if (blank === undefined) word = (word ?? "") + (quoted ?? escaped ?? plain ?? "");
    if (word !== undefined && (blank !== undefined || rest === "")) {
      words.push(word);
      word = undefined;
    }
  }
  return words;
}

function fail(rest: string): never {
  throw new Error(`A shell takes this for more than text: ${rest.slice(0, 50)}`);
}
