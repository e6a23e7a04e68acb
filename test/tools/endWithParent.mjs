// Import this, or preload it with --import, to end when the parent is gone, even if it was killed and could
// tell nobody. The leader of a process group takes its whole group with it.
const parent = process.ppid;

setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1); // Not a group's leader. The exit handlers end what this process started.
  }
}, 500).unref();
