/** An extension that signs in to OpenRouter by itself, and keeps the key that it gets. */
export interface ToolExtension {
  /** As its publisher spells it. VS Code compares ids without regard to case. */
  readonly id: string;
  /** The product's name, in every language. */
  readonly name: string;
  /** Where its URI handler takes a code, in `<scheme>://<id>/…?code=…`. */
  readonly callbackPath: string;
  /** Its view, which must be visible then: otherwise the extension drops the code. */
  readonly view: string;
  /** Whether it exchanges the code at the base URL in its own settings; otherwise always at openrouter.ai. */
  readonly usesBaseUrl: boolean;
  /** Whether it can use VS Code's language models as well, which takes no key. */
  readonly alsoUsesModels: boolean;
}

/** The extensions, in the order in which they are shown. Each exchanges a code without a verifier. */
export const toolExtensions: readonly ToolExtension[] = [
  {
    id: "saoudrizwan.claude-dev",
    name: "Cline",
    callbackPath: "/openrouter",
    view: "claude-dev.SidebarProvider",
    usesBaseUrl: false,
    alsoUsesModels: true,
  },
  {
    id: "ZooCodeOrganization.zoo-code",
    name: "Zoo Code",
    callbackPath: "/openrouter",
    view: "zoo-code.SidebarProvider",
    usesBaseUrl: true,
    alsoUsesModels: true,
  },
];

/** The extension with this id, however it is spelled. */
export const findToolExtension = (id: string): ToolExtension | undefined =>
  toolExtensions.find((extension) => extension.id.toLowerCase() === id.toLowerCase());
