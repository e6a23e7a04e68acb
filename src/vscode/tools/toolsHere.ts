import type { CommandLineTool } from "../../tools/commandLineTool";
import { commandLineTools } from "../../tools/commandLineTools";
import { findPrograms } from "../../tools/programs";
import { terminalsAreElsewhere } from "./terminalPlace";
import type { ToolServices } from "./toolServices";

/** Which tools are installed where the terminals are; undefined where that can't be seen from here. */
export async function toolsHere(
  services: Pick<ToolServices, "context" | "extensionHost">,
): Promise<(tool: CommandLineTool) => boolean | undefined> {
  if (terminalsAreElsewhere(services)) return () => undefined;
  const found = await findPrograms(commandLineTools.flatMap(({ programs }) => programs));
  return ({ programs }) => found && programs.some((name) => found.has(name));
}
