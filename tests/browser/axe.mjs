// axe-core on a page, and the devices that every screen is looked at on.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const desktop = { viewport: { width: 1280, height: 800 } };
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** [device, its options, theme]: between them both layouts and both palettes are looked at. */
export const looks = [['desktop', desktop, 'light'], ['phone', phone, 'dark']];

/** What is wrong with the page as it is now, one text for each rule that it breaks. */
export async function violations(page) {
	await page.evaluate(axe);
	const { violations: found } = await page.evaluate(() =>
		globalThis.axe.run({ resultTypes: ['violations'] }));
	return found.map(({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.html} ${n.failureSummary}`).join(' | ')}`);
}

/** Collects what is wrong on several screens.  With HICHAT_SCREENSHOTS, a directory, each of them
 * is kept there as a picture. */
export class Inspection {
	found = {};
	constructor(page, label) {
		this.page = page;
		this.label = label;
	}
	async check(name) {
		const path = `${process.env.HICHAT_SCREENSHOTS}/${this.label}-${name}.png`;
		if (process.env.HICHAT_SCREENSHOTS) await this.page.screenshot({ path });
		const wrong = await violations(this.page);
		if (wrong.length > 0) this.found[name] = wrong;
	}
	/** Goes through [name, how to come there, what says that it is there], and tells what was found on the way. */
	async walk(screens) {
		for (const [name, open, sign] of screens) {
			await open(this.page);
			await this.page.locator(sign).first().waitFor();
			await this.check(name);
		}
		assert.deepEqual(this.found, {});
		assert.deepEqual(this.page.complaints, []);
	}
}
