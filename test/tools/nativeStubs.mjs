import { writeFileSync } from "node:fs";
import { join } from "node:path";

// The exports must be assigned one by one, since the server imports them as named exports of an ES module.
const spdlog = `
const fs = require("node:fs");
const path = require("node:path");
const levels = ["trace", "debug", "info", "warning", "error", "critical", "off"];
class Logger {
  constructor(file) { this.file = file; this.level = 0; this.raw = false; }
  write(level, message) {
    if (level < this.level) return;
    const line = this.raw ? message : new Date().toISOString() + " [" + levels[level] + "] " + message + "\\n";
    try { fs.appendFileSync(this.file, line); } catch {}
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.raw = true; }
  setPattern() { this.raw = false; }
  flush() {}
  drop() {}
}
async function createLogger(name, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger(file);
}
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
`;

// Ends the process when its parent ends, as the native module does.
const nativeWatchdog = `
exports.start = (parent) => {
  setInterval(() => {
    try { process.kill(parent, 0); } catch { process.exit(87); }
  }, 1000).unref();
};
`;

/**
 * Replaces the two native modules that the server imports but doesn't need, so that nothing must be compiled.
 * @param {string} server the folder of the VS Code server
 */
export function writeNativeStubs(server) {
  const modules = join(server, "node_modules/@vscode");
  writeFileSync(join(modules, "spdlog/index.js"), spdlog);
  writeFileSync(join(modules, "native-watchdog/index.js"), nativeWatchdog);
}
