/** The modules that are loaded lazily. esbuild leaves these calls in place, and VS Code gives them its API. */
declare function require(path: "./services"): typeof import("./services");
declare function require(path: "./models"): typeof import("./models");
declare function require(path: "./tools"): typeof import("./tools");
declare function require(path: "./spendingPage"): typeof import("./spendingPage");
declare function require(path: "./recentSpending"): typeof import("./recentSpending");
