// Bundles tests/*.test.ts and runs them with node:test; a pattern as argument picks some.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pattern = process.argv[2] ?? '';
const files = (await readdir(join(root, 'tests'))).filter(
	(name) => name.endsWith('.test.ts') && name.includes(pattern),
);
if (files.length === 0) {
	console.error(`no test is called *${pattern}*`);
	process.exit(1);
}
const out = await mkdtemp(join(tmpdir(), 'hichat-web-'));
await build({
	absWorkingDir: root,
	entryPoints: files.map((name) => join('tests', name)),
	outdir: out,
	outExtension: { '.js': '.mjs' },
	bundle: true,
	platform: 'node',
	format: 'esm',
	sourcemap: 'inline',
	target: 'node18',
	logLevel: 'warning',
});
const run = spawnSync(
	process.execPath,
	[
		'--enable-source-maps',
		'--test',
		...files.map((name) => join(out, name.replace(/\.ts$/, '.mjs'))),
	],
	{ stdio: 'inherit' },
);
await rm(out, { recursive: true });
process.exit(run.status ?? 1);
