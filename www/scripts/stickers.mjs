// The sticker packs that come with HiChat, into OUT/NAME for `hichatctl sticker-pack add`: what
// stickers/NAME.json lists, with pictures of a package that is a locked dependency.
import { copyFile, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PICTURES = {
	fluent: 'node_modules/@lobehub/fluent-emoji-3d/assets',
};

async function writePack(root, manifest, out) {
	const name = basename(manifest, '.json');
	const pictures = join(root, PICTURES[name]);
	const { stickers } = JSON.parse(await readFile(join(root, 'stickers', manifest), 'utf8'));
	await mkdir(join(out, name), { recursive: true });
	for (const { file } of stickers)
		await copyFile(join(pictures, file), join(out, name, file));
	await copyFile(join(root, 'stickers', manifest), join(out, name, 'pack.json'));
}

export async function writePacks(root, out) {
	await rm(out, { recursive: true, force: true });
	for (const manifest of await readdir(join(root, 'stickers')))
		await writePack(root, manifest, out);
}
