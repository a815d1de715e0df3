// What people do to messages in the web UI, as steps that tests share.
import { eventually } from '../harness/wait.mjs';

/** The bubble with this text; what it quotes counts not. */
export function bubble(page, text) {
	return page.locator('.message').filter({
		has: page.locator('.message__text').getByText(text, { exact: true }),
	});
}

/** The row that a bubble stands in, with its toolbar and reactions. */
export function rowOf(page, text) {
	return page.locator('li[data-of]').filter({ has: bubble(page, text) });
}

/** Chooses from the menu of a message, opened by the right mouse button. */
export async function choose(page, text, action) {
	await bubble(page, text).click({ button: 'right' });
	await page.getByRole('menu').getByRole('menuitem', { name: action, exact: true }).click();
	await page.getByRole('menu').waitFor({ state: 'detached' });
}

/** What the menu of a message offers. */
export async function offered(page, text) {
	await bubble(page, text).click({ button: 'right' });
	const items = page.getByRole('menu').getByRole('menuitem');
	await items.first().waitFor();
	const names = await items.evaluateAll((all) =>
		all.map((one) => one.getAttribute('aria-label') ?? one.textContent));
	await page.keyboard.press('Escape');
	await page.getByRole('menu').waitFor({ state: 'detached' });
	return names;
}

/** Reacts with one of the first six, or takes it back. */
export async function react(page, text, emoji) {
	await bubble(page, text).click({ button: 'right' });
	await page.getByRole('menuitemcheckbox', { name: emoji }).click();
}

/** The reactions under a message as they are shown: ["👍 2*", …], mine with a star. */
export function reactionsOf(page, text) {
	return rowOf(page, text).locator('.reaction').evaluateAll((all) =>
		all.map((one) => {
			const [emoji, count] = [...one.children].map((part) => part.textContent);
			return `${emoji} ${count}${one.getAttribute('aria-pressed') === 'true' ? '*' : ''}`;
		}));
}

export function waitForReactions(page, text, expected) {
	return eventually(`"${text}" has the reactions ${expected.join(', ') || 'none'}`, async () =>
		JSON.stringify(await reactionsOf(page, text)) === JSON.stringify(expected));
}

/** Presses a message with one finger, for long. */
export async function longPress(page, text) {
	const target = bubble(page, text);
	await target.scrollIntoViewIfNeeded();
	const { x, y } = await target.boundingBox();
	const finger = await page.context().newCDPSession(page);
	await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 20, y: y + 12 }] });
	await page.getByRole('menu').waitFor();
	await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
	await finger.detach();
}
