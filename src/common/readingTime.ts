/**
 * Milliseconds that a question takes to be read. An answer that comes sooner was typed for something else: the dialog
 * had just taken the focus. Firefox waits as long (`security.dialog_enable_delay`).
 */
export const readingTime = 1000;
