// Import this, or preload it with --import, to end when the parent process has ended, even if it was killed. The
// leader of a process group ends the whole group.
const parent = process.ppid;

setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1); // Not the leader of a group. The exit handlers end what this process started.
  }
}, 500).unref();
