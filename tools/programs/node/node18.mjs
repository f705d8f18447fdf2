// Debian 12's Node 18 lacks what pdf.js 5 asks for its canvas with: node --import ./node18.mjs SCRIPT, or import it first.
import { createRequire } from 'node:module';

process.getBuiltinModule ??= createRequire(import.meta.url);
