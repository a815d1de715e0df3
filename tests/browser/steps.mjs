// What people do in the web UI, as steps that tests share.  Controls are found by their names, as
// somebody who cannot see the screen finds them.
import { eventually } from '../harness/wait.mjs';
import { site } from '../harness/client.mjs';

export const PASSWORD = 'korrekt-pferd-9';

/** Registers in the UI and waits until the inside is there. */
export async function registerInUi(page, { username, nickname, password = PASSWORD }) {
	await page.goto('./#/register');
	await page.getByLabel('Username').fill(username);
	await page.getByLabel('Nickname').fill(nickname);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Create account' }).click();
	await inside(page);
}

/** Logs a person of harness/client.mjs in; the page's language is English. */
export async function logInUi(page, person) {
	await page.goto('./');
	await page.getByLabel('Username, phone or email').fill(person.username);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Log in' }).click();
	await inside(page);
}

export function inside(page) {
	return page.locator('nav.rail').waitFor();
}

/** Waits for a state of the connection: live, polling, offline … */
export function connection(page, state) {
	return page.locator(`[data-connection="${state}"]`).waitFor({ state: 'attached' });
}

export async function openConversation(page, name) {
	await section(page, 'Chats');
	await conversationLink(page, name).click();
	await page.getByLabel(`Message to ${name}`).waitFor();
}

export function conversationLink(page, name) {
	return page.getByRole('list', { name: 'Conversations' }).getByRole('link').filter({ hasText: name });
}

export function section(page, name) {
	return page.getByRole('navigation').getByRole('link', { name: new RegExp(name) }).click();
}

export async function write(page, name, text) {
	const input = page.getByLabel(`Message to ${name}`);
	await input.fill(text);
	await input.press('Enter');
}

/** The texts of the open conversation, top to bottom, each with who said it. */
export function saidIn(page) {
	return page.locator('.message').evaluateAll((all) =>
		all.map((one) => {
			const who = one.classList.contains('message--mine') ? 'me' : 'them';
			return `${who}: ${one.querySelector('.message__text').textContent}`;
		}),
	);
}

export async function waitForSaid(page, expected) {
	let last;
	await eventually(
		`the conversation reads ${JSON.stringify(expected)}`,
		async () => {
			last = await saidIn(page);
			return JSON.stringify(last) === JSON.stringify(expected);
		},
	).catch((error) => {
		throw new Error(`${error.message}; it reads ${JSON.stringify(last)}`, { cause: error });
	});
}

/** The mark of my message with this text: sending, sent, delivered, read, failed. */
export async function markOf(page, text) {
	const marks = await page.locator('.message--mine', { hasText: text }).locator('.mark')
		.evaluateAll((all) => all.map((one) => one.dataset.mark));
	return marks.at(-1);
}

export function waitForMark(page, text, mark) {
	return eventually(`"${text}" is marked ${mark}`, async () => (await markOf(page, text)) === mark);
}

/** How much is unread in a conversation, as its badge in the list says. */
export function unreadOf(page, name) {
	// In one look: a badge that goes between two would be waited for.
	return conversationLink(page, name).evaluate((link) =>
		Number(link.querySelector('.badge [aria-hidden]')?.textContent ?? 0));
}

export function waitForUnread(page, name, count) {
	return eventually(`${count} unread from ${name}`, async () => (await unreadOf(page, name)) === count);
}

/** Whether this address of the browser is the API's send. */
export function isSend(request) {
	return request.method() === 'POST' && /\/chat\/conversations\/\d+\/messages$/.test(request.url());
}

export const liveAddress = (url) => url.pathname === new URL(`${site}/live`).pathname;
