// Bundles the UI into OUT (an argument or the environment variable; dist/ by default).
// Assets carry a hash of their content, so that a web server may let browsers keep them for
// ever; index.html names them and is written last.  All addresses are relative: the result can
// be served from any directory of a site.
import { build, context } from 'esbuild';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePacks } from './stickers.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const watch = args.includes('--watch');
const out = resolve(
	args.find((arg) => !arg.startsWith('--')) ?? process.env.OUT ?? join(root, 'dist'),
);

const options = {
	absWorkingDir: root,
	// theme runs before the first paint, so it is a small classic script of its own.
	entryPoints: { app: 'src/main.tsx', theme: 'src/theme.ts' },
	outdir: join(out, 'assets'),
	entryNames: '[name]-[hash]',
	assetNames: '[name]-[hash]',
	bundle: true,
	format: 'iife',
	minify: !watch,
	sourcemap: 'linked',
	target: ['chrome100', 'firefox100', 'safari15.4'],
	jsx: 'automatic',
	jsxImportSource: 'preact',
	loader: { '.svg': 'file' },
	legalComments: 'none',
	logLevel: 'warning',
	metafile: true,
	plugins: [
		{
			name: 'index',
			setup: (on) => {
				on.onEnd(finish);
			},
		},
	],
};

/* What the entry points became: { "app.js": "assets/app-XXXX.js", … }. */
function outputs(metafile) {
	const names = {};
	for (const [path, output] of Object.entries(metafile.outputs)) {
		if (!output.entryPoint && !path.endsWith('.css')) continue;
		const file = basename(path);
		names[file.replace(/-[A-Z0-9]{8}\./, '.')] = `assets/${file}`;
	}
	return names;
}

async function removeStale(metafile) {
	const fresh = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
	const directory = join(out, 'assets');
	for (const file of await readdir(directory)) {
		if (!fresh.has(file)) await rm(join(directory, file));
	}
}

async function finish(result) {
	if (result.errors.length > 0) return;
	const names = outputs(result.metafile);
	const template = await readFile(join(root, 'src/index.html'), 'utf8');
	const html = template.replace(/\{\{([a-z.]+)\}\}/g, (whole, name) => {
		if (!names[name]) throw new Error(`index.html names ${whole}, which was not built`);
		return names[name];
	});
	await cp(join(root, 'public'), out, { recursive: true });
	await writeFile(join(out, 'index.html.new'), html);
	await rename(join(out, 'index.html.new'), join(out, 'index.html'));
	await removeStale(result.metafile);
	const bytes = Object.values(result.metafile.outputs).reduce(
		(sum, output) => sum + output.bytes,
		0,
	);
	console.log(
		`${relative(process.cwd(), out) || '.'}: ${Object.keys(names).length} assets, ${Math.round(bytes / 1024)} KiB with source maps`,
	);
}

await mkdir(join(out, 'assets'), { recursive: true });
await writePacks(root, join(out, 'stickers'));
if (watch) {
	await (await context(options)).watch();
} else {
	await build(options);
}
