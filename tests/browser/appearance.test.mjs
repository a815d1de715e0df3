// Both languages, both themes, from phone to desktop.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, register, send } from '../harness/client.mjs';
import { connection, inside, logInUi, openConversation, section } from './steps.mjs';

let browser, ann, bob, conversation;
before(async () => {
	browser = await launch();
	[ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: '小波' })]);
	conversation = await befriend(ann, bob);
	for (let i = 1; i <= 20; i += 1) await send(i % 2 ? ann : bob, conversation, `第 ${i} 句 ${'话'.repeat(i * 4)}`);
});
after(() => browser?.close());

const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('speaks the language of the browser, and the one that is chosen', async () => {
	const page = await newPerson(browser, { locale: 'zh-CN' });
	await page.goto('./');
	await page.getByRole('heading', { name: '登录' }).waitFor();
	assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
	await page.getByLabel('用户名、手机号或邮箱').fill(ann.username);
	await page.getByLabel('密码', { exact: true }).fill('wrong-password');
	await page.getByRole('button', { name: '登录' }).click();
	await page.getByText('账号不存在或密码错误。').waitFor();
	await page.getByLabel('密码', { exact: true }).fill(ann.password);
	await page.getByRole('button', { name: '登录' }).click();
	await inside(page);
	await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: '我' }).click();
	await page.getByRole('link', { name: '外观与语言' }).click();
	await page.getByRole('radio', { name: 'English' }).check();
	await page.getByRole('heading', { name: 'Appearance and language' }).waitFor();
	await page.reload();
	await page.getByRole('heading', { name: 'Appearance and language' }).waitFor();
	assert.equal(await page.getAttribute('html', 'lang'), 'en');
	await page.context().close();
});

test('follows the theme of the system, and the one that is chosen', async () => {
	const page = await newPerson(browser, { colorScheme: 'light' });
	await page.goto('./');
	const light = await background(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor !== before, light);
	await logInUi(page, ann);
	await page.goto('./#/me/preferences');
	await page.getByRole('radio', { name: 'Light' }).check();
	assert.equal(await background(page), light);
	await page.reload();
	await page.getByRole('radio', { name: 'Light' }).waitFor();
	assert.equal(await background(page), light);
	await page.context().close();
});

test('a phone shows one pane at a time, with a way back', async () => {
	const page = await newPerson(browser, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
	await logInUi(page, ann);
	const list = page.getByRole('list', { name: 'Conversations' });
	await list.waitFor();
	await list.getByRole('link').first().tap();
	await page.getByLabel('Message to 小波').waitFor();
	assert.equal(await list.isVisible(), false);
	await page.getByRole('button', { name: 'About 小波' }).tap();
	await page.getByRole('heading', { name: 'Profile' }).waitFor();
	await page.getByRole('region', { name: 'Profile' }).getByRole('button', { name: 'Back' }).tap();
	await page.getByLabel('Message to 小波').waitFor();
	await page.getByRole('button', { name: 'Back' }).tap();
	await list.waitFor();
	assert.equal(await page.getByLabel('Message to 小波').count(), 0);
	// What was made behind another pane is as high as its text, once it is seen.
	await page.goto(`./#/chats/${conversation}/about`);
	await page.reload();
	await page.getByRole('region', { name: 'Profile' }).getByRole('button', { name: 'Back' }).tap();
	const input = page.getByLabel('Message to 小波');
	await input.waitFor();
	assert.ok((await input.boundingBox()).height >= 40, 'the text box is cut off');
	// A deep link has a way back, too.
	await page.goto(`./#/chats/${conversation}`);
	await page.reload();
	await page.getByRole('button', { name: 'Back' }).tap();
	await list.waitFor();
	await page.context().close();
});

test('nothing is wider than the screen, from 320 pixels on', async () => {
	const page = await newPerson(browser, { viewport: { width: 320, height: 640 } });
	await logInUi(page, ann);
	for (const hash of ['chats', `chats/${conversation}`, `chats/${conversation}/about`, 'contacts', 'contacts/find',
		'contacts/requests', 'me', 'me/profile', 'me/preferences', `contacts/${bob.id}`]) {
		await page.goto(`./#/${hash}`);
		for (const width of [320, 768, 1024, 1440]) {
			await page.setViewportSize({ width, height: 700 });
			const over = await page.evaluate(() => [...document.querySelectorAll('body *')]
				.filter((el) => el.getBoundingClientRect().right > innerWidth + 1 && !el.closest('.visually-hidden'))
				.map((el) => el.outerHTML.slice(0, 80)));
			assert.deepEqual(over, [], `${hash} at ${width}`);
		}
	}
	await page.context().close();
});

test('on a desktop list, conversation and profile stand side by side', async () => {
	const page = await newPerson(browser, { viewport: { width: 1280, height: 800 } });
	await logInUi(page, ann);
	await connection(page, 'live');
	await openConversation(page, '小波');
	await page.getByRole('button', { name: 'About 小波' }).click();
	await page.getByRole('region', { name: 'Profile' }).waitFor();
	assert.ok(await page.getByRole('list', { name: 'Conversations' }).isVisible());
	assert.ok(await page.getByLabel('Message to 小波').isVisible());
	await section(page, 'Contacts');
	await page.getByRole('heading', { name: 'Contacts', exact: true }).waitFor();
	await page.context().close();
});

test('a changed profile is there for friends at once', async () => {
	const anns = await newPerson(browser);
	const bobs = await newPerson(browser);
	await logInUi(anns, ann);
	await logInUi(bobs, bob);
	await connection(bobs, 'live');
	await anns.goto('./#/me/profile');
	await anns.getByRole('textbox', { name: 'Nickname' }).fill('安安 ✨');
	await anns.getByRole('radio', { name: '🦊' }).check();
	await anns.getByRole('button', { name: 'Save' }).click();
	await anns.getByText('Saved').waitFor();
	await bobs.locator('.chat-item', { hasText: '安安 ✨' }).getByText('🦊').waitFor();
	await Promise.all([anns.context().close(), bobs.context().close()]);
});
