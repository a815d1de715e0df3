// The ways of a picture, a film and a recording into a conversation, and that they are there for the
// other one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPerson } from '../harness/browser.mjs';
import { befriend, history, register } from '../harness/client.mjs';
import { mp4 } from '../harness/media_files.mjs';
import { eventually } from '../harness/wait.mjs';
import { phone } from './axe.mjs';
import { attach, carry, LOADED, painting, picture } from './media_steps.mjs';
import { connection, logInUi, openConversation } from './steps.mjs';

let browser;
before(async () => {
	browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
		'--autoplay-policy=no-user-gesture-required']);
});
after(() => browser?.close());

async function twoPeople({ anns, bobs } = {}) {
	const [ann, bob] = await Promise.all([register({ nickname: 'Ann' }), register({ nickname: 'Bob' })]);
	const conversation = await befriend(ann, bob);
	const open = async (person, name, options) => {
		const page = await newPerson(browser, options);
		await logInUi(page, person);
		await connection(page, 'live');
		await openConversation(page, name);
		return page;
	};
	return { ann, bob, conversation, annsPage: await open(ann, 'Bob', anns), bobsPage: await open(bob, 'Ann', bobs) };
}

async function close(...pages) {
	for (const page of pages) {
		assert.deepEqual(page.complaints, []);
		await page.context().close();
	}
}

/** Lets the page have files in a DataTransfer, and does with it there what `event` says. */
function give(page, selector, events, files) {
	return page.evaluate(([where, types, all]) => {
		const data = new DataTransfer();
		for (const { name, mimeType, base64 } of all) {
			const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
			data.items.add(new File([bytes], name, { type: mimeType }));
		}
		const target = document.querySelector(where);
		for (const type of types) {
			const init = { bubbles: true, cancelable: true };
			target.dispatchEvent(type === 'paste'
				? new ClipboardEvent(type, { ...init, clipboardData: data })
				: new DragEvent(type, { ...init, dataTransfer: data }));
		}
	}, [selector, events, files.map(({ buffer, ...rest }) => ({ ...rest, base64: buffer.toString('base64') }))]);
}

const sendIt = (page, count) => page.getByRole('button', { name: count === 1 ? 'Send 1 item' : `Send ${count} items` }).click();

test('an image from the clipboard', async () => {
	const { annsPage, bobsPage } = await twoPeople();
	await give(annsPage, 'textarea', ['paste'], [picture(3, 'image.png')]);
	await annsPage.locator('.tray__picture img').waitFor();
	await sendIt(annsPage, 1);
	await bobsPage.locator(LOADED).waitFor();
	await close(annsPage, bobsPage);
});

test('several files dropped at once, with a place to drop them', async () => {
	const { annsPage, bobsPage } = await twoPeople();
	const list = { name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('bread') };
	await give(annsPage, '.messages__scroll', ['dragenter', 'dragover'], [picture(1), list]);
	const place = await annsPage.locator('.drop').boundingBox();
	const talk = await annsPage.locator('.talk').boundingBox();
	assert.ok(Math.abs(place.width - talk.width) < 8 && Math.abs(place.height - talk.height) < 8, JSON.stringify([place, talk]));
	await give(annsPage, '.messages__scroll', ['drop'], [picture(1), picture(2), list]);
	await annsPage.locator('.drop').waitFor({ state: 'detached' });
	await eventually('three wait to be sent', async () => (await annsPage.locator('.tray__item').count()) === 3);
	await annsPage.getByRole('button', { name: 'Remove hills-2.png' }).click();
	await sendIt(annsPage, 2);
	await bobsPage.locator(LOADED).waitFor();
	await bobsPage.locator('.file-card__name', { hasText: 'list.txt' }).waitFor();
	assert.equal(await bobsPage.locator(LOADED).count(), 1);
	await close(annsPage, bobsPage);
});

test('a phone offers its camera, a desktop does not', async () => {
	const { annsPage, bobsPage } = await twoPeople({ anns: phone });
	await annsPage.getByRole('button', { name: 'Add to the conversation' }).click();
	await annsPage.getByRole('button', { name: 'Take a photo' }).waitFor();
	const camera = annsPage.locator('input[data-way="camera"]');
	assert.deepEqual([await camera.getAttribute('capture'), await camera.getAttribute('accept')], ['environment', 'image/*']);
	await annsPage.keyboard.press('Escape');
	await attach(annsPage, 'camera', [picture(4, 'photo.png')]);
	await bobsPage.locator(LOADED).waitFor();
	await bobsPage.getByRole('button', { name: 'Add to the conversation' }).click();
	await bobsPage.getByRole('button', { name: 'Photos and videos' }).waitFor();
	assert.equal(await bobsPage.getByRole('button', { name: 'Take a photo' }).count(), 0);
	await close(annsPage, bobsPage);
});

/** A film of a moving square, recorded by the browser itself. */
async function film(page) {
	const base64 = await page.evaluate(async () => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
		const context = canvas.getContext('2d');
		const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' });
		const parts = [];
		recorder.ondataavailable = ({ data }) => parts.push(data);
		recorder.start();
		for (let frame = 0; frame < 40; frame++) {
			context.fillStyle = '#184';
			context.fillRect(0, 0, 320, 180);
			context.fillStyle = '#fc6';
			context.fillRect(frame * 6, 60, 60, 60);
			await new Promise((resolve) => { setTimeout(resolve, 50); });
		}
		await new Promise((resolve) => {
			recorder.onstop = resolve;
			recorder.stop();
		});
		const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
		return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
	});
	return Buffer.from(base64, 'base64');
}

test('a film has a poster, and plays from where one wants it, piece by piece', async () => {
	const { annsPage, bobsPage } = await twoPeople();
	const buffer = await film(annsPage);
	await attach(annsPage, 'pictures', [{ name: 'square.webm', mimeType: 'video/webm', buffer }]);
	await bobsPage.locator(LOADED).waitFor();
	await bobsPage.locator('.media__length', { hasText: /0:0[1-4]/ }).waitFor();
	const [piece] = await Promise.all([
		bobsPage.waitForResponse((response) => response.url().includes('/original') && response.status() === 206),
		bobsPage.getByRole('button', { name: /^Play \[Video\]/ }).click(),
	]);
	assert.match(piece.headers()['content-range'], /^bytes \d+-\d+\/\d+$/);
	const video = bobsPage.locator('.media--video video');
	await eventually('it plays', async () => (await video.evaluate((one) => one.currentTime)) > 0.2);
	await video.evaluate((one) => { one.currentTime = 1; });
	await eventually('it goes on from there', async () => (await video.evaluate((one) => one.currentTime)) > 1);
	await close(annsPage, bobsPage);
});

test('a file with a hostile name is shown and kept under a harmless one', async () => {
	const { ann, conversation, annsPage, bobsPage } = await twoPeople();
	const name = '../..\\evil<img src=x onerror=alert(1)>\u202efdp.exe';
	const { body } = await carry(ann, conversation, 'file', Buffer.from('text'), { name });
	const link = bobsPage.getByRole('link', { name: /^Download evil/, includeHidden: true });
	await link.waitFor({ state: 'attached' });
	assert.equal(await link.getAttribute('download'), body.name);
	await bobsPage.locator('.file-card').hover();
	const [download] = await Promise.all([bobsPage.waitForEvent('download'), link.click()]);
	assert.match(download.suggestedFilename(), /^evil[\w\s=().-]+fdp\.exe$/);
	assert.equal(await bobsPage.locator('.file-card img').count(), 0);
	await close(annsPage, bobsPage);
});

test('a recording of an iPhone (AAC in MP4) is taken and shown', async () => {
	const { ann, conversation, annsPage, bobsPage } = await twoPeople();
	const bytes = mp4({ ms: 4000, video: false, brand: 'M4A ' });
	const { body } = await carry(ann, conversation, 'voice', bytes, { query: '&waveform=0123456789abcdef' });
	assert.equal(body.type, 'audio/mp4');
	await bobsPage.getByRole('button', { name: 'Play [Voice] 0:04', includeHidden: true }).waitFor({ state: 'attached' });
	assert.ok(await bobsPage.locator('.voice .waveform rect').count() > 10);
	await close(annsPage, bobsPage);
});

test('a voice is recorded, heard before it is sent, played, sought and played faster', async () => {
	const { ann, conversation, annsPage, bobsPage } = await twoPeople({ anns: { permissions: ['microphone'] } });
	await annsPage.getByRole('button', { name: 'Record a voice message' }).focus();
	await annsPage.keyboard.press('Enter');
	await annsPage.locator('.recorder__passed', { hasText: '0:03' }).waitFor();
	await annsPage.getByRole('button', { name: 'Stop and listen' }).click();
	await annsPage.getByRole('button', { name: 'Listen before sending' }).click();
	await eventually('it is heard', async () => (await annsPage.locator('.recorder rect[data-heard="true"]').count()) > 0);
	await annsPage.getByRole('button', { name: 'Send the voice message' }).click();
	const voice = bobsPage.locator('.voice');
	await voice.waitFor();
	assert.equal(await bobsPage.locator('.voice__dot').count(), 1);
	const { body } = (await history(ann, conversation)).at(-1);
	assert.ok(body.duration_ms > 2000, `${body.duration_ms}`);
	await voice.getByRole('button', { name: /^Play/ }).click();
	await eventually('the dot is gone', async () => (await bobsPage.locator('.voice__dot').count()) === 0);
	const speed = voice.getByRole('button', { name: /^Speed/ });
	await speed.click();
	assert.equal(await speed.innerText(), '1.5×');
	const { x, y, width, height } = await voice.getByRole('slider').boundingBox();
	await bobsPage.mouse.click(x + 0.1 * width, y + height / 2);
	await eventually('it goes on from there', async () => (await voice.locator('rect[data-heard="true"]').count()) > 3);
	await bobsPage.reload();
	await voice.waitFor();
	assert.equal(await bobsPage.locator('.voice__dot').count(), 0, 'it stays heard');
	await close(annsPage, bobsPage);
});

test('the viewer comes closer by wheel, by two fingers and by a double tap', async () => {
	const { ann, conversation, annsPage, bobsPage } = await twoPeople({ bobs: phone });
	await carry(ann, conversation, 'image', painting(600, 400, 5));
	const scale = (page) => page.locator('.viewer__scale').innerText();
	await annsPage.getByRole('button', { name: 'Open [Image]', includeHidden: true }).click();
	const stage = await annsPage.locator('.viewer__stage').boundingBox();
	await annsPage.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2);
	await annsPage.mouse.wheel(0, -400);
	await eventually('it is closer', async () => parseInt(await scale(annsPage), 10) > 150);
	await annsPage.mouse.wheel(0, 4000);
	await eventually('it is as a whole again', async () => (await scale(annsPage)) === '100 %');

	await bobsPage.getByRole('button', { name: 'Open [Image]', includeHidden: true }).tap();
	await bobsPage.locator('.viewer__stage').waitFor();
	const fingers = await bobsPage.context().newCDPSession(bobsPage);
	const touch = (type, ...points) => fingers.send('Input.dispatchTouchEvent',
		{ type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
	await touch('touchStart', [180, 400], [210, 400]);
	for (let i = 1; i <= 6; i++) await touch('touchMove', [180 - 10 * i, 400], [210 + 10 * i, 400]);
	await touch('touchEnd');
	await eventually('it is closer', async () => parseInt(await scale(bobsPage), 10) > 200);
	await close(annsPage, bobsPage);
});

test('an avatar of a person and of a group, cut out here, is seen by others', async () => {
	const { ann, bob, annsPage, bobsPage } = await twoPeople();
	await annsPage.goto('./#/me/profile');
	await annsPage.locator('input[data-way="avatar"]').setInputFiles([picture(6, 'me.png')]);
	const dialog = annsPage.getByRole('dialog', { name: 'Your picture' });
	await dialog.getByRole('application').press('ArrowLeft');
	await dialog.getByRole('slider', { name: 'Zoom' }).fill('2');
	await dialog.getByRole('button', { name: 'Use this' }).click();
	await dialog.waitFor({ state: 'detached' });
	await annsPage.getByRole('button', { name: 'Save' }).click();
	await bobsPage.locator('.talk__head .avatar__picture[data-loaded="true"]').waitFor();

	const { body: { group } } = await ann.post('/social/groups', { name: 'Hut', member_ids: [bob.id] });
	await annsPage.goto(`./#/chats/${group.id}/manage`);
	await annsPage.locator('input[data-way="avatar"]').setInputFiles([picture(7, 'hut.png')]);
	await dialog.getByRole('button', { name: 'Use this' }).click();
	await dialog.waitFor({ state: 'detached' });
	await annsPage.getByRole('button', { name: 'Save' }).first().click();
	await bobsPage.getByRole('list', { name: 'Conversations' }).getByRole('link').filter({ hasText: 'Hut' })
		.locator('.avatar__picture[data-loaded="true"]').waitFor();
	await close(annsPage, bobsPage);
});
