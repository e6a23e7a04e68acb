// Imports every test file of this folder. esbuild.mjs makes it.
export {};
