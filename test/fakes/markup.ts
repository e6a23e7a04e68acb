import fc from "fast-check";
import { anyText } from "../unit/arbitraries";

/** What VS Code makes a link of, in notifications and input boxes (`LINK_REGEX` of its `linkedText.ts`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

/** What VS Code makes an icon of, in quick picks and the status bar (`renderLabelWithIcons`), generously. */
const icon = /\$\([\w~-]+\)/;

export const findLink = (text: string) => link.exec(text)?.[0];
export const findIcon = (text: string) => icon.exec(text)?.[0];

/** What a user can't see, or what turns the text around it: controls, line ends, and directions. */
export const findControl = (text: string) =>
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.exec(text)?.[0];

/** Texts full of markup, whole and in parts. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "[Sign in again](command:connectOpenRouter.disconnect)",
          "[x](https://evil.example 'y')",
          "$(zap)",
          "$(a)",
        ],
        ...[
          "[",
          "]",
          "(",
          ")",
          "$",
          "$(",
          "](",
          "\\",
          "$(loading~spin)",
          "command:x)",
          "FILE:///etc/passwd)",
        ],
        ...[
          "**bold**",
          "`code`",
          "<b>",
          "</p><script>",
          "&lt;",
          '"',
          "'",
          "|",
          "\n\n# h\n",
          "![i](https://e.example/i.png)",
        ],
        ...[
          "www.evil.example",
          "https://evil.example",
          "a@evil.example",
          "<https://evil.example>",
          "~~s~~",
          "_",
        ],
        ...[
          "\0",
          "\x1b[31m",
          "\r\n",
          "\u202e",
          "\u2066",
          "\u200b",
          "\u2060",
          "\u2028",
          "\ud800",
          "{0}",
          "{1}",
        ],
        ...["constructor", "__proto__", "toString", "daily", "x".repeat(2000)],
      ),
      anyText({ maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(""));
