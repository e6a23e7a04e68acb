import { ColorThemeKind, window } from "vscode";
import type { PictureColors } from "../../common/svgImage";

/**
 * As VS Code's own themes have them, since no extension can ask for the colors of another: those of a progress bar, of
 * warnings and errors in an editor, and in high contrast the border.
 */
const colors: Record<ColorThemeKind, PictureColors> = {
  [ColorThemeKind.Light]: {
    normal: "#005fb8",
    warning: "#bf8803",
    error: "#e51400",
    base: "#00000026",
    isOutlined: false,
  },
  [ColorThemeKind.Dark]: {
    normal: "#0078d4",
    warning: "#cca700",
    error: "#f14c4c",
    base: "#ffffff33",
    isOutlined: false,
  },
  [ColorThemeKind.HighContrast]: {
    normal: "#6fc3df",
    warning: "#ffd370",
    error: "#f48771",
    base: "#6fc3df",
    isOutlined: true,
  },
  [ColorThemeKind.HighContrastLight]: {
    normal: "#0f4a85",
    warning: "#895503",
    error: "#b5200d",
    base: "#0f4a85",
    isOutlined: true,
  },
};

/** Colors for pictures beside the texts of the window. */
export const pictureColors = (): PictureColors => colors[window.activeColorTheme.kind];
