/** What the question and the list of extensions need from the budgets. An extension is named by its id, in any case. */
export interface ModelBudgets {
  /** The budget that applies, such as "$5.00 a month"; undefined where none does. */
  budgetText(extension: string): string | undefined;
  /** What each extension spent this month, such as "$1.20 of $5.00 this month". */
  month(): Promise<(extension: string) => string>;
  /**
   * Lets the user set the extension's own budget. Resolves to whether it was written.
   * @param options.allows whether that also allows the extension to use the models
   */
  set(extension: string, options?: { readonly allows?: boolean }): Promise<boolean>;
}
